//! Objects: members, and index signatures for those that have no name of their own.

use super::keys::Key;
use super::parts::is_brief;
use super::types::{INDENT, Type};
use super::{Print, literal};
use crate::shape::{Field, ObjectShape, Rest, Together};

/// What objects have of `Object.prototype`, as TypeScript sees it.
const INHERITED: [&str; 7] = [
    "constructor",
    "hasOwnProperty",
    "isPrototypeOf",
    "propertyIsEnumerable",
    "toLocaleString",
    "toString",
    "valueOf",
];

/// Members whose names a pattern leads to.
struct Kind {
    /// The names; `None` where no template says them.
    key: Option<Key>,
    of: Type,
}

impl Print<'_> {
    /// An object with its braces: on one line where no member is described.
    pub fn object(&self, object: &ObjectShape, indent: &str) -> String {
        if !is_brief(object) {
            return self.members(object, indent);
        }
        let fields = object.fields.iter().map(|field| format!("{}: unknown", name(field)));
        let signatures = self.signatures(object, indent).into_iter();
        let members: Vec<_> =
            fields.chain(signatures.map(|(key, of)| format!("[key: {key}]: {of}"))).collect();
        format!("{{ {} }}", members.join("; "))
    }

    /// An object with its braces, a line for each member.
    pub fn members(&self, object: &ObjectShape, indent: &str) -> String {
        let inner = format!("{indent}{INDENT}");
        let mut members = String::new();
        for field in &object.fields {
            let of = self.member(field, &inner);
            members.push_str(&self.field_comment(field, &inner));
            members.push_str(&format!("{inner}{}: {of};\n", name(field)));
        }
        for (key, of) in self.signatures(object, &inner) {
            members.push_str(&format!("{inner}[key: {key}]: {of};\n"));
        }
        format!("{{\n{members}{indent}}}")
    }

    /// The index signatures, each with the type of its names.
    ///
    /// What an index signature allows must include what declared members and narrower signatures allow: TypeScript wants that.
    fn signatures(&self, object: &ObjectShape, indent: &str) -> Vec<(String, Type)> {
        let kinds = self.kinds(object, indent);
        let mut keys: Vec<&Key> = Vec::new();
        for key in kinds.iter().filter_map(|kind| kind.key.as_ref()) {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        let templates = keys.into_iter().map(|key| {
            let is_meant = |kind: &&Kind| {
                !key.is_exact || kind.key.as_ref().is_some_and(|other| key.covers_all_of(other))
            };
            let own = kinds.iter().filter(is_meant).map(|kind| kind.of.clone());
            let declared = self.declared(object, indent, |field| key.covers(&field.name));
            (key.template(), Type::union(own.chain(declared)))
        });
        let mut signatures: Vec<_> = templates.collect();
        let everything = || {
            let kinds = kinds.iter().map(|kind| kind.of.clone());
            Type::union(kinds.chain(self.declared(object, indent, |_| true)))
        };
        let others = match &object.others {
            Rest::Typed(of) | Rest::Matching(_, of) => {
                Some(Type::union([self.reference(of, indent), everything()]))
            }
            Rest::Closed if kinds.iter().any(|kind| kind.key.is_none()) => Some(everything()),
            Rest::Closed if object.fields.is_empty() && kinds.is_empty() => Some(Type::atom("never")),
            Rest::Open if object.fields.is_empty() => Some(Type::atom("unknown")),
            Rest::Open | Rest::Closed => None,
        };
        signatures.extend(others.map(|of| ("string".to_owned(), of)));
        signatures
    }

    /// What patterns say. A template that covers more names than its pattern will do where no other name can be there.
    fn kinds(&self, object: &ObjectShape, indent: &str) -> Vec<Kind> {
        let is_closed = object.others == Rest::Closed;
        let key = |pattern: &str| Key::of(pattern).filter(|key| key.is_exact || is_closed);
        let of = |together: &Together| self.reference(together, indent);
        object
            .patterns
            .iter()
            .map(|(pattern, together)| Kind { key: key(pattern), of: of(together) })
            .collect()
    }

    /// What the declared members that are meant may be; `undefined` where one may be absent.
    fn declared(&self, object: &ObjectShape, indent: &str, is_meant: impl Fn(&Field) -> bool) -> Vec<Type> {
        let fields = || object.fields.iter().filter(|field| is_meant(field));
        let absent = fields().any(|field| !field.is_required).then(|| Type::atom("undefined"));
        fields().map(|field| self.member(field, indent)).chain(absent).collect()
    }

    /// The type of a declared member. Where one that every object inherits may be absent, it is there all the same.
    fn member(&self, field: &Field, indent: &str) -> Type {
        if !field.is_required && INHERITED.contains(&field.name.as_str()) {
            return Type::atom("unknown");
        }
        self.reference(&field.schema, indent)
    }
}

/// The name of a member, and whether it may be absent.
fn name(field: &Field) -> String {
    let mark = if field.is_required { "" } else { "?" };
    format!("{}{mark}", literal::property(&field.name))
}
