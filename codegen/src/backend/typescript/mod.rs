//! TypeScript.

use super::{Backend, Files, Unit};

/// Interfaces, unions and event maps.
#[derive(Debug, Clone, Copy)]
pub struct TypeScript;

impl Backend for TypeScript {
    fn name(&self) -> &'static str {
        "typescript"
    }

    fn about(&self) -> &'static str {
        "interfaces, a union of events per direction, and Socket.IO's event maps"
    }

    fn generate(&self, _: &Unit<'_>) -> Files {
        Files::new()
    }
}
