//! What users choose about generated types: derives, attributes, types of their own, names.

use std::collections::BTreeSet;
use std::path::Path;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Attribute;
use syn::parse::Parser as _;

use super::Print;
use super::types::{Item, Table};
use crate::backend::Unit;
use crate::config::{FILE_NAME, RustOptions};
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::model::Format;

impl Print<'_> {
    /// The derives and attributes of an item that derives `own` in any case.
    pub fn derive(&self, item: &Item, own: &[&str]) -> TokenStream {
        let options = self.unit.rust;
        let chosen = options.derives.iter().chain(&item.chosen.derives).map(String::as_str);
        let mut seen: BTreeSet<String> = own.iter().map(|name| (*name).to_owned()).collect();
        let more = chosen.filter(|path| seen.insert((*path).to_owned())).map(path);
        let own = own.iter().map(|name| format_ident!("{name}"));
        let attributes = options.attributes.iter().chain(&item.chosen.attributes);
        let attributes = attributes.filter_map(|text| attribute(text)).flatten();
        quote!(#[derive(#(#own,)* #(#more,)*)] #(#attributes)*)
    }
}

/// The path of a type or trait; nothing where [`problems`] has told that it is none.
pub fn path(text: &str) -> TokenStream {
    syn::parse_str::<syn::Path>(text).map_or_else(|_| TokenStream::new(), |path| quote!(#path))
}

/// What stands in `#[cfg(…)]`; nothing where [`problems`] has told that it is none.
pub fn condition(text: &str) -> Option<TokenStream> {
    let is_condition = ["true", "false"].contains(&text) || syn::parse_str::<syn::Meta>(text).is_ok();
    text.parse().ok().filter(|_| is_condition)
}

fn attribute(text: &str) -> Option<Vec<Attribute>> {
    Attribute::parse_outer.parse_str(text).ok().filter(|attributes| !attributes.is_empty())
}

/// What is wrong with the choices for a unit.
pub fn problems(unit: &Unit<'_>) -> Option<Diagnostics> {
    let options = unit.rust;
    let of_types = || options.types.values();
    let derives = options.derives.iter().chain(of_types().flat_map(|it| &it.derives));
    let paths =
        derives.chain(options.scalars.values()).chain(of_types().filter_map(|it| it.replace.as_ref()));
    let paths = paths.filter(|text| syn::parse_str::<syn::Path>(text).is_err());
    let attributes = options.attributes.iter().chain(of_types().flat_map(|it| &it.attributes));
    let attributes = attributes.filter(|text| attribute(text).is_none());
    let names = of_types().filter_map(|it| it.name.as_ref());
    let names = names.filter(|text| syn::parse_str::<syn::Ident>(text).is_err());
    let malformed = paths.map(|text| format!("`{text}` is no path of a type or trait"));
    let malformed =
        malformed.chain(attributes.map(|text| format!("`{text}` is no attribute, such as `#[must_use]`")));
    let malformed = malformed.chain(names.map(|text| format!("`{text}` is no name of a type")));
    let conditions = options.proptest.iter().filter(|text| condition(text).is_none());
    let conditions = conditions.map(|text| format!("`{text}` is no condition, such as `test`"));
    let malformed = malformed.chain(conditions);
    let help = "see docs/configuration.md for what [rust] holds";
    let malformed = malformed.map(|message| Diagnostic::new("configuration", place(), message).help(help));
    Diagnostics::new(malformed.chain(unknown_scalars(options)).chain(unknown_types(unit)).collect())
}

fn place() -> Place {
    Place { file: Path::new(FILE_NAME).display().to_string(), ..Place::default() }
}

fn unknown_scalars(options: &RustOptions) -> Vec<Diagnostic> {
    let known = || ["integer", "number"].into_iter().chain(Format::ALL.map(Format::name));
    let unknown = options.scalars.keys().filter(|key| !known().any(|known| known == key.as_str()));
    unknown.map(|key| Diagnostic::unknown_key(place(), "scalar or format", key, known())).collect()
}

fn unknown_types(unit: &Unit<'_>) -> Vec<Diagnostic> {
    if unit.rust.types.is_empty() {
        return Vec::new();
    }
    // Choices are made for the names that types would have without them.
    let plain = RustOptions { types: Default::default(), ..unit.rust.clone() };
    let table = Table::of(&Unit { rust: &plain, ..*unit });
    let names: Vec<&str> = table.items.iter().map(|item| item.name.as_str()).collect();
    let places = table.items.iter().filter_map(|item| item.together.single());
    let places: BTreeSet<&str> = places.map(|schema| unit.schemas[schema].location.uri.as_str()).collect();
    let is_known = |key: &str| names.contains(&key) || places.contains(key);
    let unknown = unit.rust.types.keys().filter(|key| !is_known(key));
    unknown
        .map(|key| Diagnostic::unknown_key(place(), "generated type", key, names.iter().copied()))
        .collect()
}
