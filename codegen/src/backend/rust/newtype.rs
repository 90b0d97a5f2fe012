//! Newtypes that hold no invalid value.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::Print;
use super::types::{Item, RustType};

impl Print<'_> {
    pub fn newtype(&self, item: &Item, name: &Ident, of: &RustType) -> TokenStream {
        let krate = self.krate;
        let note = (*of == RustType::Value)
            .then_some("A checked JSON value: no narrower Rust type says what the schema says.");
        let docs = self.docs(&item.together, note);
        let inner = self.of(of);
        quote! {
            #docs
            #[derive(Debug, Clone, PartialEq)]
            pub struct #name(#inner);

            impl #name {
                /// The value.
                pub fn get(&self) -> &#inner {
                    &self.0
                }

                /// The value.
                pub fn into_inner(self) -> #inner {
                    self.0
                }
            }

            impl ::std::convert::TryFrom<#inner> for #name {
                type Error = #krate::Error;
                fn try_from(inner: #inner) -> ::std::result::Result<Self, #krate::Error> {
                    <Self as #krate::Validate>::validate(&#krate::serde_json::to_value(&inner)?)?;
                    Ok(Self(inner))
                }
            }

            impl ::std::convert::AsRef<#inner> for #name {
                fn as_ref(&self) -> &#inner {
                    &self.0
                }
            }

            impl #krate::Decode for #name {
                fn decode(value: #krate::serde_json::Value) -> ::std::result::Result<Self, #krate::Mismatch> {
                    #krate::Decode::decode(value).map(Self)
                }
            }

            impl #krate::serde::Serialize for #name {
                fn serialize<S: #krate::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                    self.0.serialize(serializer)
                }
            }
        }
    }
}
