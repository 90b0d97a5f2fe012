//! `Arbitrary` of proptest for what is generated, by a plan that the code carries with it.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::ident::ident;
use super::types::ItemKind;
use super::{Print, options};
use crate::model::{Contract, Side};
use crate::plan::Portable;

impl Print<'_> {
    /// Strategies in a module of that name, where they are chosen.
    pub fn strategies(&self, module: &Ident) -> Option<TokenStream> {
        let condition = options::condition(self.unit.rust.proptest.as_deref()?)?;
        let mut portable = Portable::new(self.unit.plan, self.unit.schemas);
        let items: Vec<_> = self.items_with_strategies(&mut portable);
        let events = self.unit.contract.map(|contract| {
            let mut of = |side, name| self.event_strategy(contract, side, name, &mut portable);
            [(Side::Server, "ServerEvent"), (Side::Client, "ClientEvent")].map(|(side, name)| of(side, name))
        });
        let events = events.into_iter().flatten();
        let text = Literal::string(&portable.to_text());
        Some(quote! {
            #[cfg(#condition)]
            mod #module {
                use ::handfast_payload::strategy::{Arbitrary, Carried, Typed};

                static CARRIED: Carried = Carried::new(#text);
                #(#items)*
                #(#events)*
            }
        })
    }

    fn items_with_strategies(&self, portable: &mut Portable) -> Vec<TokenStream> {
        let mut printed = Vec::new();
        for item in self.table.in_use().into_iter().map(|index| &self.table.items[index]) {
            if matches!(item.kind, ItemKind::Alias(_) | ItemKind::Replaced(_)) {
                continue;
            }
            let root = portable.add_root(item.together.schemas(), item.together.within());
            let (name, krate) = (ident(&item.name), self.krate);
            let read = quote!(|_, value| <super::#name as #krate::Decode>::from_value(value));
            printed.push(arbitrary(&name, &quote!(("", #root)), &read));
        }
        printed
    }

    /// Any event of one side that has a payload.
    fn event_strategy(
        &self,
        contract: &Contract,
        side: Side,
        name: &str,
        portable: &mut Portable,
    ) -> Option<TokenStream> {
        let events = contract.direction(side).into_iter().map(|event| &contract[event]);
        let choices: Vec<_> = events
            .filter_map(|event| {
                let root = portable.add_root(&[event.payload?], None);
                let name = &event.name;
                Some(quote!((#name, #root)))
            })
            .collect();
        let name = ident(name);
        let read = quote!(|name, value| super::#name::from_parts(name, value));
        (!choices.is_empty()).then(|| arbitrary(&name, &quote!(#(#choices),*), &read))
    }
}

fn arbitrary(name: &Ident, choices: &TokenStream, read: &TokenStream) -> TokenStream {
    quote! {
        impl Arbitrary for super::#name {
            type Parameters = ();
            type Strategy = Typed<Self>;
            fn arbitrary_with((): ()) -> Typed<Self> {
                Typed::new(&CARRIED, &[#choices], #read)
            }
        }
    }
}
