//! What the runner knows of a generated module.

pub use handfast::{Violations, serde_json};
use serde_json::Value;

/// The functions of a module's type `Root`.
pub struct Subject {
    /// `Root::is_valid`
    pub is_valid: fn(&Value) -> bool,
    /// `Root::validate`
    pub validate: fn(&Value) -> Result<(), Violations>,
    /// `Root::from_slice`, then `to_vec`.
    pub from_slice: fn(&[u8], &Value) -> &'static str,
    /// `serde_json::from_slice`, then `to_vec`.
    pub deserialize: fn(&[u8], &Value) -> &'static str,
}

/// What comes of reading `bytes`, which say `value`, and of writing what was read:
/// `refused` where `decode` fails, `lost` where something else is written, `unstable` where what is written is read as
/// something else, `kept` where all is well.
pub fn round_trip<T: PartialEq>(
    bytes: &[u8],
    value: &Value,
    decode: impl Fn(&[u8]) -> Option<T>,
    encode: impl Fn(&T) -> Option<Vec<u8>>,
) -> &'static str {
    let Some(typed) = decode(bytes) else { return "refused" };
    let Some(written) = encode(&typed) else { return "lost" };
    if !serde_json::from_slice(&written).is_ok_and(|again| handfast::equal(&again, value)) {
        "lost"
    } else if decode(&written) == Some(typed) {
        "kept"
    } else {
        "unstable"
    }
}
