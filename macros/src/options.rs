//! `derive(…), attribute(…), scalar(…), name(…), replace(…), proptest(…)`: what a call chooses about its types.

use handfast_codegen::RustOptions;
use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Attribute, Ident, LitStr, Path, Token, parenthesized};

/// The choices after the path of a document, each of which begins with a comma.
pub fn options(input: ParseStream<'_>) -> syn::Result<RustOptions> {
    let mut options = RustOptions::default();
    while input.parse::<Option<Token![,]>>()?.is_some() && !input.is_empty() {
        let word: Ident = input.parse()?;
        let content;
        parenthesized!(content in input);
        match word.to_string().as_str() {
            "derive" => {
                let paths = Punctuated::<Path, Token![,]>::parse_terminated(&content)?;
                options.derives.extend(paths.iter().map(text));
            }
            "attribute" => options.attributes.extend(Attribute::parse_outer(&content)?.iter().map(text)),
            "scalar" => {
                let pairs = pairs(&content)?;
                options.scalars.extend(pairs.iter().map(|pair| (pair.key.clone(), text(&pair.value))));
            }
            "name" => {
                for Pair { key, value } in pairs(&content)? {
                    options.types.entry(key).or_default().name = Some(text(&value));
                }
            }
            "replace" => {
                for Pair { key, value } in pairs(&content)? {
                    options.types.entry(key).or_default().replace = Some(text(&value));
                }
            }
            "proptest" => options.proptest = Some(content.parse::<TokenStream>()?.to_string()),
            other => {
                let message = format!(
                    "`{other}` is no option; known are: derive(…), attribute(…), scalar(…), name(…), replace(…), proptest(…)"
                );
                return Err(syn::Error::new(word.span(), message));
            }
        }
    }
    Ok(options)
}

/// `Key = path` or `"key" = path`
struct Pair {
    key: String,
    value: Path,
}

impl Parse for Pair {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let key = if input.peek(LitStr) {
            input.parse::<LitStr>()?.value()
        } else {
            input.parse::<Ident>()?.to_string()
        };
        input.parse::<Token![=]>()?;
        Ok(Self { key, value: input.parse()? })
    }
}

fn pairs(input: ParseStream<'_>) -> syn::Result<Punctuated<Pair, Token![,]>> {
    Punctuated::parse_terminated(input)
}

fn text(tokens: &impl ToTokens) -> String {
    let text = tokens.to_token_stream().to_string();
    // Paths are compared with those that the runtime knows, which have no spaces.
    text.replace(" :: ", "::").replace(":: ", "::")
}
