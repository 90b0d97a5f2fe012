//! Puts the names of secrets in their place.

use data_encoding::BASE64URL_NOPAD;
use serde_json::Value;
use url::form_urlencoded::byte_serialize;

use super::find::json_in;
use super::words::is_secret;
use super::{MIN_BYTES, Secrets};
use crate::record::trace::{Body, Content, Exchange, Trace, What};
use crate::transport::{Peer, packet};

/// Whether `text` stands for a secret.
pub fn is_reference(text: &str) -> bool {
    text.strip_prefix("{{$")
        .and_then(|rest| rest.strip_suffix("}}"))
        .is_some_and(|name| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'))
}

impl Secrets {
    /// Replaces the secrets of `trace`, which were all learnt.
    pub(super) fn apply(&self, trace: &mut Trace) {
        self.exchange_applied(&mut trace.opening);
        for entry in &mut trace.entries {
            match &mut entry.what {
                What::Exchange(exchange) => self.exchange_applied(exchange),
                What::Frame(frame) => match &mut frame.content {
                    Content::Text { text } if frame.from == Peer::Client => {
                        *text = self.client_text_applied(text)
                    }
                    Content::Text { text } | Content::Event { data: text, .. } => {
                        *text = self.text_applied(text)
                    }
                    Content::Close { reason, .. } => *reason = self.replaced(reason),
                    _ => {}
                },
            }
        }
    }

    fn exchange_applied(&self, exchange: &mut Exchange) {
        exchange.path = self.path_applied(&exchange.path);
        for (name, value) in exchange.headers.iter_mut().chain(&mut exchange.response_headers) {
            *value = self.header_applied(name, value);
        }
        for body in [&mut exchange.body, &mut exchange.response_body] {
            if let Body::Text(text) = body {
                *text = self.text_applied(text);
            }
        }
    }

    /// Path and query. A parameter is compared as a whole, however it is encoded.
    fn path_applied(&self, path: &str) -> String {
        let Some((path, query)) = path.split_once('?') else { return self.replaced(path) };
        let parameters = query.split('&').map(|parameter| {
            let (name, value) =
                url::form_urlencoded::parse(parameter.as_bytes()).into_owned().next().unwrap_or_default();
            match self.of(&value) {
                Some(reference) => {
                    format!("{}={reference}", byte_serialize(name.as_bytes()).collect::<String>())
                }
                None => self.replaced(parameter),
            }
        });
        let parameters: Vec<String> = parameters.collect();
        format!("{}?{}", self.replaced(path), parameters.join("&"))
    }

    fn header_applied(&self, name: &str, value: &str) -> String {
        let apart = |separator: char, joint: &str| {
            let parts = value.split(separator).map(|part| match part.trim().split_once('=') {
                Some((name, value)) => match self.of(value) {
                    Some(reference) => format!("{name}={reference}"),
                    None => self.replaced(part.trim()),
                },
                None => self.replaced(part.trim()),
            });
            parts.collect::<Vec<_>>().join(joint)
        };
        match name {
            "cookie" | "set-cookie" => apart(';', "; "),
            "authorization" | "proxy-authorization" => match value.trim().split_once(' ') {
                Some((scheme, token)) => {
                    format!("{scheme} {}", self.of(token.trim()).unwrap_or_else(|| self.replaced(token)))
                }
                None => self.of(value.trim()).unwrap_or_else(|| self.replaced(value)),
            },
            _ => self.of(value).unwrap_or_else(|| self.replaced(value)),
        }
    }

    fn client_text_applied(&self, text: &str) -> String {
        let connect = text.strip_prefix('4').map(packet::decode);
        let Some(Ok(mut found)) = connect else { return self.text_applied(text) };
        let packet::Body::Connect(Some(auth)) = &mut found.body else { return self.text_applied(text) };
        self.value_applied(auth, true);
        format!("4{}", packet::encode(&found))
    }

    /// Text as it is, unless it holds a secret.
    fn text_applied(&self, text: &str) -> String {
        if let Some((head, mut value)) = json_in(text)
            && self.value_applied(&mut value, false)
        {
            return format!("{}{value}", self.replaced(head));
        }
        self.replaced(text)
    }

    /// Replaces what is a secret in `value`; whether something was. Short ones are replaced only where a name says that
    /// they are secrets, or where `is_secret` says so of all.
    fn value_applied(&self, value: &mut Value, is_all: bool) -> bool {
        match value {
            Value::Object(members) => members.iter_mut().fold(false, |changed, (name, value)| {
                self.value_applied(value, is_all || is_secret(name)) || changed
            }),
            Value::Array(items) => {
                items.iter_mut().fold(false, |changed, item| self.value_applied(item, is_all) || changed)
            }
            Value::String(text) => {
                let whole = self.of(text).filter(|_| is_all);
                let replaced = whole.unwrap_or_else(|| self.replaced(text));
                let changed = replaced != *text;
                *text = replaced;
                changed
            }
            _ => false,
        }
    }

    /// What stands for `value`, if that is a secret as a whole.
    fn of(&self, value: &str) -> Option<String> {
        let secret = self.known.iter().find(|secret| secret.value == value)?;
        Some(format!("{{{{${}}}}}", secret.name))
    }

    /// `text` with every secret in it replaced, as it is and as URLs, JSON and subprotocols write it; the longest first, since
    /// one may be a part of another.
    fn replaced(&self, text: &str) -> String {
        let mut secrets: Vec<_> =
            self.known.iter().filter(|secret| secret.value.len() >= MIN_BYTES).collect();
        secrets.sort_by_key(|secret| std::cmp::Reverse(secret.value.len()));
        let mut text = text.to_owned();
        for secret in secrets {
            let reference = format!("{{{{${}}}}}", secret.name);
            let value = secret.value.as_str();
            let json = Value::from(value).to_string();
            let percent: String = byte_serialize(value.as_bytes()).collect();
            let coded = BASE64URL_NOPAD.encode(value.as_bytes());
            for form in [value, &json[1..json.len() - 1], &percent, &percent.replace('+', "%20"), &coded] {
                if text.contains(form) {
                    text = text.replace(form, &reference);
                }
            }
        }
        text
    }
}
