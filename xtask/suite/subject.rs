//! What the runner knows of a generated module.

pub use handfast::{equal, serde_json};
use serde_json::Value;

/// The functions of a module's type `Root`.
pub struct Subject {
    /// `Root::is_valid`
    pub is_valid: fn(&Value) -> bool,
    /// `Root::validate`, whether it finds nothing.
    pub validate: fn(&Value) -> bool,
    /// `Root::from_slice`, then `to_vec`.
    pub from_slice: fn(&[u8]) -> Decoded,
    /// `serde_json::from_slice`, then `to_vec`.
    pub deserialize: fn(&[u8]) -> Decoded,
}

/// What decoding and encoding again gives: nothing where decoding refuses, `Some(None)` where encoding fails or gives no JSON.
pub type Decoded = Option<Option<Value>>;

/// Reads what was encoded.
pub fn written(encoded: Option<Option<Vec<u8>>>) -> Decoded {
    encoded.map(|bytes| serde_json::from_slice(&bytes?).ok())
}
