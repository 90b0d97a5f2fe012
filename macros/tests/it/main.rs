//! What the macros generate, compiled and run.

mod configured;
mod contracts;
mod options;
mod rebuild;
mod ui;
mod warnings;

/// The orbit protocol.
pub mod orbit {
    handfast::contract!("../schemas/orbit/asyncapi.yaml");
}

/// The builder protocol.
pub mod builder {
    handfast::contract!("../schemas/builder/asyncapi.yaml");
}
