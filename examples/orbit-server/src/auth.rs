//! The Bearer token: in `Authorization`, or for browsers' WebSockets among the offered subprotocols.

use axum::http::HeaderMap;
use axum::http::header::{AUTHORIZATION, SEC_WEBSOCKET_PROTOCOL};
use data_encoding::BASE64URL_NOPAD;
use subtle::ConstantTimeEq;

/// The subprotocol that the server accepts.
pub const PROTOCOL: &str = "orbit.v1";

/// The one token that opens the server.
#[derive(Debug)]
pub struct Token {
    plain: String,
    /// As a subprotocol holds it. Encoding it once is stricter than decoding what is offered.
    encoded: String,
}

impl Token {
    pub fn new(plain: &str) -> Self {
        Self { plain: plain.to_owned(), encoded: BASE64URL_NOPAD.encode(plain.as_bytes()) }
    }

    /// Whether a request carries the token.
    pub fn is_in(&self, headers: &HeaderMap) -> bool {
        let is_plain = authorization(headers).is_some_and(|offered| equal(offered, &self.plain));
        is_plain || subprotocols(headers).iter().any(|offered| equal(offered, &self.encoded))
    }
}

/// Takes the same time wherever the first difference is.
fn equal(offered: &str, expected: &str) -> bool {
    offered.as_bytes().ct_eq(expected.as_bytes()).into()
}

fn authorization(headers: &HeaderMap) -> Option<&str> {
    let (scheme, credentials) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(credentials.trim())
}

/// The tokens among the offered subprotocols, which count only beside the one that the server can accept.
fn subprotocols(headers: &HeaderMap) -> Vec<&str> {
    let values = headers.get_all(SEC_WEBSOCKET_PROTOCOL).iter().filter_map(|value| value.to_str().ok());
    let offers: Vec<_> = values.flat_map(|value| value.split(',')).map(str::trim).collect();
    if !offers.contains(&PROTOCOL) {
        return Vec::new();
    }
    offers.into_iter().filter_map(|offer| offer.strip_prefix("bearer.")).collect()
}
