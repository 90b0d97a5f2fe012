//! Doc comments: what people wrote in a schema, made safe for rustdoc.

use proc_macro2::TokenStream;
use quote::quote;

use super::Print;
use crate::model::Docs;
use crate::shape::Together;

impl Print<'_> {
    /// The docs of a type, and where its schema stands. A type that is deprecated says so here alone: with the attribute, the
    /// generated code that must name it would be warned of it.
    pub fn docs(&self, together: &Together, note: Option<&str>) -> TokenStream {
        let deprecated = together.docs(self.unit.schemas).deprecated.then_some("**Deprecated.**");
        self.prose(together, deprecated.into_iter().chain(note))
    }

    fn prose<'n>(&self, together: &Together, notes: impl IntoIterator<Item = &'n str>) -> TokenStream {
        let mut paragraphs = texts(&together.docs(self.unit.schemas));
        paragraphs.extend(notes.into_iter().map(str::to_owned));
        let location = together.first().map(|schema| &self.unit.schemas[schema].location.uri);
        paragraphs.extend(location.map(|location| format!("Schema: {}", quoted(location))));
        doc(&paragraphs.join("\n\n"))
    }
}

/// The docs of a field, and whether it is deprecated.
pub fn field_docs(key: &str, docs: &Docs) -> TokenStream {
    let deprecated = docs.deprecated.then(|| quote!(#[deprecated]));
    let mut paragraphs = texts(docs);
    if paragraphs.is_empty() {
        paragraphs.push(quoted(key));
    }
    let text = doc(&paragraphs.join("\n\n"));
    quote!(#text #deprecated)
}

/// The docs of a variant that stands for a value.
pub fn value_docs(value: &str, docs: &Docs) -> TokenStream {
    let mut paragraphs = vec![quoted(value)];
    paragraphs.extend(texts(docs));
    doc(&paragraphs.join("\n\n"))
}

/// A name, value or location as code.
pub fn quoted(text: &str) -> String {
    format!("`{}`", one_line(text).replace('`', "'"))
}

/// `text` without what would end a line.
pub fn one_line(text: &str) -> String {
    let is_plain = |c: &char| !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}');
    let escaped = |c: char| if is_plain(&c) { c.to_string() } else { c.escape_unicode().to_string() };
    text.chars().map(escaped).collect()
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
