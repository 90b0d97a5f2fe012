//! TOML documents, restricted to what JSON can say.

use serde_json::Number;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::SyntaxError;
use super::lines::Lines;
use super::node::{Entry, Node, NodeKind, Object};

pub fn parse(text: &str) -> Result<Node, SyntaxError> {
    let lines = Lines::new(text);
    let table = DeTable::parse(text).map_err(|error| SyntaxError {
        position: lines.position(error.span().map_or(0, |span| span.start)),
        message: format!("this is no TOML: {}", error.message()),
        help: "check the syntax around this line",
    })?;
    let position = lines.position(0);
    Ok(Node { position, kind: NodeKind::Object(members(table.get_ref(), &lines)?) })
}

fn members(table: &DeTable<'_>, lines: &Lines) -> Result<Object, SyntaxError> {
    let member = |(key, value): (&Spanned<_>, _)| {
        let key: &Spanned<std::borrow::Cow<'_, str>> = key;
        let key_position = lines.position(key.span().start);
        Ok((key.get_ref().to_string(), Entry { key_position, value: node(value, lines)? }))
    };
    table.iter().map(member).collect()
}

fn node(value: &Spanned<DeValue<'_>>, lines: &Lines) -> Result<Node, SyntaxError> {
    let position = lines.position(value.span().start);
    let number = |text: &str, number: Option<Number>| {
        let message = format!("`{text}` is no number that JSON has");
        number.map(NodeKind::Number).ok_or(SyntaxError { position, message, help: "write another number" })
    };
    let kind = match value.get_ref() {
        DeValue::String(text) => NodeKind::String(text.to_string()),
        DeValue::Boolean(value) => NodeKind::Bool(*value),
        DeValue::Integer(integer) => {
            let parsed = i64::from_str_radix(integer.as_str(), integer.radix());
            number(integer.as_str(), parsed.ok().map(Number::from))?
        }
        DeValue::Float(float) => {
            number(float.as_str(), float.as_str().parse().ok().and_then(Number::from_f64))?
        }
        DeValue::Datetime(time) => NodeKind::String(time.to_string()),
        DeValue::Array(items) => {
            NodeKind::Array(items.iter().map(|item| node(item, lines)).collect::<Result<_, _>>()?)
        }
        DeValue::Table(table) => NodeKind::Object(members(table, lines)?),
    };
    Ok(Node { position, kind })
}
