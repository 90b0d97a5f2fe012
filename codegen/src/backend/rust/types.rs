//! The Rust types of a unit: what is printed, and what refers to what.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::assign::Assignment;
use crate::backend::Unit;
use crate::model::{EventIdx, Format};
use crate::shape::Together;

/// A type.
#[derive(Debug, Clone, PartialEq)]
pub enum RustType {
    /// `serde_json::Value`
    Value,
    /// `()`
    Unit,
    /// `bool`
    Bool,
    /// `f64`
    Double,
    /// `serde_json::Number`
    Number,
    /// A machine integer: every value of it is valid.
    Machine(&'static str),
    /// `handfast::Ranged`
    Ranged(&'static str, i128, i128),
    /// `handfast::Integer`
    Integer,
    /// `String`
    Text,
    /// `handfast::Uuid`, …
    Format(Format),
    /// `Vec`
    Array(Box<RustType>),
    /// `serde_json::Map`
    AnyMap,
    /// `BTreeMap` from strings
    Map(Box<RustType>),
    /// `Option`, whose `None` is null
    Nullable(Box<RustType>),
    /// An item of the table.
    Item(usize),
}

/// A generated item.
#[derive(Debug)]
pub struct Item {
    /// Its name.
    pub name: String,
    /// What its instances are valid for.
    pub together: Together,
    /// What it is.
    pub kind: ItemKind,
}

/// What an item is.
#[derive(Debug)]
pub enum ItemKind {
    /// A struct of members.
    Record(Record),
    /// An enum of strings: variant and string.
    Strings(Vec<(String, String)>),
    /// An enum of objects that a property tells apart.
    Union {
        /// Variant, type, and whether it is boxed.
        variants: Vec<(String, RustType, bool)>,
        /// The property.
        property: String,
        /// The variant that each string selects.
        arms: Vec<(String, usize)>,
    },
    /// A checked newtype.
    Newtype(RustType),
    /// A unit struct that stands for one value.
    Constant(Value),
    /// Another name.
    Alias(RustType),
}

/// A struct of members.
#[derive(Debug, Default)]
pub struct Record {
    /// Fields.
    pub fields: Vec<RecordField>,
    /// Required members that have only one value: no field, but always written.
    pub constants: Vec<(String, Value)>,
    /// The field of the members that are not declared.
    pub rest: Option<(String, RustType)>,
}

/// A field.
#[derive(Debug)]
pub struct RecordField {
    /// Name of the field.
    pub name: String,
    /// Name of the member.
    pub key: String,
    /// Its type, without what optional and boxed add.
    pub of: RustType,
    /// Whether the member may be absent.
    pub is_optional: bool,
    /// Whether the struct would contain itself without a box.
    pub is_boxed: bool,
    /// What holds for it.
    pub together: Together,
}

/// Every item of a unit.
#[derive(Debug, Default)]
pub struct Table {
    /// The items, in the order in which they are printed.
    pub items: Vec<Item>,
    /// The payload types of events.
    pub payloads: BTreeMap<EventIdx, RustType>,
    /// Items whose types are entry points.
    pub roots: BTreeSet<usize>,
}

impl Table {
    /// The types of a unit: those of its events and of its root, and everything they lead to.
    pub fn of(unit: &Unit<'_>) -> Self {
        let mut assignment = Assignment::new(unit.schemas);
        if let Some((name, schema)) = unit.root {
            assignment.root(&Together::of(unit.schemas, schema), name);
        }
        for (index, event) in unit.contract.iter().flat_map(|contract| contract.events()) {
            let of = match event.payload {
                Some(schema) => assignment.root(&Together::of(unit.schemas, schema), &event.name),
                None => RustType::Value,
            };
            assignment.table.payloads.insert(index, of);
        }
        let mut table = assignment.table;
        table.box_recursion();
        table
    }

    fn box_recursion(&mut self) {
        let direct: Vec<Vec<usize>> = self.items.iter().map(|item| item.kind.contains()).collect();
        let reaches = |from: usize, to: usize| {
            let mut seen = BTreeSet::from([from]);
            let mut queue = vec![from];
            while let Some(item) = queue.pop() {
                if item == to {
                    return true;
                }
                queue.extend(direct[item].iter().filter(|next| seen.insert(**next)));
            }
            false
        };
        for (index, item) in self.items.iter_mut().enumerate() {
            let is_circular = |of: &RustType| of.item().is_some_and(|target| reaches(target, index));
            match &mut item.kind {
                ItemKind::Record(record) => {
                    for field in &mut record.fields {
                        field.is_boxed = is_circular(&field.of);
                    }
                }
                ItemKind::Union { variants, .. } => {
                    for (_, of, is_boxed) in variants {
                        *is_boxed = is_circular(of);
                    }
                }
                _ => {}
            }
        }
    }
}

impl ItemKind {
    /// The items that a value of this one holds without a pointer between.
    fn contains(&self) -> Vec<usize> {
        match self {
            Self::Record(record) => record.fields.iter().filter_map(|field| field.of.item()).collect(),
            Self::Union { variants, .. } => variants.iter().filter_map(|(_, of, _)| of.item()).collect(),
            Self::Newtype(of) | Self::Alias(of) => of.item().into_iter().collect(),
            Self::Strings(_) | Self::Constant(_) => Vec::new(),
        }
    }
}

impl RustType {
    /// The item that a value of this type holds without a pointer between.
    pub fn item(&self) -> Option<usize> {
        match self {
            Self::Item(index) => Some(*index),
            Self::Nullable(of) => of.item(),
            _ => None,
        }
    }
}
