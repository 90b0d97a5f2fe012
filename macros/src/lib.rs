//! The macros of `handfast`: a shim over `handfast-codegen`. Use them through `handfast`.

mod options;

use std::path::{Path, PathBuf};

use handfast_codegen::backend::rust::{self, Rust};
use handfast_codegen::backend::{Backend, Unit};
use handfast_codegen::diagnostic::Diagnostics;
use handfast_codegen::source::Disk;
use handfast_codegen::{Lenient, RustOptions, compile_leniently, compile_schema_leniently};
use options::options;
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

/// `$crate; "path", derive(…)`
struct ContractInput {
    krate: TokenStream,
    path: LitStr,
    options: RustOptions,
}

/// `$crate; pub Name = "path", derive(…)`
struct SchemaInput {
    krate: TokenStream,
    visibility: Visibility,
    name: Ident,
    path: LitStr,
    options: RustOptions,
}

impl Parse for ContractInput {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let krate = krate(input)?;
        Ok(Self { krate, path: input.parse()?, options: options(input)? })
    }
}

impl Parse for SchemaInput {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let (krate, visibility, name) = (krate(input)?, input.parse()?, input.parse()?);
        input.parse::<Token![=]>()?;
        Ok(Self { krate, visibility, name, path: input.parse()?, options: options(input)? })
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
    let Lenient { read, problems } = compile_leniently(&Disk::at(&folder), Path::new(&path));
    let items = read.map(|mut compiled| {
        compiled.rust = compiled.rust.with(input.options.clone());
        let items = items(&compiled.unit("contract", &path), &input.krate, &input.path);
        let tracked = tracked(&folder, &compiled.contract.files);
        quote!(#items #tracked)
    });
    let errors = errors(problems.as_ref(), input.path.span());
    quote!(#items #errors)
}

fn expand_schema(input: &SchemaInput) -> TokenStream {
    let (folder, path) = (manifest_folder(), input.path.value());
    let Lenient { read, problems } = compile_schema_leniently(&Disk::at(&folder), Path::new(&path));
    let name = input.name.to_string();
    let items = read.map(|mut compiled| {
        compiled.rust = compiled.rust.with(input.options.clone());
        let items = items(&compiled.unit("schema", &name, &path), &input.krate, &input.path);
        let tracked = tracked(&folder, &compiled.files);
        let (module, visibility) = (quote::format_ident!("__types_of_{name}"), &input.visibility);
        quote! {
            #[allow(non_snake_case)]
            mod #module { #items #tracked }
            #visibility use #module::*;
        }
    });
    let errors = errors(problems.as_ref(), input.path.span());
    quote!(#items #errors)
}

/// The items of a unit, and what is wrong with the choices about them.
fn items(unit: &Unit<'_>, krate: &TokenStream, path: &LitStr) -> TokenStream {
    let (items, errors) = (rust::tokens(unit, krate), errors(Rust.problems(unit).as_ref(), path.span()));
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
fn errors(problems: Option<&Diagnostics>, span: Span) -> TokenStream {
    let errors = problems.into_iter().flat_map(Diagnostics::iter).map(|problem| {
        let text = problem.to_string();
        quote_spanned!(span=> ::core::compile_error!(#text);)
    });
    quote!(#(#errors)*)
}
