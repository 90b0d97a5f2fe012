//! Rust.

use super::{Backend, Files, Unit};

/// Types, validators and event enums.
#[derive(Debug, Clone, Copy)]
pub struct Rust;

impl Backend for Rust {
    fn name(&self) -> &'static str {
        "rust"
    }

    fn about(&self) -> &'static str {
        "types, validators and an enum of events per direction"
    }

    fn generate(&self, _: &Unit<'_>) -> Files {
        Files::new()
    }
}
