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

/// The lines of `text` in which rustdoc finds no code to run: fences are marked as text, deep indentation is undone. Lines
/// that go on with a list item or a quotation say so, which Markdown does not ask for and Clippy does.
fn inert(text: &str) -> Vec<String> {
    let mut in_fence = false;
    let mut margin = String::new();
    let mut lines: Vec<String> = Vec::new();
    for line in text.split(['\n', '\r', '\u{2028}', '\u{2029}']) {
        let line = line.replace('\t', "    ");
        let trimmed = line.trim();
        let is_fence = trimmed.starts_with("```") || trimmed.starts_with("~~~");
        let goes_on = !in_fence && !is_fence && is_prose(trimmed);
        lines.push(match (is_fence, in_fence) {
            (true, false) => "```text".to_owned(),
            (true, true) => "```".to_owned(),
            (false, true) => line.clone(),
            (false, false) if goes_on => format!("{margin}{trimmed}"),
            (false, false) => trimmed.to_owned(),
        });
        in_fence ^= is_fence;
        if !goes_on {
            margin = margin_below(trimmed);
        }
    }
    if in_fence {
        lines.push("```".to_owned());
    }
    lines
}

/// Whether a line, without indentation, goes on with the paragraph above it, if there is one.
fn is_prose(line: &str) -> bool {
    let is_rule = line.chars().all(|c| "-*_= ".contains(c));
    !is_rule && !line.starts_with(['#', '|', '<']) && margin_below(line).is_empty()
}

/// What stands before the lines that go on with the list item or the quotation that `line` begins; nothing if it begins none.
fn margin_below(line: &str) -> String {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let n_digits = line.len() - rest.len();
    let markers: &[&str] = if n_digits > 0 { &[". ", ") "] } else { &["- ", "* ", "+ "] };
    if line.starts_with('>') {
        "> ".to_owned()
    } else if markers.iter().any(|marker| rest.starts_with(marker)) {
        " ".repeat(n_digits + 2)
    } else {
        String::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(inert(text), expected);
    }

    #[test]
    fn lines_that_go_on_with_an_item_stand_below_its_text() {
        check(
            "one of\n- red, or\nblue\n- green\n\nnothing",
            &["one of", "- red, or", "  blue", "- green", "", "nothing"],
        );
        check("10. ten\nand\nmore", &["10. ten", "    and", "    more"]);
        check("> said\nshe", &["> said", "> she"]);
    }

    #[test]
    fn what_ends_an_item_stays_where_it_is() {
        check("- a\n# b\nc", &["- a", "# b", "c"]);
        check("- a\n---\nb", &["- a", "---", "b"]);
        check("- a\n```\n\tb\n```\nc", &["- a", "```text", "    b", "```", "c"]);
    }
}
