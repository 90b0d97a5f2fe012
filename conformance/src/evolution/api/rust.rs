//! What is public in generated Rust.

use quote::ToTokens;
use syn::{Attribute, Fields, ImplItem, Item as Syntax, Type, Visibility};

use super::{Member, Surface};

/// The public types of a generated file; nothing where it is no Rust.
pub fn surface(text: &str) -> Surface {
    let Ok(file) = syn::parse_file(text) else { return Surface::new() };
    let mut surface = Surface::new();
    for item in &file.items {
        read(&mut surface, item);
    }
    surface
}

fn read(surface: &mut Surface, item: &Syntax) {
    match item {
        Syntax::Struct(it) if is_public(&it.vis) => {
            let is_open = has(&it.attrs, "non_exhaustive");
            let fields = it.fields.iter().enumerate().filter(|(_, field)| is_public(&field.vis));
            let members = fields.map(|(index, field)| {
                let name = field.ident.as_ref().map_or_else(|| index.to_string(), ToString::to_string);
                (format!("the field {name}"), member(&field.ty, !is_open))
            });
            surface.entry(it.ident.to_string()).or_default().members.extend(members);
        }
        Syntax::Enum(it) if is_public(&it.vis) => {
            let is_open = has(&it.attrs, "non_exhaustive");
            let members = it.variants.iter().map(|variant| {
                let signature = match &variant.fields {
                    Fields::Unit => String::new(),
                    fields => tidy(fields),
                };
                (format!("the variant {}", variant.ident), Member { signature, breaks_when_new: !is_open })
            });
            surface.entry(it.ident.to_string()).or_default().members.extend(members);
        }
        Syntax::Type(it) if is_public(&it.vis) => {
            surface
                .entry(it.ident.to_string())
                .or_default()
                .members
                .insert("the type".to_owned(), member(&it.ty, false));
        }
        Syntax::Impl(it) if it.trait_.is_none() => methods(surface, it),
        _ => {}
    }
}

fn methods(surface: &mut Surface, block: &syn::ItemImpl) {
    let Type::Path(path) = &*block.self_ty else { return };
    let Some(name) = path.path.segments.last() else { return };
    let functions = block.items.iter().filter_map(|item| match item {
        ImplItem::Fn(function) if is_public(&function.vis) => Some(&function.sig),
        _ => None,
    });
    let members = functions.map(|signature| {
        (format!("{}()", signature.ident), Member { signature: tidy(signature), breaks_when_new: false })
    });
    surface.entry(name.ident.to_string()).or_default().members.extend(members);
}

fn member(of: &Type, breaks_when_new: bool) -> Member {
    Member { signature: tidy(of), breaks_when_new }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn has(attributes: &[Attribute], name: &str) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident(name))
}

/// Tokens as people write them.
fn tidy(tokens: &impl ToTokens) -> String {
    let mut text = tokens.to_token_stream().to_string();
    for (from, to) in [
        (" :: ", "::"),
        (":: ", "::"),
        (" < ", "<"),
        (" >", ">"),
        (" ,", ","),
        (" (", "("),
        ("( ", "("),
        (" )", ")"),
        ("& ", "&"),
    ] {
        text = text.replace(from, to);
    }
    text
}
