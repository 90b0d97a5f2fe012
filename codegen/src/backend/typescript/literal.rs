//! JSON values, strings and property names as TypeScript writes them.

use serde_json::Value;

/// A string literal. What a reader could not see, or would take for a line end, is escaped.
pub fn string(text: &str) -> String {
    let mut literal = String::from('"');
    for character in text.chars() {
        match character {
            '"' => literal.push_str("\\\""),
            '\\' => literal.push_str("\\\\"),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            character if is_invisible(character) => {
                literal.push_str(&format!("\\u{:04x}", u32::from(character)));
            }
            character => literal.push(character),
        }
    }
    literal.push('"');
    literal
}

/// Control characters, line ends, and marks that change the direction of the text around them.
pub fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Text in a template literal.
pub fn template(text: &str) -> String {
    let quoted = string(text).replace('`', "\\`").replace("${", "\\${");
    quoted[1..quoted.len() - 1].to_owned()
}

/// The name of a property: bare where that is an identifier.
pub fn property(name: &str) -> String {
    let is_first = |c: char| c.is_ascii_alphabetic() || matches!(c, '_' | '$');
    let is_identifier = name.starts_with(is_first) && name.chars().all(|c| is_first(c) || c.is_ascii_digit());
    if is_identifier { name.to_owned() } else { string(name) }
}

/// The literal type of a value; `number` for one that JavaScript's numbers cannot hold.
pub fn value(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => match number.as_f64() {
            Some(float) if float.is_finite() => number.to_string(),
            _ => "number".to_owned(),
        },
        Value::String(text) => string(text),
        Value::Array(items) => {
            format!("readonly [{}]", items.iter().map(self::value).collect::<Vec<_>>().join(", "))
        }
        Value::Object(members) if members.is_empty() => "{ [key: string]: never }".to_owned(),
        Value::Object(members) => {
            let members =
                members.iter().map(|(name, value)| format!("{}: {}", property(name), self::value(value)));
            format!("{{ {} }}", members.collect::<Vec<_>>().join("; "))
        }
    }
}

/// A value as JSON on one line, spaced for people.
pub fn json(value: &Value) -> String {
    match value {
        Value::String(text) => string(text),
        Value::Array(items) => format!("[{}]", items.iter().map(json).collect::<Vec<_>>().join(", ")),
        Value::Object(members) if members.is_empty() => "{}".to_owned(),
        Value::Object(members) => {
            let members = members.iter().map(|(name, value)| format!("{}: {}", string(name), json(value)));
            format!("{{ {} }}", members.collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}
