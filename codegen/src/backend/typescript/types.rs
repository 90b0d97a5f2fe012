//! Type expressions.

use std::fmt;

use super::{Print, literal};
use crate::shape::{ObjectShape, Rest, Shape, Structure, Together, Tuple};

/// What no object of these types is written without.
pub const INDENT: &str = "  ";

/// A type expression.
#[derive(Debug, Clone, PartialEq)]
pub enum Type {
    /// One that binds tighter than any operator.
    Atom(String),
    /// One of several.
    Union(Vec<String>),
    /// All of several.
    Intersection(Vec<String>),
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Atom(text) => f.write_str(text),
            Self::Union(members) => f.write_str(&members.join(" | ")),
            Self::Intersection(members) => f.write_str(&members.join(" & ")),
        }
    }
}

impl Type {
    fn atom(text: impl Into<String>) -> Self {
        Self::Atom(text.into())
    }

    /// One of `members`, each once, `null` last.
    pub fn union(members: impl IntoIterator<Item = Self>) -> Self {
        let mut alternatives: Vec<String> = Vec::new();
        for member in members {
            let texts = match member {
                Self::Union(texts) => texts,
                Self::Atom(text) => vec![text],
                Self::Intersection(_) => vec![member.operand()],
            };
            alternatives.extend(texts);
        }
        if alternatives.iter().any(|text| text == "unknown") {
            return Self::atom("unknown");
        }
        let mut seen = std::collections::HashSet::new();
        alternatives.retain(|text| text != "never" && seen.insert(text.clone()));
        alternatives.sort_by_key(|text| text == "null");
        match alternatives.len() {
            0 => Self::atom("never"),
            1 => Self::Atom(alternatives.swap_remove(0)),
            _ => Self::Union(alternatives),
        }
    }

    fn intersection(members: impl IntoIterator<Item = Self>) -> Self {
        let mut texts: Vec<_> = members.into_iter().map(|member| member.operand()).collect();
        texts.retain(|text| text != "unknown");
        match texts.len() {
            0 => Self::atom("unknown"),
            1 => Self::Atom(texts.swap_remove(0)),
            _ => Self::Intersection(texts),
        }
    }

    /// With parentheses where an operator needs them.
    pub fn operand(&self) -> String {
        match self {
            Self::Atom(text) => text.clone(),
            Self::Union(_) | Self::Intersection(_) => format!("({self})"),
        }
    }
}

impl Print<'_> {
    /// The type of these schemas, by name where they have one.
    pub fn reference(&self, together: &Together, indent: &str) -> Type {
        match self.table.name(together) {
            Some((name, false)) => Type::atom(name),
            Some((name, true)) => Type::union([Type::atom(name), Type::atom("null")]),
            None => self.expression(&together.structure(self.unit.schemas), indent),
        }
    }

    /// The type of a structure, written at `indent`.
    pub fn expression(&self, structure: &Structure, indent: &str) -> Type {
        let each = |members: &[Structure]| -> Vec<_> {
            members.iter().map(|member| self.expression(member, indent)).collect()
        };
        match structure {
            Structure::Never => Type::atom("never"),
            Structure::Shape(shape) => self.shape(shape, indent),
            Structure::Of(together) => self.reference(together, indent),
            Structure::Tuple(tuple) => Type::Atom(self.tuple(tuple, indent)),
            Structure::AnyOf(members) => Type::union(each(members)),
            Structure::AllOf(members) => Type::intersection(each(members)),
        }
    }

    fn shape(&self, shape: &Shape, indent: &str) -> Type {
        match shape {
            Shape::Any | Shape::Opaque => Type::atom("unknown"),
            Shape::Null => Type::atom("null"),
            Shape::Boolean => Type::atom("boolean"),
            Shape::Constant(value) => Type::Atom(literal::value(value)),
            Shape::Strings(strings) => {
                Type::union(strings.iter().map(|text| Type::Atom(literal::string(text))))
            }
            Shape::Integer { .. } | Shape::Number => Type::atom("number"),
            Shape::Text { .. } => Type::atom("string"),
            Shape::Array { items: None, .. } => Type::atom("unknown[]"),
            Shape::Array { items: Some(items), .. } => {
                Type::Atom(format!("{}[]", self.reference(items, indent).operand()))
            }
            Shape::Object(object) => Type::Atom(self.object(object, indent)),
            Shape::Scalars(values) => {
                Type::union(values.iter().map(|value| Type::Atom(literal::value(value))))
            }
            Shape::Tuple(tuple) => Type::Atom(self.tuple(tuple, indent)),
            Shape::Union { branches, .. } | Shape::FirstOf { branches, .. } => {
                Type::union(branches.iter().map(|branch| self.reference(branch, indent)))
            }
            Shape::ByType(branches) => {
                Type::union(branches.iter().map(|(_, branch)| self.reference(branch, indent)))
            }
            Shape::OrNull(of) => Type::union([self.reference(of, indent), Type::atom("null")]),
            Shape::Nullable(shape) => Type::union([self.shape(shape, indent), Type::atom("null")]),
        }
    }

    fn tuple(&self, tuple: &Tuple, indent: &str) -> String {
        let prefix = tuple.prefix.iter().enumerate().map(|(index, item)| {
            let item = self.reference(item, indent);
            if index < tuple.n_required { item.to_string() } else { format!("{}?", item.operand()) }
        });
        let rest = match &tuple.rest {
            Rest::Open => Some("...unknown[]".to_owned()),
            Rest::Closed => None,
            Rest::Typed(items) | Rest::Matching(_, items) => {
                Some(format!("...{}[]", self.reference(items, indent).operand()))
            }
        };
        format!("[{}]", prefix.chain(rest).collect::<Vec<_>>().join(", "))
    }

    /// An object with its braces. One without members stands on one line.
    pub fn object(&self, object: &ObjectShape, indent: &str) -> String {
        if object.fields.is_empty() {
            let rest = match &object.rest {
                Rest::Open => "unknown".to_owned(),
                Rest::Closed => "never".to_owned(),
                Rest::Typed(together) | Rest::Matching(_, together) => {
                    self.reference(together, indent).to_string()
                }
            };
            return format!("{{ [key: string]: {rest} }}");
        }
        let inner = format!("{indent}{INDENT}");
        let mut members = String::new();
        for field in &object.fields {
            let mark = if field.is_required { "" } else { "?" };
            let of = self.reference(&field.schema, &inner);
            members.push_str(&self.field_comment(field, &inner));
            members.push_str(&format!("{inner}{}{mark}: {of};\n", literal::property(&field.name)));
        }
        if let Rest::Typed(rest) | Rest::Matching(_, rest) = &object.rest {
            members.push_str(&format!("{inner}[key: string]: {};\n", self.index_type(object, rest, &inner)));
        }
        format!("{{\n{members}{indent}}}")
    }

    /// What an undeclared member may be; for TypeScript that includes what the declared ones are.
    fn index_type(&self, object: &ObjectShape, rest: &Together, indent: &str) -> Type {
        let fields = object.fields.iter().map(|field| self.reference(&field.schema, indent));
        let absent = object.fields.iter().any(|field| !field.is_required).then(|| Type::atom("undefined"));
        Type::union(std::iter::once(self.reference(rest, indent)).chain(fields).chain(absent))
    }
}
