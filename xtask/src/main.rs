//! The repo's own tasks.
fn main() {}
