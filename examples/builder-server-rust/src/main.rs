//! Example server.
fn main() {}
