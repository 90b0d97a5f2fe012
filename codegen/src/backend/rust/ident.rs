//! Identifiers.

use proc_macro2::{Ident, Span};

use crate::names::{pascal_case, snake_case};

/// Words that cannot be raw identifiers.
const NEVER_RAW: [&str; 5] = ["self", "Self", "super", "crate", "_"];

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
    pascal_case(name)
}

/// A field or function: a keyword becomes a raw identifier.
pub fn field_name(name: &str) -> String {
    let name = snake_case(name);
    if NEVER_RAW.contains(&name.as_str()) { format!("{name}_") } else { name }
}

/// `name` as an identifier; it is one, but may be a keyword.
pub fn ident(name: &str) -> Ident {
    if NEVER_RAW.contains(&name) {
        return Ident::new(&format!("{name}_"), Span::call_site());
    }
    match syn::parse_str::<Ident>(name) {
        Ok(ident) => ident,
        Err(_) if syn::parse_str::<Ident>(&format!("r#{name}")).is_ok() => {
            Ident::new_raw(name, Span::call_site())
        }
        // Letters that Unicode knows and Rust's identifiers don't.
        Err(_) => {
            let spelled: String = name
                .chars()
                .map(|c| {
                    if c.is_ascii_alphanumeric() || c == '_' {
                        c.to_string()
                    } else {
                        format!("u{:x}", c as u32)
                    }
                })
                .collect();
            Ident::new(&spelled, Span::call_site())
        }
    }
}
