//! Identifiers.

use proc_macro2::{Ident, Span};

use crate::names::{pascal_case, snake_case};

/// Words that cannot be raw identifiers.
const NEVER_RAW: [&str; 5] = ["self", "Self", "super", "crate", "_"];

/// A word that syn takes for an identifier.
const KEYWORD_OF_2024: &str = "gen";

/// Names that types must not take, because generated code or its readers mean something else by them.
pub const RESERVED_TYPES: [&str; 18] = [
    "Self",
    "Option",
    "Some",
    "None",
    "Vec",
    "String",
    "Box",
    "Result",
    "Ok",
    "Err",
    "Value",
    "Map",
    "BTreeMap",
    "ServerEvent",
    "ClientEvent",
    "Default",
    "From",
    "TryFrom",
];

/// A type or variant.
pub fn type_name(name: &str) -> String {
    spelled(pascal_case(name))
}

/// A field or function: a keyword becomes a raw identifier.
pub fn field_name(name: &str) -> String {
    let name = spelled(snake_case(name));
    // A name that began with a digit begins with a capital letter now.
    let name = name.strip_prefix('N').map(|rest| format!("n{rest}")).unwrap_or(name);
    if NEVER_RAW.contains(&name.as_str()) { format!("{name}_") } else { name }
}

/// `name` as an identifier; it is one, but may be a keyword.
pub fn ident(name: &str) -> Ident {
    if NEVER_RAW.contains(&name) {
        return Ident::new(&format!("{name}_"), Span::call_site());
    }
    let is_plain = name != KEYWORD_OF_2024 && syn::parse_str::<Ident>(name).is_ok();
    if is_plain { Ident::new(name, Span::call_site()) } else { Ident::new_raw(name, Span::call_site()) }
}

/// `name`, with the code points of letters that Unicode knows and Rust's identifiers don't. It is spelled before it is claimed,
/// so that no two names end up as one.
fn spelled(name: String) -> String {
    if syn::parse_str::<Ident>(&format!("r#{name}")).is_ok() || NEVER_RAW.contains(&name.as_str()) {
        return name;
    }
    let spell = |c: char| match c {
        c if c.is_ascii_alphanumeric() || c == '_' => c.to_string(),
        c => format!("u{:x}", c as u32),
    };
    name.chars().map(spell).collect()
}
