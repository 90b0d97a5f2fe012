//! Types of listed values: enums of strings or scalars, and unit structs that stand for one value.

use proc_macro2::Ident;
use quote::quote;
use serde_json::Value;

use super::docs::value_docs;
use super::ident::ident;
use super::types::Item;
use super::value;
use super::{Print, Printed};
use crate::model::Docs;

impl Print<'_> {
    fn docs_of(&self, item: &Item, value: &Value) -> Docs {
        item.together.docs_of_value(self.unit.schemas, value)
    }

    pub fn strings(&self, item: &Item, name: &Ident, variants: &[(String, String)]) -> Printed {
        let krate = self.krate;
        let docs = self.docs(&item.together, None);
        let idents: Vec<_> = variants.iter().map(|(variant, _)| ident(variant)).collect();
        let texts: Vec<_> = variants.iter().map(|(_, text)| text).collect();
        let variant_docs =
            texts.iter().map(|text| value_docs(text, &self.docs_of(item, &Value::from(text.as_str()))));
        let decode = self.decode(
            item,
            name,
            &quote!(match &*input.string()? { #(#texts => Ok(Self::#idents),)* _ => Err(Stop) }),
        );
        let serialize = self.serialize(name, &quote!(serializer.serialize_str(self.as_str())));
        let derive =
            self.derive(item, &["Debug", "Clone", "Copy", "PartialEq", "Eq", "PartialOrd", "Ord", "Hash"]);
        let public = quote! {
            #docs
            #derive
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
        };
        Printed { public, traits: quote!(#decode #serialize) }
    }

    pub fn scalars(&self, item: &Item, name: &Ident, variants: &[(String, Value)]) -> Printed {
        let krate = self.krate;
        let docs = self.docs(&item.together, None);
        let idents: Vec<_> = variants.iter().map(|(variant, _)| ident(variant)).collect();
        let texts =
            variants.iter().map(|(_, value)| value_docs(&value.to_string(), &self.docs_of(item, value)));
        let values = variants.iter().map(|(_, value)| value::json(value, krate));
        let decode = self.decode(
            item,
            name,
            &quote! {
                let value = input.value()?;
                let is_it = |one: &Self| equal(&one.value(), &value);
                Self::ALL.iter().copied().find(is_it).ok_or(Stop)
            },
        );
        let serialize = self.serialize(name, &quote!(self.value().serialize(serializer)));
        let derive =
            self.derive(item, &["Debug", "Clone", "Copy", "PartialEq", "Eq", "PartialOrd", "Ord", "Hash"]);
        let public = quote! {
            #docs
            #derive
            pub enum #name { #(#texts #idents,)* }

            impl #name {
                /// Every value, in the order of the schema.
                pub const ALL: &'static [Self] = &[#(Self::#idents),*];

                /// The JSON value that stands for it.
                pub fn value(self) -> #krate::serde_json::Value {
                    match self { #(Self::#idents => #values,)* }
                }
            }
        };
        Printed { public, traits: quote!(#decode #serialize) }
    }

    pub fn constant(&self, item: &Item, name: &Ident, constant: &Value) -> Printed {
        let krate = self.krate;
        let note = format!("Stands for the one value `{}`.", constant.to_string().replace('`', "'"));
        let docs = self.docs(&item.together, Some(&note));
        let text = constant.to_string();
        let decode = self.decode(item, name, &quote!(wire::constant(input, #text).map(|()| Self)));
        let value = value::serializable(constant, krate);
        let serialize = self.serialize(name, &quote!((#value).serialize(serializer)));
        let derive = self.derive(item, &["Debug", "Clone", "Copy", "Default", "PartialEq", "Eq", "Hash"]);
        let public = quote! {
            #docs
            #derive
            pub struct #name;

            impl #name {
                /// The one value.
                pub const fn new() -> Self {
                    Self
                }
            }
        };
        Printed { public, traits: quote!(#decode #serialize) }
    }
}
