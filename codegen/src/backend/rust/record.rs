//! Structs of members.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::docs::{field_docs, quoted};
use super::ident::ident;
use super::types::{Item, Record, RecordField, RecordRest, RustType};
use super::value;
use super::{Print, Printed};

impl Print<'_> {
    pub fn record(&self, item: &Item, name: &Ident, record: &Record) -> Printed {
        let docs = self.docs(&item.together, None);
        let fields = record.fields.iter().map(|field| {
            let docs = field_docs(&field.key, &field.docs);
            let (name, of) = (ident(&field.name), self.field_type(field));
            quote!(#docs pub #name: #of)
        });
        let rest = record.rest.iter().map(|rest| {
            let (name, of) = (ident(&rest.name), self.of(&rest.of));
            quote!(#[doc = " The members that the schema does not name, kept as they came."] pub #name: #of)
        });
        let construct = self.construct(name, record);
        let derive = self.derive(item, &["Debug", "Clone", "PartialEq"]);
        let public = quote! {
            #docs
            #derive
            pub struct #name { #(#fields,)* #(#rest,)* }
            #construct
        };
        let decode = self.decode(item, name, &self.read_members(record));
        let serialize = self.serialize(name, &self.write_members(record));
        Printed { public, traits: quote!(#decode #serialize) }
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
        let rest = record.rest.iter().map(|rest| {
            let rest = ident(&rest.name);
            quote!(#rest: ::std::default::Default::default())
        });
        let setters = optional.iter().map(|field| {
            let (setter, field_name, of) = (setter(field), ident(&field.name), self.parameter(field));
            let value = if field.of == RustType::Text { quote!(value.into()) } else { quote!(value) };
            let doc = format!(" Sets {}.", quoted(&field.key));
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

    /// Reads the members in whatever order they come, each to its place.
    fn read_members(&self, record: &Record) -> TokenStream {
        let places: Vec<_> = (0..record.fields.len()).map(|number| format_ident!("field{number}")).collect();
        let seen: Vec<_> = (0..record.constants.len()).map(|number| format_ident!("seen{number}")).collect();
        let fields = record.fields.iter().zip(&places).map(|(field, place)| {
            let key = &field.key;
            quote!(#key => wire::once(input, &mut #place)?)
        });
        let constants =
            record.constants.iter().zip(&seen).map(|((key, constant), seen)| match constant.as_str() {
                Some(text) => quote!(#key => wire::constant_text(input, #text, &mut #seen)?),
                None => {
                    let text = constant.to_string();
                    quote!(#key => wire::constant_member(input, #text, &mut #seen)?)
                }
            });
        let declare_rest = record.rest.is_some().then(|| quote!(let mut rest = Default::default();));
        let others = self.read_others(record.rest.as_ref());
        let given = record.fields.iter().zip(&places).map(|(field, place)| {
            let name = ident(&field.name);
            if field.is_optional { quote!(#name: #place) } else { quote!(#name: wire::required(#place)?) }
        });
        let rest = record.rest.iter().map(|rest| {
            let name = ident(&rest.name);
            quote!(#name: rest)
        });
        let all_seen = (!seen.is_empty()).then(|| quote!(if !(#(#seen)&&*) { return Err(Stop); }));
        quote! {
            #(let mut #places = None;)*
            #(let mut #seen = false;)*
            #declare_rest
            let mut object = input.begin_object()?;
            while let Some(key) = input.next_key(&mut object)? {
                match key.as_ref() { #(#constants,)* #(#fields,)* #others }
            }
            #all_seen
            Ok(Self { #(#given,)* #(#rest,)* })
        }
    }

    /// The arms for members that are not declared.
    fn read_others(&self, rest: Option<&RecordRest>) -> TokenStream {
        let krate = self.krate;
        let Some(rest) = rest else { return quote!(_ => return Err(Stop),) };
        let read = match rest.of {
            RustType::AnyMap => quote!(wire::extra(input, key, &mut rest)?),
            _ => quote!(wire::extra_typed(input, key, &mut rest)?),
        };
        match &rest.pattern {
            None => quote!(_ => #read,),
            Some(pattern) => {
                quote! {
                    name if {
                        static PATTERN: LazyLock<#krate::Pattern> = LazyLock::new(|| #krate::Pattern::new(#pattern));
                        PATTERN.is_match(name)
                    } => #read,
                    _ => return Err(Stop),
                }
            }
        }
    }

    fn write_members(&self, record: &Record) -> TokenStream {
        let krate = self.krate;
        let constants = record.constants.iter().map(|(key, constant)| {
            let value = value::serializable(constant, krate);
            quote!(map.serialize_entry(#key, #value)?;)
        });
        let fields = record.fields.iter().map(|field| {
            let (name, key) = (ident(&field.name), &field.key);
            if field.is_optional {
                quote!(wire::entry(&mut map, #key, &self.#name)?;)
            } else {
                quote!(map.serialize_entry(#key, &self.#name)?;)
            }
        });
        let rest = record.rest.iter().map(|rest| {
            let rest = ident(&rest.name);
            quote!(wire::entries(&mut map, &self.#rest)?;)
        });
        if record.fields.is_empty() && record.constants.is_empty() && record.rest.is_none() {
            return quote!(#krate::serde::ser::SerializeMap::end(serializer.serialize_map(None)?));
        }
        quote! {
            let mut map = serializer.serialize_map(None)?;
            #(#constants)*
            #(#fields)*
            #(#rest)*
            map.end()
        }
    }
}

fn setter(field: &RecordField) -> Ident {
    format_ident!("with_{}", ident(&field.name))
}
