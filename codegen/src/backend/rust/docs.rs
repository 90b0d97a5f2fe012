//! Doc comments: what people wrote in a schema, made safe for rustdoc.

use proc_macro2::TokenStream;
use quote::quote;

use super::Print;
use crate::model::Docs;
use crate::shape::Together;

impl Print<'_> {
    /// The attributes of a type or field: its docs, where its schema stands, and whether it is deprecated.
    pub fn docs(&self, together: &Together, note: Option<&str>) -> TokenStream {
        let docs = together.docs(self.unit.schemas);
        let location = &self.unit.schemas[together.first()].location.uri;
        let mut paragraphs = texts(&docs);
        paragraphs.extend(note.map(str::to_owned));
        paragraphs.push(format!("Schema: `{}`", location.replace('`', "'")));
        let doc = doc(&paragraphs.join("\n\n"));
        let deprecated = docs.deprecated.then(|| quote!(#[deprecated]));
        quote!(#doc #deprecated)
    }
}

fn texts(docs: &Docs) -> Vec<String> {
    [&docs.title, &docs.description].into_iter().flatten().map(|text| text.trim().to_owned()).collect()
}

/// A `#[doc]` attribute per line. Code in it is never a doctest.
pub fn doc(text: &str) -> TokenStream {
    let lines = inert(text).into_iter().map(|line| {
        let line = format!(" {line}");
        quote!(#[doc = #line])
    });
    quote!(#(#lines)*)
}

/// The lines of `text` in which rustdoc finds no code to run: fences are marked as text, deep indentation is undone.
fn inert(text: &str) -> Vec<String> {
    let mut in_fence = false;
    let mut lines: Vec<String> = Vec::new();
    for line in text.split(['\n', '\r', '\u{2028}', '\u{2029}']) {
        let trimmed = line.trim();
        let is_fence = trimmed.starts_with("```") || trimmed.starts_with("~~~");
        lines.push(match (is_fence, in_fence) {
            (true, false) => "```text".to_owned(),
            (true, true) => "```".to_owned(),
            (false, true) => line.to_owned(),
            (false, false) => trimmed.to_owned(),
        });
        in_fence ^= is_fence;
    }
    if in_fence {
        lines.push("```".to_owned());
    }
    lines
}
