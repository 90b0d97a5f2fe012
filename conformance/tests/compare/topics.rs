//! One pair per thing that has to be understood.
