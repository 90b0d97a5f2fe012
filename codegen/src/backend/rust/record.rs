//! Structs of members.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::Print;
use super::ident::ident;
use super::types::{Item, Record, RecordField, RustType};
use super::value;

impl Print<'_> {
    pub fn record(&self, item: &Item, name: &Ident, record: &Record) -> TokenStream {
        let docs = self.docs(&item.together, None);
        let fields = record.fields.iter().map(|field| {
            let docs = self.field_docs(&field.together);
            let (name, of) = (ident(&field.name), self.field_type(field));
            quote!(#docs pub #name: #of)
        });
        let rest = record.rest.iter().map(|(rest, of)| {
            let (rest, of) = (ident(rest), self.of(of));
            quote!(#[doc = " The members that the schema does not name, kept as they came."] pub #rest: #of)
        });
        let (construct, decode, serialize) =
            (self.construct(name, record), self.decode(name, record), self.serialize(name, record));
        quote! {
            #docs
            #[derive(Debug, Clone, PartialEq)]
            pub struct #name { #(#fields,)* #(#rest,)* }
            #construct
            #decode
            #serialize
        }
    }

    fn field_type(&self, field: &RecordField) -> TokenStream {
        let of = self.boxed(field);
        if field.is_optional { quote!(::std::option::Option<#of>) } else { of }
    }

    fn boxed(&self, field: &RecordField) -> TokenStream {
        let of = self.of(&field.of);
        if field.is_boxed { quote!(::std::boxed::Box<#of>) } else { of }
    }

    /// A text may be given as a literal.
    fn parameter(&self, field: &RecordField) -> TokenStream {
        match field.of {
            RustType::Text => quote!(impl ::std::convert::Into<::std::string::String>),
            _ => self.boxed(field),
        }
    }

    /// `new` with what is required, and a `with_` for the others.
    fn construct(&self, name: &Ident, record: &Record) -> TokenStream {
        let (optional, required): (Vec<_>, Vec<_>) =
            record.fields.iter().partition(|field| field.is_optional);
        let parameters = required.iter().map(|field| {
            let (name, of) = (ident(&field.name), self.parameter(field));
            quote!(#name: #of)
        });
        let given = required.iter().map(|field| {
            let name = ident(&field.name);
            if field.of == RustType::Text { quote!(#name: #name.into()) } else { quote!(#name) }
        });
        let absent = optional.iter().map(|field| ident(&field.name));
        let rest = record.rest.iter().map(|(rest, _)| {
            let rest = ident(rest);
            quote!(#rest: ::std::default::Default::default())
        });
        let setters = optional.iter().map(|field| {
            let (setter, field_name, of) = (setter(field), ident(&field.name), self.parameter(field));
            let value = if field.of == RustType::Text { quote!(value.into()) } else { quote!(value) };
            let doc = format!(" Sets `{}`.", field.key.replace('`', "'"));
            quote! {
                #[doc = #doc]
                #[must_use]
                pub fn #setter(mut self, value: #of) -> Self {
                    self.#field_name = Some(#value);
                    self
                }
            }
        });
        let default = required.is_empty().then(|| {
            quote! {
                impl ::std::default::Default for #name {
                    fn default() -> Self {
                        Self::new()
                    }
                }
            }
        });
        quote! {
            #[allow(deprecated, clippy::too_many_arguments)]
            impl #name {
                /// With the members that are required.
                pub fn new(#(#parameters),*) -> Self {
                    Self { #(#given,)* #(#absent: None,)* #(#rest,)* }
                }
                #(#setters)*
            }
            #default
        }
    }

    fn decode(&self, name: &Ident, record: &Record) -> TokenStream {
        let krate = self.krate;
        let fields = record.fields.iter().map(|field| {
            let (name, key) = (ident(&field.name), &field.key);
            let take = if field.is_optional { quote!(take_optional) } else { quote!(take) };
            quote!(#name: #krate::#take(&mut members, #key)?)
        });
        let constants = record.constants.iter().map(|(key, _)| quote!(members.remove(#key);));
        let rest = record.rest.iter().map(|(rest, of)| {
            let rest = ident(rest);
            match of {
                RustType::AnyMap => quote!(#rest: members),
                _ => quote!(#rest: #krate::Decode::decode(#krate::serde_json::Value::Object(members))?),
            }
        });
        let takes = !record.fields.is_empty() || !record.constants.is_empty();
        let members = if takes { quote!(let mut members) } else { quote!(let members) };
        let unused = (!takes && record.rest.is_none()).then(|| quote!(drop(members);));
        quote! {
            #[allow(deprecated)]
            impl #krate::Decode for #name {
                fn decode(value: #krate::serde_json::Value) -> ::std::result::Result<Self, #krate::Mismatch> {
                    #members = #krate::members(value)?;
                    #(#constants)*
                    #unused
                    Ok(Self { #(#fields,)* #(#rest,)* })
                }
            }
        }
    }

    fn serialize(&self, name: &Ident, record: &Record) -> TokenStream {
        let krate = self.krate;
        let constants = record.constants.iter().map(|(key, constant)| {
            let value = value::serializable(constant, krate);
            quote!(map.serialize_entry(#key, #value)?;)
        });
        let fields = record.fields.iter().map(|field| {
            let (name, key) = (ident(&field.name), &field.key);
            if field.is_optional {
                quote!(if let Some(value) = &self.#name { map.serialize_entry(#key, value)?; })
            } else {
                quote!(map.serialize_entry(#key, &self.#name)?;)
            }
        });
        let rest = record.rest.iter().map(|(rest, _)| {
            let rest = ident(rest);
            quote!(for (key, value) in &self.#rest { map.serialize_entry(key, value)?; })
        });
        quote! {
            #[allow(deprecated)]
            impl #krate::serde::Serialize for #name {
                fn serialize<S: #krate::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                    use #krate::serde::ser::SerializeMap as _;
                    let mut map = serializer.serialize_map(None)?;
                    #(#constants)*
                    #(#fields)*
                    #(#rest)*
                    map.end()
                }
            }
        }
    }
}

fn setter(field: &RecordField) -> Ident {
    format_ident!("with_{}", ident(&field.name))
}
