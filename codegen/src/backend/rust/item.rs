//! One item of the table as Rust.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::Print;
use super::ident::ident;
use super::types::{Item, ItemKind, RustType};
use super::value;
use crate::names::pascal_case;

impl Print<'_> {
    pub fn item(&self, item: &Item) -> TokenStream {
        let name = ident(&item.name);
        let body = match &item.kind {
            ItemKind::Record(record) => self.record(item, &name, record),
            ItemKind::Strings(variants) => self.strings(item, &name, variants),
            ItemKind::Union { variants, property, arms } => self.union(item, &name, variants, property, arms),
            ItemKind::Newtype(of) => self.newtype(item, &name, of),
            ItemKind::Constant(value) => self.constant(item, &name, value),
            ItemKind::Alias(of) => {
                let (docs, of) = (self.docs(&item.together, None), self.of(of));
                return quote!(#docs pub type #name = #of;);
            }
        };
        let validate = self.validate(item, &name);
        let deserialize = self.deserialize(&name);
        let entry_points = self.is_root(item).then(|| self.entry_points(&name));
        quote!(#body #entry_points #validate #deserialize)
    }

    fn is_root(&self, item: &Item) -> bool {
        self.table.roots.iter().any(|root| std::ptr::eq(&self.table.items[*root], item))
    }

    /// The path of a type.
    pub fn of(&self, of: &RustType) -> TokenStream {
        let krate = self.krate;
        match of {
            RustType::Value => quote!(#krate::serde_json::Value),
            RustType::Unit => quote!(()),
            RustType::Bool => quote!(bool),
            RustType::Double => quote!(f64),
            RustType::Number => quote!(#krate::serde_json::Number),
            RustType::Machine(name) => {
                let name = ident(name);
                quote!(#name)
            }
            RustType::Ranged(name, min, max) => {
                let (name, min, max) = (ident(name), bound(*min), bound(*max));
                quote!(#krate::Ranged<#name, #min, #max>)
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
            RustType::Item(index) => {
                let name = ident(&self.table.items[*index].name);
                quote!(#name)
            }
        }
    }

    fn strings(&self, item: &Item, name: &Ident, variants: &[(String, String)]) -> TokenStream {
        let krate = self.krate;
        let docs = self.docs(&item.together, None);
        let idents: Vec<_> = variants.iter().map(|(variant, _)| ident(variant)).collect();
        let texts: Vec<_> = variants.iter().map(|(_, text)| text).collect();
        let variant_docs =
            texts.iter().map(|text| super::docs::doc(&format!("`{}`", text.replace('`', "'"))));
        quote! {
            #docs
            #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub enum #name { #(#variant_docs #idents,)* }

            impl #name {
                /// Every value, in the order of the schema.
                pub const ALL: &'static [Self] = &[#(Self::#idents),*];

                /// The string that stands for it.
                pub const fn as_str(self) -> &'static str {
                    match self { #(Self::#idents => #texts,)* }
                }
            }

            impl ::std::fmt::Display for #name {
                fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    f.write_str(self.as_str())
                }
            }

            impl ::std::str::FromStr for #name {
                type Err = #krate::InvalidText;
                fn from_str(text: &str) -> ::std::result::Result<Self, #krate::InvalidText> {
                    let found = Self::ALL.iter().copied().find(|one| one.as_str() == text);
                    found.ok_or_else(|| #krate::InvalidText { format: stringify!(#name), text: text.to_owned() })
                }
            }

            impl #krate::Decode for #name {
                fn decode(value: #krate::serde_json::Value) -> ::std::result::Result<Self, #krate::Mismatch> {
                    let found = value.as_str().and_then(|text| text.parse().ok());
                    found.ok_or_else(|| #krate::Mismatch::new(stringify!(#name), &value))
                }
            }

            impl #krate::serde::Serialize for #name {
                fn serialize<S: #krate::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                    serializer.serialize_str(self.as_str())
                }
            }
        }
    }

    fn union(
        &self,
        item: &Item,
        name: &Ident,
        variants: &[(String, RustType, bool)],
        property: &str,
        arms: &[(String, usize)],
    ) -> TokenStream {
        let krate = self.krate;
        let docs =
            self.docs(&item.together, Some(&format!("`{}` tells which it is.", property.replace('`', "'"))));
        let idents: Vec<_> = variants.iter().map(|(variant, ..)| ident(variant)).collect();
        let types = variants.iter().map(|(_, of, is_boxed)| {
            let of = self.of(of);
            if *is_boxed { quote!(::std::boxed::Box<#of>) } else { of }
        });
        let variant_docs = variants.iter().enumerate().map(|(index, _)| {
            let tags = arms
                .iter()
                .filter(|(_, arm)| *arm == index)
                .map(|(tag, _)| format!("`{}`", tag.replace('`', "'")));
            super::docs::doc(&tags.collect::<Vec<_>>().join(", "))
        });
        let decode = arms.iter().map(|(tag, index)| {
            let variant = &idents[*index];
            quote!(Some(#tag) => #krate::Decode::decode(value).map(Self::#variant))
        });
        quote! {
            #docs
            #[derive(Debug, Clone, PartialEq)]
            pub enum #name { #(#variant_docs #idents(#types),)* }

            impl #krate::Decode for #name {
                fn decode(value: #krate::serde_json::Value) -> ::std::result::Result<Self, #krate::Mismatch> {
                    match value.get(#property).and_then(#krate::serde_json::Value::as_str) {
                        #(#decode,)*
                        _ => Err(#krate::Mismatch::new(stringify!(#name), &value)),
                    }
                }
            }

            impl #krate::serde::Serialize for #name {
                fn serialize<S: #krate::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                    match self { #(Self::#idents(one) => one.serialize(serializer),)* }
                }
            }
        }
    }

    fn constant(&self, item: &Item, name: &Ident, constant: &serde_json::Value) -> TokenStream {
        let krate = self.krate;
        let note = format!("Stands for the one value `{}`.", constant.to_string().replace('`', "'"));
        let docs = self.docs(&item.together, Some(&note));
        let value = value::serializable(constant, krate);
        quote! {
            #docs
            #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
            pub struct #name;

            impl #name {
                /// The one value.
                pub const fn new() -> Self {
                    Self
                }
            }

            impl #krate::Decode for #name {
                fn decode(_: #krate::serde_json::Value) -> ::std::result::Result<Self, #krate::Mismatch> {
                    Ok(Self)
                }
            }

            impl #krate::serde::Serialize for #name {
                fn serialize<S: #krate::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                    (#value).serialize(serializer)
                }
            }
        }
    }

    /// `Validate` by the tests of the plan.
    fn validate(&self, item: &Item, name: &Ident) -> TokenStream {
        let (krate, module) = (self.krate, self.module);
        let tests = item.together.schemas().iter().map(|schema| {
            let test = self.test_name(self.unit.plan.index(*schema));
            quote!(#module::#test(value, at, report))
        });
        let body = super::validator::in_sequence(tests.collect());
        quote! {
            impl #krate::Validate for #name {
                fn test<R: #krate::rule::Report>(
                    value: &#krate::serde_json::Value,
                    at: #krate::rule::At<'_>,
                    report: &mut R,
                ) -> bool {
                    #body
                }
            }
        }
    }

    fn deserialize(&self, name: &Ident) -> TokenStream {
        let krate = self.krate;
        quote! {
            impl<'de> #krate::serde::Deserialize<'de> for #name {
                fn deserialize<D: #krate::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                    let value = <#krate::serde_json::Value as #krate::serde::Deserialize>::deserialize(deserializer)?;
                    <Self as #krate::Decode>::from_value(value).map_err(#krate::serde::de::Error::custom)
                }
            }
        }
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

                /// Parses and validates UTF-8 JSON.
                ///
                /// # Errors
                /// No JSON, or the violations.
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

fn bound(value: i128) -> TokenStream {
    let literal = proc_macro2::Literal::i128_unsuffixed(value);
    if value < 0 { quote!({ #literal }) } else { quote!(#literal) }
}
