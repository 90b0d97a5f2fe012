//! Mailboxes.

use super::host::{hostname, ipv4, ipv6, is_international};

/// `email` (RFC 5321, 4.1.2): a dotted or quoted local part, at a host name or an address in brackets.
pub fn email(text: &str) -> bool {
    text.is_ascii() && mailbox(text, hostname)
}

/// `idn-email` (RFC 6531, 3.3): an `email` that may hold characters of any script.
pub fn idn_email(text: &str) -> bool {
    mailbox(text, |domain| is_international(domain, &['.']))
}

fn mailbox(text: &str, is_host: impl Fn(&str) -> bool) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let is_local = match local.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(quoted) => is_quoted(quoted),
        None => local.split('.').all(is_atom),
    };
    let is_domain = match domain.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(address) => is_address(address),
        None => is_host(domain),
    };
    is_local && is_domain
}

/// An address literal (RFC 5321, 4.1.3). The case of its tag does not matter.
fn is_address(text: &str) -> bool {
    match text.split_at_checked(5) {
        Some((tag, address)) if tag.eq_ignore_ascii_case("IPv6:") => ipv6(address),
        _ => ipv4(text),
    }
}

fn is_atom(text: &str) -> bool {
    let is_character = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte);
    !text.is_empty() && text.bytes().all(|byte| !byte.is_ascii() || is_character(byte))
}

fn is_quoted(text: &str) -> bool {
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let ok = match byte {
            b'\\' => bytes.next().is_some_and(|escaped| (b' '..=b'~').contains(&escaped)),
            byte => (b' '..=b'~').contains(&byte) && byte != b'"' || !byte.is_ascii(),
        };
        if !ok {
            return false;
        }
    }
    true
}
