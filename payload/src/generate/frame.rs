//! Frames that are no JSON, or JSON that parsers fall over: what a server gets from a client that is broken or hostile.

use fastrand::Rng;
use serde_json::Value;

/// Levels beyond what any parser follows.
const N_LEVELS: usize = 20_000;
/// Bytes beyond what a frame should have.
const N_BYTES: usize = 2_000_000;

/// Bytes that are no payload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// What is wrong with them: `truncated`, `bad-utf8`, `duplicate-key`, ….
    pub operator: &'static str,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// Makes bytes of the text of a valid payload.
type Spoil = fn(&str, &mut Rng) -> Vec<u8>;

/// Every way to spoil a frame.
const OPERATORS: [(&str, Spoil); 11] = [
    ("truncated", truncated),
    ("empty", |_, _| Vec::new()),
    ("trailing", |text, _| format!("{text}]").into_bytes()),
    ("bad-utf8", bad_utf8),
    ("lone-surrogate", |_, _| br#"{"\ud800":"\udfff"}"#.to_vec()),
    ("control-character", |_, _| b"{\"a\":\"\x00\x1f\n\"}".to_vec()),
    ("duplicate-key", duplicate_key),
    ("not-a-number", |text, _| with_member(text, "NaN").into_bytes()),
    ("huge-number", |text, _| with_member(text, &format!("1e{}", "9".repeat(400))).into_bytes()),
    ("depth", |_, _| [b"[".repeat(N_LEVELS), b"]".repeat(N_LEVELS)].concat()),
    ("size", |text, _| with_member(text, &format!("\"{}\"", "a".repeat(N_BYTES))).into_bytes()),
];

/// One frame of each kind, made of a valid `payload` where that shows.
pub fn malformed(payload: &Value, seed: u64) -> Vec<Frame> {
    let (text, mut rng) = (payload.to_string(), Rng::with_seed(seed));
    OPERATORS.iter().map(|(operator, spoil)| Frame { operator, bytes: spoil(&text, &mut rng) }).collect()
}

fn truncated(text: &str, rng: &mut Rng) -> Vec<u8> {
    // A scalar may still be one when it is cut: a quote or bracket that is never closed is none.
    let text = if text.starts_with(['{', '[', '"']) { text.to_owned() } else { format!("[{text}]") };
    text.as_bytes()[..rng.usize(1..text.len())].to_vec()
}

fn bad_utf8(text: &str, rng: &mut Rng) -> Vec<u8> {
    const BROKEN: [&[u8]; 4] = [b"\xFF", b"\xC0\xAF", b"\xED\xA0\x80", b"\xF5\x80\x80\x80"];
    [b"{\"", BROKEN[rng.usize(..BROKEN.len())], b"\":", text.as_bytes(), b"}"].concat()
}

/// A member twice, with different values.
fn duplicate_key(text: &str, _: &mut Rng) -> Vec<u8> {
    let value: Value = serde_json::from_str(text).unwrap_or_default();
    let first = value.as_object().and_then(|members| members.keys().next().cloned());
    let name = first.unwrap_or_else(|| "a".to_owned());
    let inner = text.strip_prefix('{').and_then(|text| text.strip_suffix('}')).unwrap_or("\"a\":1");
    let comma = if inner.is_empty() { "" } else { "," };
    format!("{{{inner}{comma}{}:[null]}}", Value::from(name)).into_bytes()
}

/// `text` with one more member, whose value need not be JSON.
fn with_member(text: &str, value: &str) -> String {
    let inner = text.strip_prefix('{').and_then(|text| text.strip_suffix('}')).unwrap_or_default();
    let comma = if inner.is_empty() { "" } else { "," };
    format!("{{{inner}{comma}\"extra\":{value}}}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_no_json_is_none_to_a_parser() {
        let is_json = ["duplicate-key", "size"];
        for payload in [json!({ "a": 1, "b": [2] }), json!(17), json!({}), json!("x")] {
            for seed in 0..50 {
                for Frame { operator, bytes } in malformed(&payload, seed) {
                    let parsed = serde_json::from_slice::<Value>(&bytes);
                    assert_eq!(parsed.is_ok(), is_json.contains(&operator), "{operator} of {payload}");
                }
            }
        }
    }
}
