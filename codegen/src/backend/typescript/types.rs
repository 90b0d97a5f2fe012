//! Type expressions.

use std::collections::HashSet;
use std::fmt;

use super::parts::{is_strings, is_text, resolved};
use super::{Print, literal};
use crate::shape::{Rest, Shape, Structure, Together, Tuple};

/// What no object of these types is written without.
pub const INDENT: &str = "  ";

/// A type expression.
#[derive(Debug, Clone, PartialEq)]
pub enum Type {
    /// One that binds tighter than any operator.
    Atom(String),
    /// One that begins with an operator, which would take what stands behind.
    Prefixed(String),
    /// One of several.
    Union(Vec<String>),
    /// All of several.
    Intersection(Vec<String>),
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Atom(text) | Self::Prefixed(text) => f.write_str(text),
            Self::Union(members) => f.write_str(&members.join(" | ")),
            Self::Intersection(members) => f.write_str(&members.join(" & ")),
        }
    }
}

impl Type {
    pub fn atom(text: impl Into<String>) -> Self {
        Self::Atom(text.into())
    }

    /// One of `members`, each once, `null` last.
    pub fn union(members: impl IntoIterator<Item = Self>) -> Self {
        let mut alternatives: Vec<Self> = Vec::new();
        for member in members {
            match member {
                Self::Union(texts) => alternatives.extend(texts.into_iter().map(Self::Atom)),
                Self::Intersection(_) => alternatives.push(Self::Atom(member.operand())),
                other => alternatives.push(other),
            }
        }
        if alternatives.iter().any(Self::is_unknown) {
            return Self::atom("unknown");
        }
        let mut seen = HashSet::new();
        alternatives.retain(|member| !member.is("never") && seen.insert(member.to_string()));
        alternatives.sort_by_key(|member| member.is("null"));
        match alternatives.len() {
            0 => Self::atom("never"),
            1 => alternatives.swap_remove(0),
            _ => Self::Union(alternatives.iter().map(Self::to_string).collect()),
        }
    }

    fn intersection(members: impl IntoIterator<Item = Self>) -> Self {
        let mut members: Vec<_> = members.into_iter().filter(|member| !member.is_unknown()).collect();
        let mut seen = HashSet::new();
        members.retain(|member| seen.insert(member.to_string()));
        match members.len() {
            0 => Self::atom("unknown"),
            1 => members.swap_remove(0),
            _ => Self::Intersection(members.iter().map(Self::operand).collect()),
        }
    }

    /// An array of this.
    fn array(&self) -> Self {
        Self::Atom(format!("{}[]", self.operand()))
    }

    fn is(&self, text: &str) -> bool {
        matches!(self, Self::Atom(own) if own == text)
    }

    fn is_unknown(&self) -> bool {
        self.is("unknown")
    }

    /// With parentheses where an operator needs them.
    pub fn operand(&self) -> String {
        match self {
            Self::Atom(text) => text.clone(),
            Self::Prefixed(_) | Self::Union(_) | Self::Intersection(_) => format!("({self})"),
        }
    }
}

impl Print<'_> {
    /// The type of these schemas, by name where they have one.
    pub fn reference(&self, together: &Together, indent: &str) -> Type {
        match self.table.name(together) {
            Some((name, false)) => Type::atom(name),
            Some((name, true)) => Type::union([Type::atom(name), Type::atom("null")]),
            None => self.expression(&self.structures.of(together), indent),
        }
    }

    /// The type of a structure, written at `indent`.
    pub fn expression(&self, structure: &Structure, indent: &str) -> Type {
        match structure {
            Structure::Never => Type::atom("never"),
            Structure::Shape(shape) => self.shape(shape, indent),
            Structure::Of(together) => self.reference(together, indent),
            Structure::Tuple(tuple) => self.tuple(tuple, indent),
            Structure::AnyOf(members) => self.any_of(members, indent),
            Structure::AllOf(members) => {
                Type::intersection(members.iter().map(|member| self.expression(member, indent)))
            }
        }
    }

    /// A union. Where any string is allowed beside some that are listed, these stay known to editors.
    fn any_of(&self, members: &[Structure], indent: &str) -> Type {
        let structures: Vec<_> = members.iter().map(|member| resolved(self.structures, member)).collect();
        let is_listed = structures.iter().any(|structure| is_strings(structure));
        Type::union(members.iter().zip(&structures).map(|(member, structure)| {
            if is_listed && is_text(structure) {
                return Type::Atom("(string & {})".to_owned());
            }
            self.expression(member, indent)
        }))
    }

    fn shape(&self, shape: &Shape, indent: &str) -> Type {
        let any_of = |branches: &[&Together]| {
            Type::union(branches.iter().map(|branch| self.reference(branch, indent)))
        };
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
            Shape::Array { items: Some(items), .. } => self.reference(items, indent).array(),
            Shape::Object(object) => Type::Atom(self.object(object, indent)),
            Shape::Scalars(values) => {
                Type::union(values.iter().map(|value| Type::Atom(literal::value(value))))
            }
            Shape::Tuple(tuple) => self.tuple(tuple, indent),
            Shape::Union { branches, .. } | Shape::FirstOf { branches, .. } => {
                any_of(&branches.iter().collect::<Vec<_>>())
            }
            Shape::ByType(branches) => any_of(&branches.iter().map(|(_, branch)| branch).collect::<Vec<_>>()),
            Shape::OrNull(of) => Type::union([self.reference(of, indent), Type::atom("null")]),
            Shape::Nullable(shape) => Type::union([self.shape(shape, indent), Type::atom("null")]),
        }
    }

    fn tuple(&self, tuple: &Tuple, indent: &str) -> Type {
        let prefix = tuple.prefix.iter().enumerate().map(|(index, item)| {
            let item = self.reference(item, indent);
            if index < tuple.n_required { item.to_string() } else { format!("{}?", item.operand()) }
        });
        let rest = match &tuple.rest {
            Rest::Open => Some("...unknown[]".to_owned()),
            Rest::Closed => None,
            Rest::Typed(items) | Rest::Matching(_, items) => {
                Some(format!("...{}", self.reference(items, indent).array()))
            }
        };
        Type::Prefixed(format!("readonly [{}]", prefix.chain(rest).collect::<Vec<_>>().join(", ")))
    }
}
