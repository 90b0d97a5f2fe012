//! The macros of `handfast`: a shim over `handfast-codegen`. Use them through `handfast`.

use std::path::{Path, PathBuf};

use handfast_codegen::backend::rust;
use handfast_codegen::diagnostic::Diagnostics;
use handfast_codegen::source::Disk;
use handfast_codegen::{compile_leniently, compile_schema_leniently};
use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::parse::{Parse, ParseStream};
use syn::{Ident, LitStr, Token, Visibility};

/// See `handfast::contract!`.
#[proc_macro]
pub fn contract(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    syn::parse(input)
        .map_or_else(|error: syn::Error| error.to_compile_error(), |input| expand_contract(&input))
        .into()
}

/// See `handfast::schema!`.
#[proc_macro]
pub fn schema(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    syn::parse(input)
        .map_or_else(|error: syn::Error| error.to_compile_error(), |input| expand_schema(&input))
        .into()
}

/// `$crate; "path"`
struct ContractInput {
    krate: TokenStream,
    path: LitStr,
}

/// `$crate; pub Name = "path"`
struct SchemaInput {
    krate: TokenStream,
    visibility: Visibility,
    name: Ident,
    path: LitStr,
}

impl Parse for ContractInput {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let krate = krate(input)?;
        let path = input.parse()?;
        input.parse::<Option<Token![,]>>()?;
        Ok(Self { krate, path })
    }
}

impl Parse for SchemaInput {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let (krate, visibility, name) = (krate(input)?, input.parse()?, input.parse()?);
        input.parse::<Token![=]>()?;
        let path = input.parse()?;
        input.parse::<Option<Token![,]>>()?;
        Ok(Self { krate, visibility, name, path })
    }
}

/// The path of `handfast` as the caller knows it, which the wrapping macro puts before everything else.
fn krate(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let path: syn::Path = input.parse()?;
    input.parse::<Token![;]>()?;
    Ok(quote!(#path))
}

fn expand_contract(input: &ContractInput) -> TokenStream {
    let (folder, path) = (manifest_folder(), input.path.value());
    let compiled = compile_leniently(&Disk::at(&folder), Path::new(&path));
    let items = compiled.read.as_ref().map(|compiled| {
        let items = rust::tokens(&compiled.unit("contract", &path), &input.krate);
        let tracked = tracked(&folder, &compiled.contract.files);
        quote!(#items #tracked)
    });
    let errors = compiled.problems.map(|problems| errors(&problems, input.path.span()));
    quote!(#items #errors)
}

fn expand_schema(input: &SchemaInput) -> TokenStream {
    let (folder, path) = (manifest_folder(), input.path.value());
    let compiled = compile_schema_leniently(&Disk::at(&folder), Path::new(&path));
    let name = input.name.to_string();
    let items = compiled.read.as_ref().map(|compiled| {
        let items = rust::tokens(&compiled.unit("schema", &name, &path), &input.krate);
        let tracked = tracked(&folder, &compiled.files);
        let (module, visibility) = (quote::format_ident!("__types_of_{name}"), &input.visibility);
        quote! {
            #[allow(non_snake_case)]
            mod #module { #items #tracked }
            #visibility use #module::*;
        }
    });
    let errors = compiled.problems.map(|problems| errors(&problems, input.path.span()));
    quote!(#items #errors)
}

/// Paths are relative to the crate's `Cargo.toml`.
fn manifest_folder() -> PathBuf {
    std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default()
}

/// Makes the compiler look at every file again when it changes.
fn tracked(folder: &Path, files: &[PathBuf]) -> TokenStream {
    let paths = files.iter().map(|file| folder.join(file).display().to_string());
    quote!(#(const _: &[u8] = ::core::include_bytes!(#paths);)*)
}

/// One compile error per problem, at the path in the call.
fn errors(problems: &Diagnostics, span: Span) -> TokenStream {
    let errors = problems.iter().map(|problem| {
        let text = problem.to_string();
        quote_spanned!(span=> ::core::compile_error!(#text);)
    });
    quote!(#(#errors)*)
}
