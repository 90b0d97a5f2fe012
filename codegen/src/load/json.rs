//! RFC 8259 documents.

use jsonc_parser::ast::Value;
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::lines::Lines;
use super::node::{Entry, Node, NodeKind, Object, Position};
use super::{MAX_DEPTH, SyntaxError};

/// Strict JSON: none of the parser's extensions.
const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

pub fn parse(text: &str) -> Result<Node, SyntaxError> {
    let lines = Lines::new(text);
    let parsed = parse_to_ast(text, &CollectOptions::default(), &STRICT).map_err(|error| SyntaxError {
        position: lines.position(error.range().start),
        message: format!("this is no JSON: {}", error.kind()),
        help: "fix the syntax, or give the file the ending `.yaml` if it is YAML",
    })?;
    let value = parsed.value.ok_or_else(|| SyntaxError {
        position: Position::default(),
        message: "the file is empty".to_owned(),
        help: "a document is one JSON value",
    })?;
    convert(&value, &lines, MAX_DEPTH)
}

fn convert(value: &Value<'_>, lines: &Lines, depth: usize) -> Result<Node, SyntaxError> {
    let position = lines.position(value.range().start);
    let error = |message: String, help| SyntaxError { position, message, help };
    if depth == 0 {
        return Err(error(format!("nested deeper than {MAX_DEPTH} levels"), "flatten the document"));
    }
    let kind = match value {
        Value::NullKeyword(_) => NodeKind::Null,
        Value::BooleanLit(literal) => NodeKind::Bool(literal.value),
        Value::StringLit(literal) => NodeKind::String(literal.value.to_string()),
        Value::NumberLit(literal) => NodeKind::Number(literal.value.parse().map_err(|_| {
            error(format!("`{}` is no number that can be held", literal.value), "write a smaller number")
        })?),
        Value::Array(array) => NodeKind::Array(
            array.elements.iter().map(|item| convert(item, lines, depth - 1)).collect::<Result<_, _>>()?,
        ),
        Value::Object(object) => {
            let mut members = Object::with_capacity(object.properties.len());
            for property in &object.properties {
                let key_position = lines.position(property.range().start);
                let entry = Entry { key_position, value: convert(&property.value, lines, depth - 1)? };
                let key = property.name.as_str().to_owned();
                if members.contains_key(&key) {
                    return Err(SyntaxError {
                        position: key_position,
                        message: format!("the key `{key}` stands twice in one object"),
                        help: "remove one of them",
                    });
                }
                members.insert(key, entry);
            }
            NodeKind::Object(members)
        }
    };
    Ok(Node { position, kind })
}
