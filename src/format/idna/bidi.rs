//! Labels with characters that are written from right to left (RFC 5893, 2).

use super::class;
use super::class::Bidi;

/// Whether such a label is displayed in one way only. Labels without such characters are not asked, whatever stands beside
/// them (RFC 5891, 4.2.3.4).
pub fn holds(label: &[char]) -> bool {
    let classes = || label.iter().map(|character| class(*character).bidi());
    if !classes().any(|it| matches!(it, Bidi::Right | Bidi::ArabicNumber)) {
        return true;
    }
    let first = classes().next();
    let last = classes().rev().find(|it| *it != Bidi::Nonspacing);
    let has = |bidi| classes().any(|it| it == bidi);
    match first {
        Some(Bidi::Right) => {
            let ends = matches!(last, Some(Bidi::Right | Bidi::EuropeanNumber | Bidi::ArabicNumber));
            ends && !has(Bidi::Left) && !(has(Bidi::EuropeanNumber) && has(Bidi::ArabicNumber))
        }
        // One that begins from the left holds nothing that is written from the right, and no other begin is allowed.
        _ => false,
    }
}
