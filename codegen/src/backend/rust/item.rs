//! One item of the table as Rust: its traits, and what the types of its members are written as.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::ident::ident;
use super::options;
use super::types::{Item, ItemKind, Part, RustType};
use super::{Print, Printed};
use crate::names::pascal_case;
use crate::shape::Together;

impl Print<'_> {
    pub fn item(&self, index: usize, item: &Item) -> Printed {
        let name = ident(&item.name);
        let Printed { public, traits } = match &item.kind {
            ItemKind::Record(record) => self.record(item, &name, record),
            ItemKind::Tuple(tuple) => self.tuple(item, &name, tuple),
            ItemKind::Strings(variants) => self.strings(item, &name, variants),
            ItemKind::Scalars(variants) => self.scalars(item, &name, variants),
            ItemKind::Choice(choice) => self.choice(item, &name, choice),
            ItemKind::Newtype(of) => self.newtype(item, &name, of),
            ItemKind::Constant(value) => self.constant(item, &name, value),
            ItemKind::Alias(of) => {
                let (docs, of) = (self.docs(&item.together, None), self.of(of));
                return Printed { public: quote!(#docs pub type #name = #of;), traits: TokenStream::new() };
            }
            ItemKind::Replaced(path) => {
                let (docs, of) = (self.docs(&item.together, None), options::path(path));
                return Printed { public: quote!(#docs pub type #name = #of;), traits: TokenStream::new() };
            }
        };
        let (validate, deserialize) = (self.validate(item, &name), deserialize(&name));
        let entry_points = self.table.roots.contains(&index).then(|| self.entry_points(&name));
        Printed { public: quote!(#public #entry_points), traits: quote!(#traits #validate #deserialize) }
    }

    /// The path of a type.
    pub fn of(&self, of: &RustType) -> TokenStream {
        let krate = self.krate;
        match of {
            RustType::Value => quote!(#krate::serde_json::Value),
            RustType::Unit => quote!(()),
            RustType::Bool => quote!(bool),
            RustType::Number => quote!(#krate::Number),
            RustType::Machine(name) => {
                let name = ident(name);
                quote!(#name)
            }
            RustType::Ranged(name, min, max) => {
                let (of, min, max) = (ident(name), bound(*min), bound(*max));
                let of = if *name == "Integer" { quote!(#krate::#of) } else { quote!(#of) };
                quote!(#krate::Ranged<#of, #min, #max>)
            }
            RustType::Integer => quote!(#krate::Integer),
            RustType::Text => quote!(::std::string::String),
            RustType::Format(format) => {
                let name = ident(&pascal_case(format.name()));
                quote!(#krate::#name)
            }
            RustType::Array(of) => {
                let of = self.of(of);
                quote!(::std::vec::Vec<#of>)
            }
            RustType::AnyMap => {
                quote!(#krate::serde_json::Map<::std::string::String, #krate::serde_json::Value>)
            }
            RustType::Map(of) => {
                let of = self.of(of);
                quote!(::std::collections::BTreeMap<::std::string::String, #of>)
            }
            RustType::Nullable(of) => {
                let of = self.of(of);
                quote!(::std::option::Option<#of>)
            }
            RustType::Path(path, _) => options::path(path),
            RustType::Item(index) => {
                let name = ident(&self.table.items[*index].name);
                quote!(#name)
            }
        }
    }

    /// The path of a type inside another.
    pub fn part(&self, part: &Part) -> TokenStream {
        let of = self.of(&part.of);
        if part.is_boxed { quote!(::std::boxed::Box<#of>) } else { of }
    }

    /// `Decode` with what reads a value; where a rule is left that the form does not say, the plan is asked first.
    pub fn decode(&self, item: &Item, name: &Ident, read: &TokenStream) -> TokenStream {
        let check = item.is_refined.then(|| quote!(wire::check::<Self>(input)?;));
        quote! {
            impl Decode for super::#name {
                fn read(input: &mut Reader<'_>) -> Result<Self, Stop> {
                    #check
                    #read
                }
            }
        }
    }

    /// `Serialize` by an expression over `self` and `serializer`.
    pub fn serialize(&self, name: &Ident, body: &TokenStream) -> TokenStream {
        quote! {
            impl Serialize for super::#name {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    #body
                }
            }
        }
    }

    /// `Validate` by the tests of the plan.
    fn validate(&self, item: &Item, name: &Ident) -> TokenStream {
        let tests = self.tests_of(&item.together, &quote!(value), &quote!(at), &quote!(report));
        let body = super::validator::in_sequence(tests);
        quote! {
            impl Validate for super::#name {
                fn test<R: Report>(value: &Value, at: At<'_>, report: &mut R) -> bool {
                    #body
                }
            }
        }
    }

    /// The tests of what holds together, each an expression.
    pub fn tests_of(
        &self,
        together: &Together,
        value: &TokenStream,
        at: &TokenStream,
        report: &TokenStream,
    ) -> Vec<TokenStream> {
        let types = together.within().map(|types| {
            let names = types.iter().map(|json_type| json_type.name());
            let uri = together.first().map_or("", |schema| &self.unit.schemas[schema].location.uri);
            quote!(rule::types(#value, &[#(#names),*], #at, #uri, #report))
        });
        let tests = together.schemas().iter().map(|schema| {
            let test = self.test_name(self.unit.plan.index(*schema));
            quote!(#test(#value, #at, #report))
        });
        types.into_iter().chain(tests).collect()
    }

    /// The traits' functions as the type's own, so that nothing needs to be imported.
    fn entry_points(&self, name: &Ident) -> TokenStream {
        let krate = self.krate;
        quote! {
            impl #name {
                /// Whether `value` is valid. Stops at the first violation and allocates nothing.
                pub fn is_valid(value: &#krate::serde_json::Value) -> bool {
                    <Self as #krate::Validate>::is_valid(value)
                }

                /// Every violation of `value`.
                ///
                /// # Errors
                /// When `value` is not valid.
                pub fn validate(value: &#krate::serde_json::Value) -> ::std::result::Result<(), #krate::Violations> {
                    <Self as #krate::Validate>::validate(value)
                }

                /// Reads UTF-8 JSON in one pass: parsed, validated, typed.
                ///
                /// # Errors
                /// No JSON, or the violations with their places.
                pub fn from_slice(bytes: &[u8]) -> ::std::result::Result<Self, #krate::Error> {
                    <Self as #krate::Decode>::from_slice(bytes)
                }

                /// Validates a JSON value.
                ///
                /// # Errors
                /// The violations.
                pub fn from_value(value: #krate::serde_json::Value) -> ::std::result::Result<Self, #krate::Error> {
                    <Self as #krate::Decode>::from_value(value)
                }

                /// The JSON value that crosses the wire.
                ///
                /// # Errors
                /// A map of the value holds a number that is not finite.
                pub fn to_value(&self) -> ::std::result::Result<#krate::serde_json::Value, #krate::Error> {
                    Ok(#krate::serde_json::to_value(self)?)
                }

                /// The JSON that crosses the wire.
                ///
                /// # Errors
                /// As [`Self::to_value`].
                pub fn to_vec(&self) -> ::std::result::Result<::std::vec::Vec<u8>, #krate::Error> {
                    Ok(#krate::serde_json::to_vec(self)?)
                }
            }
        }
    }
}

fn deserialize(name: &Ident) -> TokenStream {
    quote! {
        impl<'de> Deserialize<'de> for super::#name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                wire::deserialize(deserializer)
            }
        }
    }
}

fn bound(value: i128) -> TokenStream {
    match value {
        i128::MIN => quote!({ i128::MIN }),
        i128::MAX => quote!({ i128::MAX }),
        value => {
            let literal = proc_macro2::Literal::i128_unsuffixed(value);
            if value < 0 { quote!({ #literal }) } else { quote!(#literal) }
        }
    }
}
