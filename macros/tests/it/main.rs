//! What the macros generate, compiled and run.

mod contracts;
mod rebuild;
mod ui;

pub mod orbit {
    handfast::contract!("../schemas/orbit/asyncapi.yaml");
}

pub mod builder {
    handfast::contract!("../schemas/builder/asyncapi.yaml");
}
