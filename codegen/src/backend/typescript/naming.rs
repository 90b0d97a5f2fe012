//! Which name each type gets. All are claimed before anything is printed.

use super::reserved::RESERVED;
use crate::backend::Unit;
use crate::backend::naming::{Language, Wish};
use crate::names::Names;

/// Names of types.
pub const TYPESCRIPT: Language = Language { identifier, is_reserved: |name| RESERVED.contains(&name) };

/// The name of each type, in the order of the wishes.
pub fn claim(unit: &Unit<'_>, wishes: &[Wish]) -> Vec<String> {
    TYPESCRIPT.claim(unit, wishes, Names::with_reserved(RESERVED.iter().copied()))
}

/// Letters and digits of which identifiers know nothing are spelled as code points.
fn identifier(name: &str) -> String {
    let spell = |character: char| match unicode_ident::is_xid_continue(character) {
        true => character.to_string(),
        false => format!("U{:X}", u32::from(character)),
    };
    let name: String = name.chars().map(spell).collect();
    if name.starts_with(unicode_ident::is_xid_start) { name } else { format!("N{name}") }
}
