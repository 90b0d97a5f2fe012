//! Words, strange strings, and strings of the formats.

use fastrand::Rng;
use handfast_codegen::model::Format;

const SYLLABLES: [&str; 16] =
    ["ba", "ce", "di", "fo", "gu", "ha", "ke", "li", "mo", "nu", "pa", "re", "si", "to", "va", "zu"];

/// What tends to be forgotten: several bytes, several code units, marks that combine, text from right to left, controls.
const STRANGE: [char; 22] = [
    'é', 'ñ', 'ß', 'İ', '中', '文', '€', '😀', '𝒳', '\u{301}', 'ع', 'ש', '\u{200D}', '\u{2028}', '\u{FEFF}',
    '\u{0}', '\t', '"', '\\', '/', '<', '\u{FFFF}',
];

/// So many letters that can be read aloud.
pub fn plain(n: usize, rng: &mut Rng) -> String {
    let mut text = String::with_capacity(n + 2);
    while text.len() < n {
        text.push_str(SYLLABLES[rng.usize(..SYLLABLES.len())]);
    }
    text.truncate(n);
    text
}

/// So many code points of any kind.
pub fn strange(n: usize, rng: &mut Rng) -> String {
    let draw =
        |rng: &mut Rng| if rng.bool() { STRANGE[rng.usize(..STRANGE.len())] } else { rng.alphanumeric() };
    (0..n).map(|_| draw(rng)).collect()
}

/// `text` with a character more, or another, that hardly any format has there.
pub fn edited(text: &str, rng: &mut Rng) -> String {
    const OTHERS: [char; 6] = [' ', 'z', '%', '~', '"', '\\'];
    let mut characters: Vec<char> = text.chars().collect();
    let other = OTHERS[rng.usize(..OTHERS.len())];
    let idx = rng.usize(..=characters.len());
    match rng.bool() {
        true if idx < characters.len() => characters[idx] = other,
        _ => characters.insert(idx, other),
    }
    characters.into_iter().collect()
}

/// A string of `format`, of about `n` code points where the format leaves a choice.
pub fn of_format(format: Format, n: usize, rng: &mut Rng) -> String {
    let size = n.clamp(1, 40);
    match format {
        Format::DateTime => format!("{}T{}", date(rng), time(rng)),
        Format::Date => date(rng),
        Format::Time => time(rng),
        Format::Duration => duration(rng),
        Format::Email => format!("{}@{}", plain(size.min(20), rng), host(rng)),
        Format::IdnEmail if rng.bool() => format!("{}é@{}", plain(size.min(20), rng), host(rng)),
        Format::IdnEmail => format!("{}@{}", plain(size.min(20), rng), host(rng)),
        Format::Hostname => host(rng),
        Format::IdnHostname if rng.bool() => format!("bücher.{}", host(rng)),
        Format::IdnHostname => host(rng),
        Format::Ipv4 => ipv4(rng),
        Format::Ipv6 => ipv6(rng),
        Format::Uuid => uuid(rng),
        Format::Uri => uri(size, rng),
        Format::Iri if rng.bool() => format!("{}/ü", uri(size, rng)),
        Format::Iri => uri(size, rng),
        Format::UriReference | Format::IriReference if rng.bool() => format!("/{}", plain(size, rng)),
        Format::UriReference | Format::IriReference => uri(size, rng),
        Format::UriTemplate => format!("{}/{{{}}}", uri(size, rng), plain(3, rng)),
        Format::JsonPointer if n == 0 => String::new(),
        Format::JsonPointer => format!("/{}/{}~1{}", plain(size, rng), rng.u8(..9), plain(2, rng)),
        Format::RelativeJsonPointer if rng.bool() => format!("{}#", rng.u8(..9)),
        Format::RelativeJsonPointer => format!("{}/{}", rng.u8(..9), plain(size, rng)),
        Format::Regex => format!("^{}[a-z]{{{},{}}}$", plain(size, rng), rng.u8(..3), rng.u8(3..9)),
    }
}

fn date(rng: &mut Rng) -> String {
    match rng.u8(..10) {
        0 => "2024-02-29".to_owned(),
        1 => "1999-12-31".to_owned(),
        _ => format!("20{:02}-{:02}-{:02}", rng.u8(..100), rng.u8(1..=12), rng.u8(1..=28)),
    }
}

fn time(rng: &mut Rng) -> String {
    let fraction = match rng.u8(..4) {
        0 => format!(".{:03}", rng.u16(..1000)),
        _ => String::new(),
    };
    let zone = match rng.u8(..6) {
        0 => "+02:00",
        1 => "-03:30",
        _ => "Z",
    };
    format!("{:02}:{:02}:{:02}{fraction}{zone}", rng.u8(..24), rng.u8(..60), rng.u8(..60))
}

fn duration(rng: &mut Rng) -> String {
    let n = rng.u8(1..60);
    match rng.u8(..4) {
        0 => format!("P{n}D"),
        1 => format!("PT{n}M"),
        2 => format!("P{n}W"),
        _ => format!("P1Y2M{n}DT4H5M6S"),
    }
}

fn host(rng: &mut Rng) -> String {
    let n = rng.usize(2..10);
    format!("{}.example.{}", plain(n, rng), ["org", "com", "net"][rng.usize(..3)])
}

fn ipv4(rng: &mut Rng) -> String {
    format!("{}.{}.{}.{}", rng.u8(1..), rng.u8(..), rng.u8(..), rng.u8(..))
}

fn ipv6(rng: &mut Rng) -> String {
    match rng.u8(..3) {
        0 => "::1".to_owned(),
        1 => format!("2001:db8::{:x}", rng.u16(..)),
        _ => (0..8).map(|_| format!("{:x}", rng.u16(..))).collect::<Vec<_>>().join(":"),
    }
}

fn uuid(rng: &mut Rng) -> String {
    let (high, low) = (rng.u64(..), rng.u64(..));
    format!(
        "{:08x}-{:04x}-4{:03x}-a{:03x}-{:012x}",
        high >> 32,
        high >> 16 & 0xFFFF,
        high & 0xFFF,
        low >> 52,
        low & 0xFFFF_FFFF_FFFF
    )
}

fn uri(n: usize, rng: &mut Rng) -> String {
    match rng.u8(..8) {
        0 => format!("urn:example:{}", plain(n, rng)),
        1 => format!("http://{}:8080/{}?q=%20{}#a", host(rng), plain(n, rng), rng.u8(..)),
        _ => format!("https://{}/{}", host(rng), plain(n, rng)),
    }
}
