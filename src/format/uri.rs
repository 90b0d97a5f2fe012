//! URIs and IRIs.

/// `uri` (RFC 3986, 3): with a scheme.
pub fn uri(text: &str) -> bool {
    absolute::<false>(text)
}

/// `uri-reference` (RFC 3986, 4.1): a URI, or relative to one.
pub fn uri_reference(text: &str) -> bool {
    reference::<false>(text)
}

/// `iri` (RFC 3987, 2.2): a URI that may hold characters of any script.
pub fn iri(text: &str) -> bool {
    absolute::<true>(text)
}

/// `iri-reference` (RFC 3987, 2.2): an IRI, or relative to one.
pub fn iri_reference(text: &str) -> bool {
    reference::<true>(text)
}

fn absolute<const IS_IRI: bool>(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
        && hierarchy::<IS_IRI>(rest)
}

fn reference<const IS_IRI: bool>(text: &str) -> bool {
    // The first segment of a relative path may hold no colon.
    let first_segment = text.split(['/', '?', '#']).next().unwrap_or_default();
    absolute::<IS_IRI>(text) || !first_segment.contains(':') && hierarchy::<IS_IRI>(text)
}

/// What follows the scheme: `[//authority] path [?query] [#fragment]`.
fn hierarchy<const IS_IRI: bool>(text: &str) -> bool {
    match text.strip_prefix("//") {
        Some(rest) => {
            let end = rest.bytes().position(|byte| matches!(byte, b'/' | b'?' | b'#')).unwrap_or(rest.len());
            let (host, path) = rest.split_at(end);
            authority::<IS_IRI>(host) && path_and_more::<IS_IRI>(path)
        }
        None => path_and_more::<IS_IRI>(text),
    }
}

/// `path [?query] [#fragment]`: they allow the same characters, but for `?`, which begins the query, a second `#`, and
/// what is for private use, which only the query of an IRI may hold.
fn path_and_more<const IS_IRI: bool>(text: &str) -> bool {
    let (text, fragment) = text.split_once('#').unwrap_or((text, ""));
    let (path, query) = if IS_IRI { text.split_once('?').unwrap_or((text, "")) } else { (text, "") };
    characters::<IS_IRI>(path, PATH)
        && characters::<IS_IRI>(query, QUERY)
        && characters::<IS_IRI>(fragment, PATH)
}

fn authority<const IS_IRI: bool>(text: &str) -> bool {
    let (user, host) = text.rsplit_once('@').unwrap_or(("", text));
    let (host, port) = match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, port)) => {
            if !ip_literal(address) {
                return false;
            }
            ("", port)
        }
        None => host.find(':').map_or((host, ""), |colon| host.split_at(colon)),
    };
    let port_ok =
        port.is_empty() || port.starts_with(':') && port[1..].bytes().all(|byte| byte.is_ascii_digit());
    characters::<IS_IRI>(user, USER) && characters::<IS_IRI>(host, HOST) && port_ok
}

fn ip_literal(address: &str) -> bool {
    match address.strip_prefix(['v', 'V']).and_then(|rest| rest.split_once('.')) {
        Some((version, rest)) => {
            let is_hex = !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_hexdigit());
            is_hex && !rest.is_empty() && characters::<false>(rest, USER)
        }
        None => address.parse::<std::net::Ipv6Addr>().is_ok(),
    }
}

/// Where a character is allowed (RFC 3986, 2 and 3): a bit per place.
const HOST: u8 = 1;
const USER: u8 = 2;
const PATH: u8 = 4;
const QUERY: u8 = 8;

/// For each byte the places where it is allowed.
const PLACES: [u8; 256] = {
    let mut places = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        places[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => HOST | USER | PATH | QUERY,
            b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+' | b',' | b';' | b'=' => {
                HOST | USER | PATH | QUERY
            }
            b':' => USER | PATH | QUERY,
            b'/' | b'?' | b'@' => PATH | QUERY,
            _ => 0,
        };
        byte += 1;
    }
    places
};

/// Whether `text` holds what is allowed at `place`, and `%XX`.
fn characters<const IS_IRI: bool>(text: &str, place: u8) -> bool {
    let mut rest = text;
    loop {
        let Some(other) = rest.bytes().position(|byte| PLACES[usize::from(byte)] & place == 0) else {
            return true;
        };
        rest = match &rest.as_bytes()[other..] {
            [b'%', a, b, ..] if a.is_ascii_hexdigit() && b.is_ascii_hexdigit() => &rest[other + 3..],
            [0x80..=0xff, ..] if IS_IRI => match rest[other..].chars().next() {
                Some(next) if is_ucschar(next) || place == QUERY && is_private(next) => {
                    &rest[other + next.len_utf8()..]
                }
                _ => return false,
            },
            _ => return false,
        }
    }
}

/// `ucschar` (RFC 3987, 2.2): what is assigned or may be, outside ASCII.
pub(super) fn is_ucschar(character: char) -> bool {
    match u32::from(character) {
        0xa0..=0xd7ff | 0xf900..=0xfdcf | 0xfdf0..=0xffef => true,
        // The last two of each plane are no characters.
        plane @ 0x1_0000..=0xe_ffff => plane & 0xffff < 0xfffe && !(0xe_0000..0xe_1000).contains(&plane),
        _ => false,
    }
}

/// `iprivate` (RFC 3987, 2.2): what is for private use.
pub(super) fn is_private(character: char) -> bool {
    matches!(u32::from(character), 0xe000..=0xf8ff | 0xf_0000..=0xf_fffd | 0x10_0000..=0x10_fffd)
}
