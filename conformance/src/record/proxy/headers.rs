//! The headers of a request on its way to the target, and of its answer on the way back.

use std::collections::HashSet;

use hyper::header::{
    ACCEPT_ENCODING, CONNECTION, HOST, HeaderMap, HeaderName, HeaderValue, LOCATION, ORIGIN, REFERER,
    SEC_WEBSOCKET_EXTENSIONS, TRANSFER_ENCODING, UPGRADE,
};
use url::Url;

/// Headers that are about one hop alone (RFC 9110, 7.6.1).
const HOP: [HeaderName; 5] = [
    CONNECTION,
    HeaderName::from_static("keep-alive"),
    HeaderName::from_static("proxy-connection"),
    TRANSFER_ENCODING,
    UPGRADE,
];

/// Host and port of `url`, as a request names them.
pub fn authority(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// What goes on to the target. An upgrade stays one.
pub fn to_target(headers: &HeaderMap, target: &Url, is_upgrade: bool) -> HeaderMap {
    let asked_for = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default().to_owned();
    let mut passed = between_hops(headers, is_upgrade);
    if let Ok(host) = HeaderValue::from_str(&authority(target)) {
        passed.insert(HOST, host);
    }
    // What is compressed can't be read, and compression inside a WebSocket is agreed on in the same way.
    passed.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
    passed.remove(SEC_WEBSOCKET_EXTENSIONS);
    // A page that the proxy serves comes from the target; of any other page the target is to hear.
    let own = target.origin().ascii_serialization();
    for name in [ORIGIN, REFERER] {
        rebase(&mut passed, &name, &asked_for, &own);
    }
    passed
}

/// What goes back to the client.
pub fn to_client(headers: &HeaderMap, target: &Url, own: &str, is_upgrade: bool) -> HeaderMap {
    let mut passed = between_hops(headers, is_upgrade);
    rebase(&mut passed, &LOCATION, &authority(target), own);
    passed
}

fn between_hops(headers: &HeaderMap, is_upgrade: bool) -> HeaderMap {
    let named: HashSet<String> = headers
        .get_all(CONNECTION)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(',').map(|name| name.trim().to_ascii_lowercase()))
        .collect();
    let mut passed = headers.clone();
    for name in headers.keys().filter(|name| HOP.contains(name) || named.contains(name.as_str())) {
        passed.remove(name);
    }
    if is_upgrade {
        for name in [CONNECTION, UPGRADE] {
            passed.extend(headers.get(&name).map(|value| (name.clone(), value.clone())));
        }
    }
    passed
}

/// Makes a URL of the header `name` that leads to `authority` begin with `origin`.
fn rebase(headers: &mut HeaderMap, name: &HeaderName, authority: &str, origin: &str) {
    let Some(value) = headers.get(name).and_then(|value| value.to_str().ok()) else { return };
    let Some((_, rest)) = value.split_once("://") else { return };
    let Some(rest) = rest.strip_prefix(authority).filter(|rest| rest.is_empty() || rest.starts_with('/'))
    else {
        return;
    };
    if let Ok(value) = HeaderValue::from_str(&format!("{origin}{rest}")) {
        headers.insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(headers: &[(&'static str, &'static str)]) -> HeaderMap {
        headers
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect()
    }

    #[test]
    fn what_is_about_one_hop_stays_there() {
        let target = Url::parse("https://orbit.example/base").unwrap();
        let headers = map(&[
            ("host", "127.0.0.1:9"),
            ("connection", "keep-alive, X-Hop"),
            ("x-hop", "1"),
            ("accept-encoding", "gzip, br"),
            ("origin", "http://127.0.0.1:9"),
            ("referer", "http://127.0.0.1:9/page"),
            ("x-more", "stays"),
        ]);
        let expected = map(&[
            ("host", "orbit.example"),
            ("accept-encoding", "identity"),
            ("origin", "https://orbit.example"),
            ("referer", "https://orbit.example/page"),
            ("x-more", "stays"),
        ]);
        assert_eq!(to_target(&headers, &target, false), expected);
    }

    #[test]
    fn an_upgrade_stays_one_and_is_not_compressed() {
        let target = Url::parse("http://127.0.0.1:7443").unwrap();
        let headers = map(&[
            ("connection", "Upgrade"),
            ("upgrade", "websocket"),
            ("sec-websocket-extensions", "permessage-deflate"),
            ("origin", "http://localhost:5173"),
        ]);
        let passed = to_target(&headers, &target, true);
        assert_eq!(
            (&passed["connection"], &passed["upgrade"]),
            (&"Upgrade".parse().unwrap(), &"websocket".parse().unwrap())
        );
        assert_eq!(passed["origin"], "http://localhost:5173");
        assert!(!passed.contains_key("sec-websocket-extensions"));
    }

    #[test]
    fn a_redirect_leads_back_to_the_proxy() {
        let target = Url::parse("http://127.0.0.1:7443").unwrap();
        let to = |location| {
            to_client(&map(&[("location", location)]), &target, "http://127.0.0.1:9", false)["location"]
                .clone()
        };
        assert_eq!(to("http://127.0.0.1:7443/a?b"), "http://127.0.0.1:9/a?b");
        assert_eq!(to("http://127.0.0.1:74430/a"), "http://127.0.0.1:74430/a");
        assert_eq!(to("/a"), "/a");
    }
}
