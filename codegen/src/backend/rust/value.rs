//! JSON values as Rust expressions.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::{Number, Value};

/// An expression of a type that serialises as `value`: a literal where there is one.
pub fn serializable(value: &Value, krate: &TokenStream) -> TokenStream {
    match value {
        Value::Null => quote!(&()),
        Value::Bool(value) => quote!(&#value),
        Value::String(text) => quote!(#text),
        Value::Number(number) => {
            let number = literal(number);
            quote!(&#number)
        }
        Value::Array(_) | Value::Object(_) => {
            let value = json(value, krate);
            quote!(&#value)
        }
    }
}

/// An expression of type `serde_json::Value`.
pub fn json(value: &Value, krate: &TokenStream) -> TokenStream {
    let body = body(value);
    quote!(#krate::serde_json::json!(#body))
}

fn body(value: &Value) -> TokenStream {
    match value {
        Value::Null => quote!(null),
        Value::Bool(value) => quote!(#value),
        Value::Number(number) => literal(number),
        Value::String(text) => quote!(#text),
        Value::Array(items) => {
            let items = items.iter().map(body);
            quote!([#(#items),*])
        }
        Value::Object(members) => {
            let members = members.iter().map(|(key, value)| {
                let value = body(value);
                quote!(#key: #value)
            });
            quote!({#(#members),*})
        }
    }
}

/// A number with the suffix of the type that holds it.
pub fn literal(number: &Number) -> TokenStream {
    if let Some(value) = number.as_u64() {
        let value = Literal::u64_suffixed(value);
        return quote!(#value);
    }
    if let Some(value) = number.as_i64() {
        let value = Literal::i64_suffixed(value);
        return quote!(#value);
    }
    let value = number.as_f64().filter(|value| value.is_finite()).unwrap_or_default();
    let value = Literal::f64_suffixed(value);
    quote!(#value)
}
