//! Rust: types that an expert would write, validators printed from the plan, and an enum of events per direction.

mod arbitrary;
mod assign;
mod choice;
mod docs;
mod evaluated;
mod event;
mod ident;
mod item;
mod listed;
mod newtype;
mod object;
mod options;
mod record;
mod short_paths;
mod tuple;
mod types;
mod union;
mod validator;
mod value;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{Backend, Files, Unit, header};
use crate::diagnostic::Diagnostics;
use crate::model::SchemaIdx;
use crate::names::snake_case;
use crate::plan::PlanIdx;
use types::Table;
use validator::Subject;

/// Types, validators and event enums.
#[derive(Debug, Clone, Copy)]
pub struct Rust;

impl Backend for Rust {
    fn name(&self) -> &'static str {
        "rust"
    }

    fn about(&self) -> &'static str {
        "types, validators and an enum of events per direction"
    }

    fn problems(&self, unit: &Unit<'_>) -> Option<Diagnostics> {
        options::problems(unit)
    }

    fn origins(&self, unit: &Unit<'_>) -> BTreeMap<String, Vec<SchemaIdx>> {
        let items = Table::of(unit).items.into_iter();
        items.map(|item| (item.name, item.together.schemas().to_vec())).collect()
    }

    fn generate(&self, unit: &Unit<'_>) -> Files {
        let tokens = tokens(unit, &quote!(::handfast));
        let text = match syn::parse2::<syn::File>(tokens.clone()) {
            Ok(mut file) => {
                short_paths::shorten(&mut file);
                prettyplease::unparse(&file)
            }
            // Never seen; what the compiler then says about the text is the better message.
            Err(_) => tokens.to_string(),
        };
        let name = format!("{}.rs", snake_case(unit.name));
        Files::from([(name, format!("// {}\n\n{text}", header(unit)))])
    }
}

/// The items of a unit, for a crate that knows this one as `krate`.
pub fn tokens(unit: &Unit<'_>, krate: &TokenStream) -> TokenStream {
    let module = match unit.root {
        Some((name, _)) => format_ident!("__{}", snake_case(name)),
        None => format_ident!("__contract"),
    };
    let table = Table::of(unit);
    let print = Print { unit, table: &table, krate, wanted: RefCell::default() };
    // Printing the items tells which validators are wanted.
    let items = table.in_use().into_iter().map(|index| print.item(index, &table.items[index]));
    let (public, traits): (Vec<_>, Vec<_>) = items.map(|item| (item.public, item.traits)).unzip();
    let events = unit.contract.map(|contract| print.events(contract));
    let strategies = print.strategies(&format_ident!("{module}_strategies"));
    let validators = print.validators();
    quote! {
        #(#public)*
        #events
        #[allow(clippy::all, dead_code, deprecated, unused_imports, unused_braces, unused_mut, unused_parens, unused_variables)]
        mod #module {
            use #krate::rule::{self, At, Limit, Quick, Report};
            use #krate::serde::ser::SerializeMap;
            use #krate::serde::{Deserialize, Deserializer, Serialize, Serializer};
            use #krate::serde_json::Value;
            use #krate::{Decode, Kind, Reader, Stop, Validate, equal, format, wire};
            use ::std::sync::LazyLock;
            #(#traits)*
            #validators
        }
        #strategies
    }
}

/// An item as Rust.
struct Printed {
    /// What its users see.
    public: TokenStream,
    /// Its traits, for the module that has names for them and for the validators.
    traits: TokenStream,
}

/// What printing needs to know.
struct Print<'p> {
    unit: &'p Unit<'p>,
    table: &'p Table,
    /// The path of this crate's runtime.
    krate: &'p TokenStream,
    /// The validators that somebody calls.
    wanted: RefCell<BTreeSet<(PlanIdx, Subject)>>,
}
