//! What the macros generate, compiled and run.

mod contracts;
