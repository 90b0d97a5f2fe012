//! Labels of international host names (RFC 5890 to 5893), without their mapping to lower case and normal form.

mod bidi;
mod class;
mod context;
mod normal;
mod punycode;
mod table;

use class::Class;
use punycode::Label;

/// The length of the ASCII form of a label that is not in ASCII; `None` if it is no U-label.
pub fn ascii_length(label: &str) -> Option<usize> {
    let label = Label::collect(label.chars())?;
    is_u_label(label.characters()).then(|| "xn--".len() + punycode::encoded_length(label.characters()))
}

/// Whether what follows `xn--` stands for a U-label.
pub fn stands_for_label(encoded: &str) -> bool {
    // Each label is encoded in one way, up to the case of letters.
    punycode::decode(encoded).is_some_and(|label| is_u_label(label.characters()))
}

/// A U-label (RFC 5890, 2.3.2.1), by the tests of RFC 5891, 4.2.
fn is_u_label(label: &[char]) -> bool {
    let (Some(first), Some(last)) = (label.first(), label.last()) else { return false };
    let hyphens = *first != '-' && *last != '-' && !matches!(label, [_, _, '-', '-', ..]);
    hyphens
        && !label.iter().all(char::is_ascii)
        && label.iter().all(|character| Class::of(*character).is_some())
        && !class(*first).is_mark()
        && context::holds(label)
        && bidi::holds(label)
        && normal::is_composed(label)
}

/// The class of a character that is allowed.
fn class(character: char) -> Class {
    Class::of(character).unwrap_or_default()
}
