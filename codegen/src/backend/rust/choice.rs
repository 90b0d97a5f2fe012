//! Enums of what other types describe.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::docs::doc;
use super::ident::ident;
use super::types::{Choice, Item, Selector};
use super::{Print, Printed};
use crate::model::{JsonType, TypeSet};
use crate::shape::Together;

impl Print<'_> {
    pub fn choice(&self, item: &Item, name: &Ident, choice: &Choice) -> Printed {
        let note = match &choice.by {
            Selector::Property(property, _) => format!("`{}` tells which it is.", property.replace('`', "'")),
            Selector::Type(_) => "The JSON type tells which it is.".to_owned(),
            Selector::Trial(..) => "It is the first of these that its value is valid for.".to_owned(),
        };
        let docs = self.docs(&item.together, Some(&note));
        let idents: Vec<_> = choice.variants.iter().map(|(variant, _)| ident(variant)).collect();
        let types = choice.variants.iter().map(|(_, part)| self.part(part));
        let variant_docs = (0..idents.len()).map(|variant| doc(&choice.by.tells(variant)));
        let decode = self.decode(item, name, &self.choose(&choice.by, &idents));
        let serialize = self
            .serialize(name, &quote!(match self { #(Self::#idents(one) => one.serialize(serializer),)* }));
        let derive = self.derive(item, &["Debug", "Clone", "PartialEq"]);
        let public = quote! {
            #docs
            #derive
            #[allow(clippy::large_enum_variant)]
            pub enum #name { #(#variant_docs #idents(#types),)* }
        };
        Printed { public, traits: quote!(#decode #serialize) }
    }

    fn choose(&self, by: &Selector, variants: &[Ident]) -> TokenStream {
        match by {
            Selector::Property(property, arms) => {
                let arms = arms.iter().map(|(tag, variant)| {
                    let variant = &variants[*variant];
                    quote!(Some(#tag) => Decode::read(input).map(Self::#variant))
                });
                quote!(match input.text_at(&[#property])?.as_deref() { #(#arms,)* _ => Err(Stop) })
            }
            Selector::Type(types) => {
                let arms = types.iter().zip(variants).map(|(types, variant)| {
                    let kinds = kinds(*types).map(ident);
                    quote!(#(Kind::#kinds)|* => Decode::read(input).map(Self::#variant))
                });
                let is_all = types.iter().flat_map(|types| kinds(*types)).count() == JsonType::ALL.len() - 1;
                let others = (!is_all).then(|| quote!(_ => Err(Stop)));
                quote!(match input.peek()? { #(#arms,)* #others })
            }
            Selector::Trial(branches, is_exclusive) => self.try_all(branches, *is_exclusive, variants),
        }
    }

    fn try_all(&self, branches: &[Together], is_exclusive: bool, variants: &[Ident]) -> TokenStream {
        let accepts = branches.iter().map(|branch| {
            let tests =
                self.tests_of(branch, &quote!(value), &quote!(At::Root), &quote!(&mut Quick::default()));
            if tests.is_empty() { quote!(true) } else { quote!(#(#tests)&&*) }
        });
        let numbers = 0..branches.len();
        let choose = if is_exclusive {
            quote!(wire::only([#(#accepts),*]))
        } else {
            quote!(#(if #accepts { Some(#numbers) } else)* { None })
        };
        let numbers = 0..branches.len();
        quote! {
            match wire::choose(input, |value| #choose)? {
                #(#numbers => Decode::read(input).map(Self::#variants),)*
                _ => Err(Stop),
            }
        }
    }
}

/// The kinds of JSON values of these types.
fn kinds(types: TypeSet) -> impl Iterator<Item = &'static str> {
    types.iter().map(|json_type| match json_type {
        JsonType::Null => "Null",
        JsonType::Boolean => "Boolean",
        JsonType::Integer | JsonType::Number => "Number",
        JsonType::String => "String",
        JsonType::Array => "Array",
        JsonType::Object => "Object",
    })
}

impl Selector {
    /// What tells that an instance is the variant of that number.
    fn tells(&self, variant: usize) -> String {
        let quoted = |text: &str| format!("`{}`", text.replace('`', "'"));
        match self {
            Self::Property(_, arms) => {
                let tags = arms.iter().filter(|(_, arm)| *arm == variant).map(|(tag, _)| quoted(tag));
                tags.collect::<Vec<_>>().join(", ")
            }
            Self::Type(types) => {
                let names = types[variant].iter().map(|json_type| quoted(json_type.name()));
                names.collect::<Vec<_>>().join(", ")
            }
            Self::Trial(..) => "Told by trial.".to_owned(),
        }
    }
}
