//! Example server of the builder protocol: Socket.IO with socketioxide on axum, with types generated from the contract.
//!
//! `main.rs` only reads the environment and waits for a signal; the tests run the same [`Server`] in process.

mod auth;
mod builds;
mod decisions;
mod deployments;
mod hs256;
mod http;
mod project;
mod server;
mod settings;
mod sockets;

pub use auth::{Auth, User};
pub use server::Server;
pub use settings::{InvalidSetting, Settings};

/// What the contract says.
pub mod builder {
    handfast::contract!("../../schemas/builder/asyncapi.yaml");
}

/// What the HTTP requests ask for.
mod request {
    handfast::schema!(pub BuildRequest = "requests/build.schema.json");
    handfast::schema!(pub DeploymentRequest = "requests/deployment.schema.json");
}
