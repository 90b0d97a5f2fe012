//! Edits of YAML and JSON as text, so that comments, order and spacing stay: members and elements get a twin beside them.

use std::ops::Range;

use handfast_codegen::load::{Node, NodeKind, Position};
use handfast_codegen::pointer::unescaped_token;

/// A file, as text and as what it means.
#[derive(Debug, Clone, Copy)]
pub struct Page<'t> {
    /// The text.
    pub text: &'t str,
    /// What it means.
    pub root: &'t Node,
}

/// A part of a text that is to be replaced; an empty one is where something is to be inserted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced.
    pub range: Range<usize>,
    /// By what.
    pub by: String,
}

/// `text` with all edits done. Of two that overlap, the later one in the text counts.
pub fn apply(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    let mut edited = text.to_owned();
    let mut before = usize::MAX;
    for Edit { range, by } in edits.into_iter().rev() {
        if range.end <= before {
            before = range.start;
            edited.replace_range(range, &by);
        }
    }
    edited
}

/// Where a member or element stands: with its key or dash, and in what kind of collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// From the key or dash to the end of the value.
    pub range: Range<usize>,
    /// Whether the collection is written in braces or brackets.
    is_flow: bool,
}

impl Page<'_> {
    /// The span of the member or element at `pointer`.
    pub fn span(&self, pointer: &str) -> Option<Span> {
        let (holder, token) = pointer.rsplit_once('/')?;
        let holder = self.root.pointer(holder)?;
        let token = unescaped_token(token);
        let (begin, value) = match &holder.kind {
            NodeKind::Object(members) => {
                let entry = members.get(token.as_ref())?;
                (entry.key_position, entry.value.position)
            }
            NodeKind::Array(items) => {
                let item = items.get(token.parse::<usize>().ok()?)?;
                (item.position, item.position)
            }
            _ => return None,
        };
        let is_flow = self.text[self.offset(holder.position)?..].starts_with(['{', '[']);
        let (begin, value) = (self.offset(begin)?, self.offset(value)?);
        let range = if is_flow { begin..self.end_of_flow(value) } else { self.block(begin) };
        Some(Span { range, is_flow })
    }

    /// A twin of what is at `span`, beside it, in which `replaced` are replaced.
    pub fn twin(&self, span: &Span, replaced: &[(String, String)]) -> Edit {
        let copy = with_tokens(&self.text[span.range.clone()], replaced);
        let end = span.range.end;
        let indent = self.indent(span.range.start);
        let by = match (span.is_flow, indent) {
            (true, Some(indent)) => format!(",\n{indent}{copy}"),
            (true, None) => format!(", {copy}"),
            (false, indent) => format!("{}{}\n", indent.unwrap_or_default(), copy.trim_end_matches('\n')),
        };
        // A block ends behind its line's end, and its copy begins where its line begins.
        let missing = if !span.is_flow && !self.text[..end].ends_with('\n') { "\n" } else { "" };
        Edit { range: end..end, by: format!("{missing}{by}") }
    }

    /// What stands before `offset` on its line, if that is only white space.
    fn indent(&self, offset: usize) -> Option<&str> {
        let line = self.text[..offset].rfind('\n').map_or(0, |at| at + 1);
        let before = &self.text[line..offset];
        before.chars().all(char::is_whitespace).then_some(before)
    }

    fn offset(&self, position: Position) -> Option<usize> {
        let start: usize = self.text.split_inclusive('\n').take(position.line - 1).map(str::len).sum();
        let line = self.text.get(start..)?;
        let column = line.char_indices().nth(position.column - 1).map_or(line.len(), |(offset, _)| offset);
        Some(start + column)
    }

    /// The end of the value at `start` inside braces or brackets.
    fn end_of_flow(&self, start: usize) -> usize {
        let mut depth = 0_usize;
        let mut quote = None;
        let mut last = start;
        let mut chars = self.text[start..].char_indices();
        while let Some((at, char)) = chars.next() {
            match (quote, char) {
                (Some('"'), '\\') => drop(chars.next()),
                (Some(open), _) if open == char => quote = None,
                (Some(_), _) => {}
                (None, '"' | '\'') => quote = Some(char),
                (None, '{' | '[') => depth += 1,
                (None, '}' | ']' | ',') if depth == 0 => break,
                (None, '}' | ']') => depth -= 1,
                (None, _) => {}
            }
            if !char.is_whitespace() {
                last = start + at + char.len_utf8();
            }
        }
        last
    }

    /// The lines of the member or element of a block that begins at `start`: to the next line that stands no deeper.
    fn block(&self, start: usize) -> Range<usize> {
        let line = self.text[..start].rfind('\n').map_or(0, |at| at + 1);
        let before = &self.text[line..start];
        // An element is one with its dash.
        let dash = before.trim_end().strip_suffix('-').map(str::len);
        let start = line + dash.unwrap_or(before.len() - before.trim_start().len().min(before.len()));
        let start = if dash.is_some() { start } else { line + before.len() };
        let column = start - line;
        let mut end = line;
        let mut offset = line;
        for (index, text) in self.text[line..].split_inclusive('\n').enumerate() {
            let is_blank = text.trim().is_empty() || text.trim_start().starts_with('#');
            let depth = text.len() - text.trim_start().len();
            if index > 0 && !is_blank && depth <= column {
                break;
            }
            offset += text.len();
            if !is_blank {
                end = offset;
            }
        }
        start..end
    }
}

/// `text` with words replaced: names of events and files, which points, dashes and underscores are part of.
pub fn with_tokens(text: &str, replaced: &[(String, String)]) -> String {
    let mut out = String::new();
    let mut rest = text;
    'next: while let Some(char) = rest.chars().next() {
        let is_begin = !out.chars().next_back().is_some_and(is_part);
        for (from, to) in replaced.iter().filter(|_| is_begin) {
            let behind = rest.strip_prefix(from.as_str());
            if let Some(behind) = behind.filter(|behind| !from.is_empty() && !begins_with_part(behind)) {
                out.push_str(to);
                rest = behind;
                continue 'next;
            }
        }
        out.push(char);
        rest = &rest[char.len_utf8()..];
    }
    out
}

fn is_part(char: char) -> bool {
    char.is_alphanumeric() || "._-:".contains(char)
}

/// Whether a word goes on here: a point or colon belongs to it only where something follows it.
fn begins_with_part(text: &str) -> bool {
    let mut chars = text.chars();
    match chars.next() {
        Some('.' | ':') => chars.next().is_some_and(is_part),
        Some(char) => is_part(char),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use handfast_codegen::load::parse;

    use super::*;

    #[track_caller]
    fn twin(file: &str, text: &str, pointer: &str, expected: &str) {
        let root = parse(Path::new(file), text).unwrap();
        let page = Page { text, root: &root };
        let replaced = [("a".to_owned(), "a.v2".to_owned())];
        let edit = page.twin(&page.span(pointer).unwrap(), &replaced);
        assert_eq!(apply(text, vec![edit]), expected);
    }

    #[test]
    fn twins_stand_beside_what_they_are_like() {
        twin("f.yaml", "x:\n  a: 1 # one\n  b: 2\n", "/x/a", "x:\n  a: 1 # one\n  a.v2: 1 # one\n  b: 2\n");
        twin(
            "f.yaml",
            "x:\n  a:\n    c: a\n\n  # b\n  b: 2",
            "/x/a",
            "x:\n  a:\n    c: a\n  a.v2:\n    c: a.v2\n\n  # b\n  b: 2",
        );
        twin("f.yaml", "x:\n  a: 1", "/x/a", "x:\n  a: 1\n  a.v2: 1\n");
        twin(
            "f.yaml",
            "x: { a: { c: \"}\" }, b: 2 }\n",
            "/x/a",
            "x: { a: { c: \"}\" }, a.v2: { c: \"}\" }, b: 2 }\n",
        );
        twin("f.yaml", "x: [a, b]\n", "/x/0", "x: [a, a.v2, b]\n");
        twin(
            "f.yaml",
            "x:\n  - { r: \"#/y/a\" }\n  - b\n",
            "/x/0",
            "x:\n  - { r: \"#/y/a\" }\n  - { r: \"#/y/a.v2\" }\n  - b\n",
        );
        twin("f.yaml", "x:\n- a\n- b\ny: 1\n", "/x/1", "x:\n- a\n- b\n- b\ny: 1\n");
        twin(
            "f.json",
            "{\n  \"a\": 1,\n  \"b\": [2]\n}",
            "/a",
            "{\n  \"a\": 1,\n  \"a.v2\": 1,\n  \"b\": [2]\n}",
        );
    }

    #[test]
    fn tokens_are_whole_words() {
        let replaced = [("a.b".to_owned(), "a.b.v2".to_owned())];
        let check = |text, expected| assert_eq!(with_tokens(text, &replaced), expected);
        check("a.b x/a.b \"a.b\" a.b.", "a.b.v2 x/a.b.v2 \"a.b.v2\" a.b.v2.");
        check("a.b.c xa.b a.b-c a.b: 1", "a.b.c xa.b a.b-c a.b.v2: 1");
    }
}
