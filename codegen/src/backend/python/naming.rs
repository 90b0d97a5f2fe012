//! Which name each type and each field gets. Types are all claimed before anything is printed.

use super::reserved::{CLIENTS, INHERITED, KEYWORDS, PACKAGES, TYPES};
use crate::backend::Unit;
use crate::backend::naming::{Language, Wish};
use crate::names::{Names, snake_case};

/// Names of types.
pub const PYTHON: Language = Language { identifier, is_reserved: |name| TYPES.contains(&name) };

/// The name of each type, in the order of the wishes.
pub fn claim(unit: &Unit<'_>, wishes: &[Wish]) -> Vec<String> {
    let of_clients = CLIENTS.iter().filter(|_| unit.contract.is_some());
    PYTHON.claim(unit, wishes, Names::with_reserved(TYPES.iter().chain(of_clients).copied()))
}

/// A name as that of a function or a module.
pub fn function_name(name: &str) -> String {
    identifier(&snake_case(name))
}

/// The name of the package of a unit.
pub fn package_name(name: &str) -> String {
    let name = function_name(name).to_lowercase();
    if KEYWORDS.contains(&name.as_str()) || PACKAGES.contains(&name.as_str()) {
        format!("{name}_events")
    } else {
        name
    }
}

/// The names of a model's fields, in the order of the members; none is that of a type.
pub fn fields<'f>(members: impl Iterator<Item = &'f str>, is_type: impl Fn(&str) -> bool) -> Vec<String> {
    let mut names = Names::default();
    members
        .map(|member| {
            let name = function_name(member).to_lowercase();
            let is_taken =
                KEYWORDS.contains(&name.as_str()) || INHERITED.contains(&name.as_str()) || is_type(&name);
            names.claim(if is_taken { format!("{name}_") } else { name })
        })
        .collect()
}

/// A name of letters that Python takes as they are; it normalises others (NFKC), and two names would be one. Those are
/// spelled as code points.
fn identifier(name: &str) -> String {
    let spell = |character: char| match character {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '_' => character.to_string(),
        'à'..='ö' | 'ø'..='ÿ' | 'À'..='Ö' | 'Ø'..='Þ' | 'α'..='ω' | 'а'..='я' | 'А'..='Я' => {
            character.to_string()
        }
        '\u{4e00}'..='\u{9fff}' | 'ぁ'..='ゖ' | 'ァ'..='ヺ' | '\u{ac00}'..='\u{d7a3}' => {
            character.to_string()
        }
        _ => format!("U{:X}", u32::from(character)),
    };
    let name: String = name.chars().map(spell).collect();
    if name.starts_with(|first: char| first.is_alphabetic()) { name } else { format!("N{name}") }
}
