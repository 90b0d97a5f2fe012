//! Where secrets stand: headers, cookies, the query, Socket.IO's auth payload, members of JSON, and text of their looks.

use data_encoding::{BASE64, BASE64URL_NOPAD};
use handfast_codegen::model::Auth;
use serde_json::Value;

use super::words::is_secret;
use super::{LOOKS, Secrets};
use crate::record::trace::{Body, Content, Exchange, Trace, What};
use crate::transport::{Peer, packet};

/// Headers whose whole value is a secret.
const HEADERS: &[&str] =
    &["x-api-key", "x-auth-token", "x-csrf-token", "x-xsrf-token", "x-amz-security-token"];

impl Secrets {
    /// Learns the secrets of `trace`.
    pub(super) fn find(&mut self, trace: &Trace) {
        self.exchange(&trace.opening);
        for entry in &trace.entries {
            match &entry.what {
                What::Exchange(exchange) => self.exchange(exchange),
                What::Frame(frame) => match &frame.content {
                    Content::Text { text } if frame.from == Peer::Client => self.client_text(text),
                    Content::Text { text } | Content::Event { data: text, .. } => self.text(text),
                    Content::Close { reason, .. } => self.looks(reason),
                    _ => {}
                },
            }
        }
    }

    fn exchange(&mut self, exchange: &Exchange) {
        for (name, value) in &exchange.headers {
            self.header(name, value);
        }
        for (name, value) in exchange.query() {
            self.named(&name, &value, self.is_query_token(&name));
        }
        for (name, value) in &exchange.response_headers {
            match name.as_str() {
                "set-cookie" => self.cookie(value.split(';').next().unwrap_or_default()),
                _ => self.named(name, value, false),
            }
        }
        for body in [&exchange.body, &exchange.response_body] {
            if let Body::Text(text) = body {
                self.text(text);
            }
        }
    }

    fn is_query_token(&self, name: &str) -> bool {
        self.auth.iter().any(|auth| matches!(auth, Auth::Query { name: known } if known == name))
    }

    fn header(&mut self, name: &str, value: &str) {
        let wanted = self
            .auth
            .iter()
            .any(|auth| matches!(auth, Auth::Header { name: known, .. } if known.eq_ignore_ascii_case(name)));
        match name {
            "cookie" => value.split(';').for_each(|cookie| self.cookie(cookie)),
            "sec-websocket-protocol" => self.subprotocols(value),
            "authorization" | "proxy-authorization" => self.credentials(value),
            _ if wanted => self.credentials(value),
            _ => self.named(name, value, HEADERS.contains(&name)),
        }
    }

    /// `Bearer TOKEN`, `Basic BASE64`, or a token alone.
    fn credentials(&mut self, value: &str) {
        let (scheme, credentials) = value.trim().split_once(' ').unwrap_or(("", value.trim()));
        self.secret(credentials.trim(), "token");
        // What stands inside must not come out elsewhere.
        let decoded = BASE64
            .decode(credentials.trim().as_bytes())
            .ok()
            .filter(|_| scheme.eq_ignore_ascii_case("basic"));
        if let Some(pair) = decoded.and_then(|bytes| String::from_utf8(bytes).ok())
            && let Some((_, password)) = pair.split_once(':')
        {
            self.secret(password, "password");
        }
    }

    fn cookie(&mut self, cookie: &str) {
        if let Some((name, value)) = cookie.split_once('=') {
            let name = name.trim();
            let is_token =
                self.auth.iter().any(|auth| matches!(auth, Auth::Cookie { name: known } if known == name));
            let what = if is_token { "token".to_owned() } else { format!("cookie {name}") };
            self.secret(value.trim(), &what);
        }
    }

    fn subprotocols(&mut self, value: &str) {
        let prefixes: Vec<String> = self
            .auth
            .iter()
            .filter_map(|auth| match auth {
                Auth::Subprotocol { prefix, .. } => Some(prefix.clone()),
                _ => None,
            })
            .collect();
        for offered in value.split(',').map(str::trim) {
            let coded = prefixes.iter().find_map(|prefix| offered.strip_prefix(prefix.as_str()));
            let token = coded
                .and_then(|coded| String::from_utf8(BASE64URL_NOPAD.decode(coded.as_bytes()).ok()?).ok());
            match (token, coded) {
                (Some(token), _) => self.secret(&token, "token"),
                (None, Some(coded)) => self.secret(coded, "token"),
                (None, None) => self.looks(offered),
            }
        }
    }

    /// What a client sends: an Engine.IO packet with a CONNECT of Socket.IO holds nothing but secrets.
    fn client_text(&mut self, text: &str) {
        match text.strip_prefix('4').map(packet::decode) {
            Some(Ok(packet::Packet { body: packet::Body::Connect(Some(auth)), .. })) => {
                self.all(&auth, "token");
            }
            _ => self.text(text),
        }
    }

    /// Text that may be JSON, behind what Engine.IO and Socket.IO write before it, or a form.
    fn text(&mut self, text: &str) {
        if let Some((_, value)) = json_in(text) {
            self.value(&value);
        } else if text.contains('=') && !text.contains(char::is_whitespace) {
            let form: Vec<_> = url::form_urlencoded::parse(text.as_bytes()).into_owned().collect();
            form.iter().for_each(|(name, value)| self.named(name, value, false));
        }
        self.looks(text);
    }

    fn value(&mut self, value: &Value) {
        match value {
            Value::Object(members) => {
                for (name, value) in members {
                    match value {
                        Value::String(text) => self.named(name, text, false),
                        Value::Object(_) | Value::Array(_) if is_secret(name) => self.all(value, name),
                        _ => self.value(value),
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.value(item)),
            Value::String(text) => self.looks(text),
            _ => {}
        }
    }

    /// Every string of `value` is a secret.
    fn all(&mut self, value: &Value, words: &str) {
        match value {
            Value::Object(members) => members.iter().for_each(|(name, value)| self.all(value, name)),
            Value::Array(items) => items.iter().for_each(|item| self.all(item, words)),
            Value::String(text) => self.secret(text, words),
            _ => {}
        }
    }

    fn named(&mut self, name: &str, value: &str, is_known: bool) {
        if is_known || is_secret(name) {
            self.secret(value, name);
        } else {
            self.looks(value);
        }
    }

    fn secret(&mut self, value: &str, words: &str) {
        if !value.is_empty() && !super::apply::is_reference(value) {
            self.reference(value, words);
        }
    }

    fn looks(&mut self, text: &str) {
        let Some(looks) = LOOKS.as_ref() else { return };
        for found in looks.captures_iter(text) {
            for name in looks.capture_names().flatten() {
                if let Some(secret) = found.name(name) {
                    self.secret(secret.as_str(), if name == "BEARER" { "token" } else { name });
                }
            }
        }
    }
}

/// What stands before the JSON in `text`, and the JSON: Engine.IO and Socket.IO write types, namespaces and numbers there.
pub(super) fn json_in(text: &str) -> Option<(&str, Value)> {
    let start = text.find(['{', '['])?;
    let (head, json) = text.split_at(start);
    if head.len() > 256 || head.contains('"') {
        return None;
    }
    serde_json::from_str(json).ok().map(|value| (head, value))
}
