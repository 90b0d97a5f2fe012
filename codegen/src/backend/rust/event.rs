//! An enum of events per direction.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::Print;
use super::ident::{ident, type_name};
use super::types::RustType;
use crate::model::{Contract, EventIdx, Side};
use crate::names::Names;

impl Print<'_> {
    /// `ServerEvent` and `ClientEvent`.
    pub fn events(&self, contract: &Contract) -> TokenStream {
        let server =
            self.event_enum(contract, Side::Server, "ServerEvent", "An event that the server sends.");
        let client = self.event_enum(contract, Side::Client, "ClientEvent", "An event that a client sends.");
        quote!(#server #client)
    }

    fn event_enum(&self, contract: &Contract, side: Side, name: &str, about: &str) -> TokenStream {
        let krate = self.krate;
        let name = ident(name);
        let events = contract.direction(side);
        let mut names = Names::with_reserved(["Self", "Unknown"]);
        let variants: Vec<_> =
            events.iter().map(|event| ident(&names.claim(type_name(&contract[*event].name)))).collect();
        let wire_names: Vec<_> = events.iter().map(|event| contract[*event].name.as_str()).collect();
        let types: Vec<_> = events.iter().map(|event| self.of(&self.table.payloads[event])).collect();
        let docs = events.iter().map(|event| self.event_docs(contract, *event));
        let named_by_payload =
            contract.rules.name_pointer().zip(contract.rules.name_path()).map(|(pointer, path)| {
                self.named_by_payload(&name, (pointer, &path), &variants, &wire_names)
            });
        let conversions = self.conversions(&events, &variants, &name);
        let about = format!(" {about}");
        let (implementation, serialize) = (
            self.event_functions(&name, &variants, &wire_names, &types),
            self.event_serialize(&name, &variants),
        );
        quote! {
            #[doc = #about]
            #[derive(Debug, Clone, PartialEq)]
            #[allow(clippy::large_enum_variant)]
            #[non_exhaustive]
            pub enum #name {
                #(#docs #variants(#types),)*
                /// An event that the contract does not name: a newer peer may send it.
                Unknown(#krate::UnknownEvent),
            }

            #implementation
            #serialize
            #named_by_payload
            #conversions
        }
    }

    fn event_functions(
        &self,
        name: &Ident,
        variants: &[Ident],
        wire_names: &[&str],
        types: &[TokenStream],
    ) -> TokenStream {
        let krate = self.krate;
        quote! {
            impl #name {
                /// The names of the events that the contract names.
                pub const NAMES: &'static [&'static str] = &[#(#wire_names),*];

                /// The name on the wire.
                pub fn name(&self) -> &str {
                    match self {
                        #(Self::#variants(_) => #wire_names,)*
                        Self::Unknown(event) => event.name(),
                    }
                }

                /// The event `name` with what crossed the wire as its payload.
                ///
                /// # Errors
                /// The violations of the event's schema.
                pub fn from_parts(name: &str, payload: #krate::serde_json::Value) -> ::std::result::Result<Self, #krate::Error> {
                    match name {
                        #(#wire_names => <#types as #krate::Decode>::from_value(payload).map(Self::#variants),)*
                        name => Ok(Self::Unknown(#krate::UnknownEvent::new(name, payload))),
                    }
                }

                /// The JSON value that crosses the wire.
                ///
                /// # Errors
                /// A map of the event holds a number that is not finite.
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

    fn event_serialize(&self, name: &Ident, variants: &[Ident]) -> TokenStream {
        let krate = self.krate;
        quote! {
            impl #krate::serde::Serialize for #name {
                fn serialize<S: #krate::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                    match self {
                        #(Self::#variants(event) => event.serialize(serializer),)*
                        Self::Unknown(event) => event.payload().serialize(serializer),
                    }
                }
            }
        }
    }

    fn event_docs(&self, contract: &Contract, index: EventIdx) -> TokenStream {
        let event = &contract[index];
        let mut text = super::docs::quoted(&event.name);
        let schema = event.payload.map(|payload| &self.unit.schemas[self.unit.schemas.follow(payload)].docs);
        let description =
            event.description.as_ref().or_else(|| schema.and_then(|docs| docs.description.as_ref()));
        if let Some(description) = description {
            text.push_str(": ");
            text.push_str(description);
        }
        super::docs::doc(&text)
    }

    /// Reading an event whose name stands in its payload.
    fn named_by_payload(
        &self,
        name: &Ident,
        (pointer, path): (&str, &[String]),
        variants: &[Ident],
        wire_names: &[&str],
    ) -> TokenStream {
        let krate = self.krate;
        quote! {
            impl #name {
                /// The event that a payload says it is.
                ///
                /// # Errors
                /// A payload without a name, or the violations of the event's schema.
                pub fn from_value(payload: #krate::serde_json::Value) -> ::std::result::Result<Self, #krate::Error> {
                    let name = payload.pointer(#pointer).and_then(#krate::serde_json::Value::as_str).map(str::to_owned);
                    Self::from_parts(&name.ok_or_else(|| #krate::Error::unnamed(#pointer))?, payload)
                }

                /// Reads UTF-8 JSON in one pass: parsed, validated, typed.
                ///
                /// # Errors
                /// No JSON, or as [`Self::from_value`], with the places of the violations.
                pub fn from_slice(bytes: &[u8]) -> ::std::result::Result<Self, #krate::Error> {
                    if let Some((name, input)) = #krate::wire::named(bytes, &[#(#path),*]) {
                        match &*name {
                            #(#wire_names => {
                                if let Ok(event) = #krate::wire::whole(input) {
                                    return Ok(Self::#variants(event));
                                }
                            })*
                            _ => {}
                        }
                    }
                    // Of several names the last one counts, which only the whole tells.
                    let payload: #krate::serde_json::Value = #krate::serde_json::from_slice(bytes)?;
                    let name = payload.pointer(#pointer).and_then(#krate::serde_json::Value::as_str);
                    match name.ok_or_else(|| #krate::Error::unnamed(#pointer))? {
                        #(#wire_names => #krate::decode_slowly(bytes).map(Self::#variants),)*
                        name => Ok(Self::Unknown(#krate::UnknownEvent::new(name.to_owned(), payload))),
                    }
                }
            }
        }
    }

    /// `From` for every payload type that only one event has.
    fn conversions(&self, events: &[EventIdx], variants: &[Ident], name: &Ident) -> TokenStream {
        let payload = |event: &EventIdx| &self.table.payloads[event];
        let is_own = |of: &RustType| {
            matches!(of, RustType::Item(_)) && events.iter().filter(|event| payload(event) == of).count() == 1
        };
        let conversions = events.iter().zip(variants).filter(|(event, _)| is_own(payload(event)));
        let conversions = conversions.map(|(event, variant)| {
            let of = self.of(payload(event));
            quote! {
                impl ::std::convert::From<#of> for #name {
                    fn from(event: #of) -> Self {
                        Self::#variant(event)
                    }
                }
            }
        });
        quote!(#(#conversions)*)
    }
}
