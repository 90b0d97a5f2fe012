//! Newtypes that hold no invalid value.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::ident::ident;
use super::types::{Item, RustType};
use super::validator::limit;
use super::{Print, Printed};
use crate::plan::{NumberTest, Test};

impl Print<'_> {
    pub fn newtype(&self, item: &Item, name: &Ident, of: &RustType) -> Printed {
        let krate = self.krate;
        let note = (*of == RustType::Value)
            .then_some("A checked JSON value: no narrower Rust type says what the schema says.");
        let docs = self.docs(&item.together, note);
        let inner = self.of(of);
        let order: &[_] = if *of == RustType::Text { &["Eq", "PartialOrd", "Ord", "Hash"] } else { &[] };
        let derive = self.derive(item, &[&["Debug", "Clone", "PartialEq"], order].concat());
        let conversions = self.newtype_conversions(name, of);
        let decode = self.decode_newtype(item, name, of);
        let serialize = self.serialize(name, &quote!(self.0.serialize(serializer)));
        let public = quote! {
            #docs
            #derive
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

            #conversions
        };
        Printed { public, traits: quote!(#decode #serialize) }
    }

    /// Scalars and values without a type are read once, then checked; others are checked first.
    fn decode_newtype(&self, item: &Item, name: &Ident, of: &RustType) -> TokenStream {
        let read = match of {
            RustType::Value if item.is_refined => quote!(wire::value::<Self>(input).map(Self)),
            RustType::Text if item.is_refined => quote!(wire::text::<Self>(input).map(Self)),
            RustType::Number | RustType::Integer | RustType::Ranged("Integer", ..) if item.is_refined => {
                match self.number_tests(item) {
                    Some(tests) => read_number(of, &tests),
                    None => return self.decode(item, name, &quote!(Decode::read(input).map(Self))),
                }
            }
            RustType::Array(_) if item.is_refined => match self.lengths(item) {
                Some((min, max)) => read_array(min, max),
                None => return self.decode(item, name, &quote!(Decode::read(input).map(Self))),
            },
            _ => return self.decode(item, name, &quote!(Decode::read(input).map(Self))),
        };
        quote! {
            impl Decode for super::#name {
                fn read(input: &mut Reader<'_>) -> Result<Self, Stop> {
                    #read
                }
            }
        }
    }

    /// How many items an array has, if the tests of an item's plan are nothing but that and what its items keep themselves.
    fn lengths(&self, item: &Item) -> Option<(u64, Option<u64>)> {
        let plan = self.unit.plan;
        let (mut min, mut max) = (0, None);
        for test in item.together.schemas().iter().flat_map(|schema| &plan[plan.index(*schema)].tests) {
            match test {
                Test::Types(_) => {}
                Test::Array(tests)
                    if tests.prefix.is_empty() && tests.contains.is_none() && !tests.unique =>
                {
                    min = tests.min_items.unwrap_or_default().max(min);
                    max = [max, tests.max_items].into_iter().flatten().min();
                }
                _ => return None,
            }
        }
        Some((min, max))
    }

    /// The tests of an item's plan, if they are nothing but types and limits of numbers.
    fn number_tests(&self, item: &Item) -> Option<Vec<&NumberTest>> {
        let plan = self.unit.plan;
        let tests = item.together.schemas().iter().flat_map(|schema| &plan[plan.index(*schema)].tests);
        let number_test = |test| match test {
            &Test::Types(_) => Some(None),
            Test::Number(test) => Some(Some(test)),
            _ => None,
        };
        Some(tests.map(number_test).collect::<Option<Vec<_>>>()?.into_iter().flatten().collect())
    }

    /// What makes it as handy as what it holds: literals become one, and a text reads as `str`.
    fn newtype_conversions(&self, name: &Ident, of: &RustType) -> TokenStream {
        let krate = self.krate;
        let sources = match of {
            RustType::Text => vec![quote!(&str)],
            RustType::Ranged(name, ..) if *name != "Integer" => {
                let name = ident(name);
                vec![quote!(#name)]
            }
            RustType::Integer | RustType::Ranged(..) => {
                vec![quote!(i32), quote!(u32), quote!(i64), quote!(u64)]
            }
            RustType::Number => vec![quote!(i32), quote!(u32), quote!(i64), quote!(u64), quote!(f64)],
            _ => Vec::new(),
        };
        let text = (*of == RustType::Text).then(|| as_text(name, krate));
        quote! {
            #(impl ::std::convert::TryFrom<#sources> for #name {
                type Error = #krate::Error;
                fn try_from(value: #sources) -> ::std::result::Result<Self, #krate::Error> {
                    <Self as #krate::Decode>::from_value(#krate::serde_json::Value::from(value))
                }
            })*
            #text
        }
    }
}

/// Limits hold for all digits of a number, of which a `Value` may have lost some.
fn read_number(of: &RustType, tests: &[&NumberTest]) -> TokenStream {
    let number_of = if matches!(of, RustType::Ranged(..)) { quote!(value.integer()) } else { quote!(value) };
    let is_broken = tests.iter().map(|test| {
        let (number, order) = match test {
            NumberTest::Minimum(number) => (number, quote!(is_lt)),
            NumberTest::Maximum(number) => (number, quote!(is_gt)),
            NumberTest::ExclusiveMinimum(number) => (number, quote!(is_le)),
            NumberTest::ExclusiveMaximum(number) => (number, quote!(is_ge)),
            NumberTest::MultipleOf(number) => {
                let limit = limit(number);
                return quote!(!#number_of.is_multiple_of(#limit));
            }
        };
        let limit = limit(number);
        quote!(#number_of.compare(#limit).#order())
    });
    quote! {
        let newtype = Self(Decode::read(input)?);
        let value = &newtype.0;
        if #(#is_broken)||* { Err(Stop) } else { Ok(newtype) }
    }
}

/// The items are checked as they are read; only how many they are is left.
fn read_array(min: u64, max: Option<u64>) -> TokenStream {
    let range = match max {
        Some(max) => quote!(#min..=#max),
        None => quote!(#min..),
    };
    quote! {
        let newtype = Self(Decode::read(input)?);
        if (#range).contains(&(newtype.0.len() as u64)) { Ok(newtype) } else { Err(Stop) }
    }
}

fn as_text(name: &Ident, krate: &TokenStream) -> TokenStream {
    quote! {
        impl ::std::str::FromStr for #name {
            type Err = #krate::Error;
            fn from_str(text: &str) -> ::std::result::Result<Self, #krate::Error> {
                text.try_into()
            }
        }

        impl ::std::ops::Deref for #name {
            type Target = str;
            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl ::std::fmt::Display for #name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    }
}
