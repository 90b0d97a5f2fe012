//! YAML 1.2 documents with the core schema, restricted to what JSON can say.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span};

use super::node::{Entry, Node, NodeKind, Object, Position};
use super::{MAX_DEPTH, MAX_NODES, SyntaxError};

pub fn parse(text: &str) -> Result<Node, SyntaxError> {
    let mut builder = Builder::default();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| scan_error(&error))?;
        builder.event(event, position(span))?;
    }
    builder.root.ok_or_else(|| SyntaxError {
        position: Position::default(),
        message: "the file is empty".to_owned(),
        help: "a document is one YAML value",
    })
}

fn scan_error(error: &ScanError) -> SyntaxError {
    let marker = error.marker();
    SyntaxError {
        position: Position { line: marker.line(), column: marker.col() + 1 },
        message: format!("this is no YAML: {}", error.info()),
        help: "check indentation and quoting around this line",
    }
}

fn position(span: Span) -> Position {
    Position { line: span.start.line(), column: span.start.col() + 1 }
}

/// A collection that is still open.
enum Open {
    Array { position: Position, anchor: usize, items: Vec<Node> },
    Object { position: Position, anchor: usize, members: Object, key: Option<(String, Position)> },
}

#[derive(Default)]
struct Builder {
    root: Option<Node>,
    open: Vec<Open>,
    anchors: HashMap<usize, (Node, usize)>,
    n_nodes: usize,
}

impl Builder {
    fn event(&mut self, event: Event<'_>, position: Position) -> Result<(), SyntaxError> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let kind = match tag {
                    Some(tag) if tag.suffix == "str" => NodeKind::String(text.into_owned()),
                    _ => scalar(&text, style),
                };
                self.finish(Node { position, kind }, anchor, 1)
            }
            Event::SequenceStart(anchor, _) => {
                self.start(Open::Array { position, anchor, items: Vec::new() }, position)
            }
            Event::MappingStart(anchor, _) => {
                self.start(Open::Object { position, anchor, members: Object::new(), key: None }, position)
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(),
            Event::Alias(anchor) => self.alias(anchor, position),
            Event::DocumentStart(_) if self.root.is_some() => {
                Err(error(position, "a second document begins here", "keep one document per file"))
            }
            _ => Ok(()),
        }
    }

    fn start(&mut self, open: Open, position: Position) -> Result<(), SyntaxError> {
        if self.open.len() >= MAX_DEPTH {
            return Err(error(position, "nested too deep", "flatten the document"));
        }
        if let Some(Open::Object { key: None, .. }) = self.open.last() {
            return Err(error(position, "a key must be a string", "JSON has no other keys"));
        }
        self.open.push(open);
        Ok(())
    }

    fn end(&mut self) -> Result<(), SyntaxError> {
        match self.open.pop() {
            Some(Open::Array { position, anchor, items }) => {
                self.finish(Node { position, kind: NodeKind::Array(items) }, anchor, 1)
            }
            Some(Open::Object { position, anchor, members, .. }) => {
                self.finish(Node { position, kind: NodeKind::Object(members) }, anchor, 1)
            }
            None => Ok(()),
        }
    }

    fn alias(&mut self, anchor: usize, position: Position) -> Result<(), SyntaxError> {
        let Some((node, n_nodes)) = self.anchors.get(&anchor).cloned() else {
            return Err(error(position, "an alias of something that contains it", "JSON values are trees"));
        };
        self.finish(node, 0, n_nodes)
    }

    fn finish(&mut self, node: Node, anchor: usize, n_nodes: usize) -> Result<(), SyntaxError> {
        self.n_nodes += n_nodes;
        if self.n_nodes > MAX_NODES {
            return Err(error(node.position, "too many nodes, aliases expanded", "use fewer aliases"));
        }
        if anchor > 0 {
            let size = size(&node);
            self.anchors.insert(anchor, (node.clone(), size));
        }
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::Array { items, .. }) => items.push(node),
            Some(Open::Object { members, key, .. }) => match key.take() {
                Some((name, key_position)) => {
                    members.insert(name, Entry { key_position, value: node });
                }
                None => *key = Some(new_key(node, members)?),
            },
        }
        Ok(())
    }
}

fn size(node: &Node) -> usize {
    1 + match &node.kind {
        NodeKind::Array(items) => items.iter().map(size).sum(),
        NodeKind::Object(members) => members.values().map(|entry| size(&entry.value)).sum(),
        _ => 0,
    }
}

fn new_key(node: Node, members: &Object) -> Result<(String, Position), SyntaxError> {
    let position = node.position;
    let name = match node.kind {
        NodeKind::String(text) => text,
        NodeKind::Number(number) => number.to_string(),
        NodeKind::Bool(value) => value.to_string(),
        _ => return Err(error(position, "a key must be a string", "quote it")),
    };
    if members.contains_key(&name) {
        let message = format!("the key `{name}` stands twice in one object");
        return Err(SyntaxError { position, message, help: "remove one of them" });
    }
    Ok((name, position))
}

fn error(position: Position, message: &str, help: &'static str) -> SyntaxError {
    SyntaxError { position, message: message.to_owned(), help }
}

/// Resolves a scalar by the core schema (YAML 1.2.2, 10.3.2).
fn scalar(text: &str, style: ScalarStyle) -> NodeKind {
    if style != ScalarStyle::Plain {
        return NodeKind::String(text.to_owned());
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => NodeKind::Null,
        "true" | "True" | "TRUE" => NodeKind::Bool(true),
        "false" | "False" | "FALSE" => NodeKind::Bool(false),
        _ => number(text).map_or_else(|| NodeKind::String(text.to_owned()), NodeKind::Number),
    }
}

fn number(text: &str) -> Option<serde_json::Number> {
    let radix = |digits: &str, radix| u64::from_str_radix(digits, radix).ok().map(Into::into);
    if let Some(digits) = text.strip_prefix("0x") {
        return radix(digits, 16);
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return radix(digits, 8);
    }
    let starts_like_one = text.trim_start_matches(['+', '-', '.']).starts_with(|c: char| c.is_ascii_digit());
    let only_number_characters = text.chars().all(|c| c.is_ascii_digit() || "+-.eE".contains(c));
    if !starts_like_one || !only_number_characters {
        return None;
    }
    text.parse().ok().or_else(|| text.parse().ok().and_then(serde_json::Number::from_f64))
}
