//! Structs of items.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::Index;

use super::types::{Item, Tuple};
use super::{Print, Printed};

impl Print<'_> {
    pub fn tuple(&self, item: &Item, name: &Ident, tuple: &Tuple) -> Printed {
        let docs = self.docs(&item.together, None);
        let is_optional = |position: usize| position >= tuple.n_required;
        let parts = tuple.items.iter().enumerate().map(|(position, part)| {
            let of = self.part(part);
            if is_optional(position) { quote!(pub ::std::option::Option<#of>) } else { quote!(pub #of) }
        });
        let rest = tuple.rest.as_ref().map(|of| {
            let of = self.of(of);
            quote!(#[doc = " The items that follow."] pub ::std::vec::Vec<#of>)
        });
        let names: Vec<_> = (0..tuple.items.len()).map(|position| format_ident!("item{position}")).collect();
        let reads = names.iter().enumerate().map(|(position, name)| {
            let read = if is_optional(position) { quote!(maybe) } else { quote!(one) };
            quote!(let #name = items.#read()?;)
        });
        let (end, others) = match tuple.rest {
            Some(_) => (quote!(let rest = items.rest()?;), Some(quote!(rest))),
            None => (quote!(items.end()?;), None),
        };
        let decode = self.decode(
            item,
            name,
            &quote! {
                let mut items = wire::Items::of(input)?;
                #(#reads)*
                #end
                Ok(Self(#(#names,)* #others))
            },
        );
        let serialize = self.serialize(name, &Self::serialize_items(tuple));
        let derive = self.derive(item, &["Debug", "Clone", "PartialEq"]);
        let public = quote! {
            #docs
            #derive
            pub struct #name(#(#parts,)* #rest);
        };
        Printed { public, traits: quote!(#decode #serialize) }
    }

    fn serialize_items(tuple: &Tuple) -> TokenStream {
        let writes = (0..tuple.items.len()).map(|position| {
            let field = Index::from(position);
            let write = if position >= tuple.n_required { quote!(maybe) } else { quote!(one) };
            quote!(items.#write(&self.#field)?;)
        });
        let rest = tuple.rest.as_ref().map(|_| {
            let field = Index::from(tuple.items.len());
            quote!(items.rest(&self.#field)?;)
        });
        quote! {
            let mut items = wire::Sequence::of(serializer)?;
            #(#writes)*
            #rest
            items.end()
        }
    }
}
