//! Addresses of channels: paths and namespaces in which the names of parameters stand in braces.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::Channel;

/// All but the unreserved characters (RFC 3986, 2.3).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A parameter of a channel's address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// The only values it may have; any where there are none.
    pub values: Vec<String>,
    /// The value that it has where nobody gives one.
    pub default: Option<String>,
    /// Values that it may have, for example.
    pub examples: Vec<String>,
    /// JSON Pointer to the same value in the payloads of the channel.
    pub pointer: Option<String>,
}

/// The names in braces in `address`, in its order.
pub fn parameter_names(address: &str) -> Vec<&str> {
    pieces(address).into_iter().filter_map(|piece| piece.err()).collect()
}

impl Channel {
    /// The address, with what `value` says of each parameter; a name that it says nothing of stays as it is.
    #[must_use]
    pub fn address_of<'v>(&self, value: impl Fn(&str) -> Option<Cow<'v, str>>) -> String {
        let filled = pieces(&self.address).into_iter().map(|piece| match piece {
            Ok(text) => text.to_owned(),
            Err(name) => value(name).map_or_else(|| format!("{{{name}}}"), Cow::into_owned),
        });
        filled.collect()
    }

    /// What the parameters are in `path`, as it is written there; nothing where that is no path of this channel.
    #[must_use]
    pub fn values_in<'p>(&self, path: &'p str) -> Option<Vec<(String, &'p str)>> {
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let mut rest = path.trim_matches('/');
        let mut values = Vec::new();
        let mut parts = pieces(self.address.trim_matches('/')).into_iter().peekable();
        while let Some(part) = parts.next() {
            match part {
                Ok(text) => rest = rest.strip_prefix(text)?,
                Err(name) => {
                    // A value ends where what is behind it begins, and never goes beyond its segment.
                    let segment = rest.find('/').unwrap_or(rest.len());
                    let end = match parts.peek() {
                        Some(Ok(text)) if !text.starts_with('/') => rest[..segment].find(text)?,
                        _ => segment,
                    };
                    if end == 0 {
                        return None;
                    }
                    values.push((name.to_owned(), &rest[..end]));
                    rest = &rest[end..];
                }
            }
        }
        rest.is_empty().then_some(values)
    }
}

/// The pieces of an address: text, and in `Err` the names in braces.
fn pieces(address: &str) -> Vec<Result<&str, &str>> {
    let mut pieces = Vec::new();
    let mut rest = address;
    while let Some((before, behind)) = rest.split_once('{') {
        let Some((name, after)) = behind.split_once('}') else { break };
        if !before.is_empty() {
            pieces.push(Ok(before));
        }
        pieces.push(Err(name));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Ok(rest));
    }
    pieces
}

/// `value` as a segment of a path: what RFC 3986 reserves, and what is not ASCII, is encoded.
#[must_use]
pub fn path_segment(value: &str) -> String {
    utf8_percent_encode(value, RESERVED).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Transport;

    fn channel(address: &str) -> Channel {
        Channel {
            key: String::new(),
            address: address.to_owned(),
            parameters: Vec::new(),
            transport: Transport::WebSocket,
            sends: Vec::new(),
            receives: Vec::new(),
            query: None,
            headers: None,
            method: None,
            description: None,
        }
    }

    #[track_caller]
    fn check(address: &str, path: &str, expected: Option<&[(&str, &str)]>) {
        let found = channel(address).values_in(path);
        let found: Option<Vec<_>> =
            found.as_ref().map(|values| values.iter().map(|(name, value)| (name.as_str(), *value)).collect());
        assert_eq!(found.as_deref(), expected, "{address} {path}");
    }

    #[test]
    fn paths_say_what_parameters_are() {
        check("/ws", "/ws", Some(&[]));
        check("ws", "/ws/?q=1", Some(&[]));
        check("/ws", "/wss", None);
        check("/rooms/{id}", "/rooms/{{room}}", Some(&[("id", "{{room}}")]));
        check("/rooms/{id}", "/rooms/", None);
        check("/rooms/{id}/say", "/rooms/a%2Fb/say?x", Some(&[("id", "a%2Fb")]));
        check("/rooms/{id}/say", "/rooms/a/b/say", None);
        check("/{a}-{b}.{c}", "/1-2.3", Some(&[("a", "1"), ("b", "2"), ("c", "3")]));
        check("/{a}-{b}", "/1", None);
    }

    #[test]
    fn parameters_are_filled_in() {
        let value = |name: &str| (name == "id").then(|| Cow::from(path_segment("a/ü")));
        assert_eq!(channel("/rooms/{id}/{n}").address_of(value), "/rooms/a%2F%C3%BC/{n}");
        assert_eq!(parameter_names("/rooms/{id}/{n"), ["id"]);
    }
}
