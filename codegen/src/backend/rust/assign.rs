//! Assigns a Rust type to what holds together: names it, and makes an item of it where it needs one.

use std::collections::BTreeMap;

use serde_json::Value;

use super::ident::{RESERVED_TYPES, field_name, type_name};
use super::types::{Item, ItemKind, Record, RecordField, RustType, Table};
use crate::model::Schemas;
use crate::names::Names;
use crate::shape::{ObjectShape, Rest, Shape, Together};

/// What an item would be called, and what stands for it elsewhere.
struct Naming<'n> {
    together: &'n Together,
    name: String,
    is_nullable: bool,
}

/// The types assigned so far.
pub struct Assignment<'s> {
    schemas: &'s Schemas,
    /// The items, and what refers to them.
    pub table: Table,
    names: Names,
    known: BTreeMap<Together, RustType>,
}

impl<'s> Assignment<'s> {
    /// Nothing is assigned yet.
    pub fn new(schemas: &'s Schemas) -> Self {
        let names = Names::with_reserved(RESERVED_TYPES);
        Self { schemas, table: Table::default(), names, known: BTreeMap::new() }
    }

    /// An entry point: always an item, so that it has a name and functions of its own.
    pub fn root(&mut self, together: &Together, name: &str) -> RustType {
        let of = match self.known.get(together) {
            Some(known) => known.clone(),
            None => self.named(together, type_name(name)),
        };
        if let RustType::Item(index) = of {
            let item = &mut self.table.items[index];
            if let ItemKind::Alias(of) = &item.kind {
                item.kind = ItemKind::Newtype(of.clone());
            }
            self.table.roots.insert(index);
            return of;
        }
        let index = self.reserve(together, type_name(name));
        self.table.items[index].kind = match of {
            RustType::Unit => ItemKind::Constant(Value::Null),
            of => ItemKind::Newtype(of),
        };
        self.table.roots.insert(index);
        RustType::Item(index)
    }

    /// The type of what stands under `property` of the type `parent`.
    fn member(&mut self, together: &Together, parent: &str, property: &str) -> RustType {
        if let Some(known) = self.known.get(together) {
            return known.clone();
        }
        let name = match self.own_name(together) {
            Some(own) => own,
            None => format!("{parent}{}", type_name(property)),
        };
        self.named(together, name)
    }

    /// The name of a definition, or of a file of its own.
    fn own_name(&self, together: &Together) -> Option<String> {
        let [schema] = together.schemas() else { return None };
        let schema = &self.schemas[*schema];
        let mut tokens = schema.location.pointer().rsplit('/');
        match (tokens.next(), tokens.next()) {
            (Some(name), Some("$defs" | "definitions")) => {
                Some(type_name(&name.replace("~1", "/").replace("~0", "~")))
            }
            (Some(""), None) => {
                let stem =
                    schema.location.document().rsplit('/').next().and_then(|file| file.split('.').next());
                schema.docs.title.as_deref().or(stem).map(type_name)
            }
            _ => None,
        }
    }

    /// The type of `together`, called `name` if it becomes an item.
    fn named(&mut self, together: &Together, name: String) -> RustType {
        let (shape, is_nullable) = match together.shape(self.schemas) {
            Shape::Nullable(shape) => (*shape, true),
            shape => (shape, false),
        };
        let of = self.of_shape(&shape, &Naming { together, name, is_nullable });
        let of = if is_nullable { RustType::Nullable(Box::new(of)) } else { of };
        self.known.insert(together.clone(), of.clone());
        of
    }

    fn reserve(&mut self, together: &Together, name: String) -> usize {
        let name = self.names.claim(name);
        self.table.items.push(Item {
            name,
            together: together.clone(),
            kind: ItemKind::Newtype(RustType::Value),
        });
        self.table.items.len() - 1
    }

    /// A new item, whose kind may lead back to it.
    fn item(&mut self, naming: &Naming<'_>, kind: impl FnOnce(&mut Self, &str) -> ItemKind) -> RustType {
        let index = self.reserve(naming.together, naming.name.clone());
        let item = RustType::Item(index);
        let known =
            if naming.is_nullable { RustType::Nullable(Box::new(item.clone())) } else { item.clone() };
        self.known.insert(naming.together.clone(), known);
        let name = self.table.items[index].name.clone();
        self.table.items[index].kind = kind(self, &name);
        item
    }

    fn of_shape(&mut self, shape: &Shape, naming: &Naming<'_>) -> RustType {
        match shape {
            Shape::Any => RustType::Value,
            Shape::Null => RustType::Unit,
            Shape::Boolean => RustType::Bool,
            Shape::Constant(value) => self.item(naming, |_, _| constant(value)),
            Shape::Strings(strings) => self.item(naming, |_, _| ItemKind::Strings(variants(strings))),
            Shape::Integer { min, max, is_refined } => {
                let of = integer(*min, *max);
                let is_exact = !is_refined && (of != RustType::Integer || (min.is_none() && max.is_none()));
                self.checked_unless(is_exact, of, naming)
            }
            Shape::Number { is_double, is_refined } => {
                let of = if *is_double { RustType::Double } else { RustType::Number };
                self.checked_unless(!is_refined, of, naming)
            }
            Shape::Text { format, is_refined } => {
                let of = format.map_or(RustType::Text, RustType::Format);
                self.checked_unless(!is_refined, of, naming)
            }
            Shape::Array { items, is_refined } => self.array(items.as_ref(), *is_refined, naming),
            Shape::Object(object) => self.object(object, naming),
            Shape::Union { branches, dispatch } => self.item(naming, |this, name| {
                let variants = this.union(branches, name, &dispatch.arms);
                ItemKind::Union { variants, property: dispatch.property.clone(), arms: dispatch.arms.clone() }
            }),
            // Shapes are nullable once, and `named` has taken that off.
            Shape::Nullable(shape) => RustType::Nullable(Box::new(self.of_shape(shape, naming))),
            _ => self.item(naming, |_, _| ItemKind::Newtype(RustType::Value)),
        }
    }

    fn checked_unless(&mut self, is_exact: bool, of: RustType, naming: &Naming<'_>) -> RustType {
        let is_definition = self.own_name(naming.together).is_some();
        match (is_exact, is_definition) {
            (false, _) => self.item(naming, |_, _| ItemKind::Newtype(of)),
            (true, true) => self.item(naming, |_, _| ItemKind::Alias(of)),
            (true, false) => of,
        }
    }

    fn array(&mut self, items: Option<&Together>, is_refined: bool, naming: &Naming<'_>) -> RustType {
        let array = |this: &mut Self, name: &str| {
            let of = items.map_or(RustType::Value, |items| this.member(items, name, "item"));
            RustType::Array(Box::new(of))
        };
        if is_refined {
            return self.item(naming, |this, name| ItemKind::Newtype(array(this, name)));
        }
        array(self, &naming.name)
    }

    fn object(&mut self, object: &ObjectShape, naming: &Naming<'_>) -> RustType {
        if object.fields.is_empty() && self.own_name(naming.together).is_none() {
            match &object.rest {
                Rest::Open => return RustType::AnyMap,
                Rest::Typed(of) => return RustType::Map(Box::new(self.member(of, &naming.name, "value"))),
                Rest::Closed => {}
            }
        }
        self.item(naming, |this, name| ItemKind::Record(this.record(object, name)))
    }

    fn record(&mut self, object: &ObjectShape, name: &str) -> Record {
        let mut record = Record::default();
        let mut names = Names::default();
        for field in &object.fields {
            let shape = field.schema.shape(self.schemas);
            if let (true, Shape::Constant(value)) = (field.is_required, shape) {
                record.constants.push((field.name.clone(), value));
                continue;
            }
            record.fields.push(RecordField {
                name: names.claim(field_name(&field.name)),
                key: field.name.clone(),
                of: self.member(&field.schema, name, &field.name),
                is_optional: !field.is_required,
                is_boxed: false,
                together: field.schema.clone(),
            });
        }
        record.rest = match &object.rest {
            Rest::Closed => None,
            Rest::Open => Some((names.claim("extra".to_owned()), RustType::AnyMap)),
            Rest::Typed(of) => {
                let of = RustType::Map(Box::new(self.member(of, name, "extra")));
                Some((names.claim("extra".to_owned()), of))
            }
        };
        record
    }

    /// The variants of a union, named by their types or by the string that selects them.
    fn union(
        &mut self,
        branches: &[Together],
        name: &str,
        arms: &[(String, usize)],
    ) -> Vec<(String, RustType, bool)> {
        let mut names = Names::default();
        let mut variants = Vec::new();
        for (index, branch) in branches.iter().enumerate() {
            let tag = arms.iter().find(|(_, arm)| *arm == index).map_or("other", |(tag, _)| tag);
            let of = self.member(branch, name, tag);
            variants.push((names.claim(type_name(tag)), of, false));
        }
        variants
    }
}

fn constant(value: &Value) -> ItemKind {
    match value {
        Value::String(text) => ItemKind::Strings(variants(std::slice::from_ref(text))),
        value => ItemKind::Constant(value.clone()),
    }
}

fn variants(strings: &[String]) -> Vec<(String, String)> {
    let mut names = Names::with_reserved(["Self"]);
    strings.iter().map(|text| (names.claim(type_name(text)), text.clone())).collect()
}

/// The smallest machine integer that holds the range, or `Integer` where the range is open.
fn integer(min: Option<i128>, max: Option<i128>) -> RustType {
    const MACHINE: [(&str, i128, i128); 8] = [
        ("u8", 0, u8::MAX as i128),
        ("i8", i8::MIN as i128, i8::MAX as i128),
        ("u16", 0, u16::MAX as i128),
        ("i16", i16::MIN as i128, i16::MAX as i128),
        ("u32", 0, u32::MAX as i128),
        ("i32", i32::MIN as i128, i32::MAX as i128),
        ("u64", 0, u64::MAX as i128),
        ("i64", i64::MIN as i128, i64::MAX as i128),
    ];
    let (Some(min), Some(max)) = (min, max) else { return RustType::Integer };
    let holds = |(_, low, high): &&(&str, i128, i128)| *low <= min && max <= *high;
    match MACHINE.iter().find(holds) {
        Some((name, low, high)) if (*low, *high) == (min, max) => RustType::Machine(name),
        Some((name, ..)) => RustType::Ranged(name, min, max),
        None => RustType::Integer,
    }
}
