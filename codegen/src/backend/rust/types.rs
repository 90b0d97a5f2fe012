//! The Rust types of a unit: what is printed, and what refers to what.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::assign::Assignment;
use crate::backend::Unit;
use crate::config::TypeOptions;
use crate::model::{Docs, EventIdx, Format, TypeSet};
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
    /// `handfast::Number`
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
    /// A type of the user's, and whether it reads exactly what the schema accepts.
    Path(String, bool),
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
    /// Whether some value of its form is no instance.
    pub is_refined: bool,
    /// What is chosen about it.
    pub chosen: TypeOptions,
}

/// What an item is.
#[derive(Debug)]
pub enum ItemKind {
    /// A struct of members.
    Record(Record),
    /// A struct of items.
    Tuple(Tuple),
    /// An enum of strings: variant and string.
    Strings(Vec<(String, String)>),
    /// An enum of strings, numbers and booleans: variant and value.
    Scalars(Vec<(String, Value)>),
    /// An enum of what other types describe.
    Choice(Choice),
    /// A checked newtype.
    Newtype(RustType),
    /// A unit struct that stands for one value.
    Constant(Value),
    /// Another name.
    Alias(RustType),
    /// A type of the user's.
    Replaced(String),
}

/// A struct of members.
#[derive(Debug, Default)]
pub struct Record {
    /// Fields.
    pub fields: Vec<RecordField>,
    /// Required members that have only one value: no field, but always written.
    pub constants: Vec<(String, Value)>,
    /// The members that are not declared.
    pub rest: Option<RecordRest>,
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
    /// What is written about it.
    pub docs: Docs,
}

/// The field of the members that are not declared.
#[derive(Debug)]
pub struct RecordRest {
    /// Its name.
    pub name: String,
    /// Its type, a map.
    pub of: RustType,
    /// The regular expression that their names match.
    pub pattern: Option<String>,
}

/// A struct of items.
#[derive(Debug)]
pub struct Tuple {
    /// The first items.
    pub items: Vec<Part>,
    /// How many of them are always there.
    pub n_required: usize,
    /// The type of what follows them.
    pub rest: Option<RustType>,
}

/// A type inside another.
#[derive(Debug)]
pub struct Part {
    /// The type.
    pub of: RustType,
    /// Whether the whole would contain itself without a box.
    pub is_boxed: bool,
}

/// An enum of what other types describe.
#[derive(Debug)]
pub struct Choice {
    /// Names and types.
    pub variants: Vec<(String, Part)>,
    /// How an instance tells which is meant.
    pub by: Selector,
}

/// How an instance tells which variant of a choice it is.
#[derive(Debug)]
pub enum Selector {
    /// By a property: the variant that each string selects.
    Property(String, Vec<(String, usize)>),
    /// By its JSON type: those of each variant.
    Type(Vec<TypeSet>),
    /// By trial: the first whose schemas accept it, and whether those of no other may.
    Trial(Vec<Together>, bool),
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
        let mut assignment = Assignment::new(unit.schemas, unit.rust);
        for (name, schema) in unit.roots {
            assignment.root(&Together::of(unit.schemas, *schema), name);
        }
        if let Some((name, schema)) = unit.root {
            assignment.root(&Together::of(unit.schemas, schema), name);
        }
        for (index, event) in unit.contract.iter().flat_map(|contract| contract.events()) {
            let of = match event.payload {
                Some(schema) => assignment.root(&Together::of(unit.schemas, schema), &event.name),
                None => RustType::Value,
            };
            assignment.payload(index, of);
        }
        let mut table = assignment.finish();
        table.box_recursion();
        table.refine_what_holds_unchecked();
        table
    }

    /// The items that somebody refers to: all but what only replaced types did.
    pub fn in_use(&self) -> BTreeSet<usize> {
        let mut queue: Vec<usize> = self
            .roots
            .iter()
            .copied()
            .chain(self.payloads.values().filter_map(RustType::mentioned))
            .collect();
        let mut seen: BTreeSet<usize> = queue.iter().copied().collect();
        while let Some(item) = queue.pop() {
            let mentioned = self.items[item].kind.mentions().into_iter().filter_map(RustType::mentioned);
            queue.extend(mentioned.filter(|next| seen.insert(*next)));
        }
        seen
    }

    /// What holds a type of the user's, which may read more than the schema accepts, asks the plan.
    fn refine_what_holds_unchecked(&mut self) {
        let is_unchecked: Vec<bool> = (0..self.items.len()).map(|item| self.is_unchecked(item)).collect();
        let holds =
            |of: &RustType| of.is_unchecked() || of.mentioned().is_some_and(|item| is_unchecked[item]);
        for item in &mut self.items {
            item.is_refined |= item.kind.mentions().into_iter().any(holds);
        }
    }

    fn is_unchecked(&self, item: usize) -> bool {
        let mut item = item;
        for _ in 0..self.items.len() {
            match &self.items[item].kind {
                ItemKind::Replaced(_) => return true,
                ItemKind::Alias(of) if of.is_unchecked() => return true,
                ItemKind::Alias(of) => match of.mentioned() {
                    Some(next) => item = next,
                    None => return false,
                },
                _ => return false,
            }
        }
        false
    }

    /// Makes newtypes of the aliases that lead back to themselves, which Rust has no aliases for.
    pub fn break_circles_of_aliases(&mut self) {
        let leads_to = |item: &Item| match &item.kind {
            ItemKind::Alias(of) => of.mentioned().into_iter().collect(),
            _ => Vec::new(),
        };
        let direct: Vec<Vec<usize>> = self.items.iter().map(leads_to).collect();
        let circles = circles(&direct);
        for (index, item) in self.items.iter_mut().enumerate() {
            if let ItemKind::Alias(of) = &item.kind
                && direct[index].iter().any(|target| circles[*target] == circles[index])
            {
                item.kind = ItemKind::Newtype(of.clone());
            }
        }
    }

    fn box_recursion(&mut self) {
        let direct: Vec<Vec<usize>> = self.items.iter().map(|item| item.kind.contains()).collect();
        let circles = circles(&direct);
        for (index, item) in self.items.iter_mut().enumerate() {
            let is_circular =
                |of: &RustType| of.item().is_some_and(|target| circles[target] == circles[index]);
            match &mut item.kind {
                ItemKind::Record(record) => {
                    record.fields.iter_mut().for_each(|field| field.is_boxed = is_circular(&field.of));
                }
                ItemKind::Choice(choice) => {
                    choice.variants.iter_mut().for_each(|(_, part)| part.is_boxed = is_circular(&part.of));
                }
                ItemKind::Tuple(tuple) => {
                    tuple.items.iter_mut().for_each(|part| part.is_boxed = is_circular(&part.of));
                }
                _ => {}
            }
        }
    }
}

/// For each item the number of its circle: items that contain each other share one (Tarjan's strongly connected
/// components, with a stack of our own, since types may contain each other thousands deep).
fn circles(direct: &[Vec<usize>]) -> Vec<usize> {
    const UNSEEN: usize = usize::MAX;
    let n_items = direct.len();
    let (mut order, mut low, mut circle) = (vec![UNSEEN; n_items], vec![0; n_items], vec![UNSEEN; n_items]);
    let (mut open, mut n_seen) = (Vec::new(), 0);
    for start in 0..n_items {
        if order[start] != UNSEEN {
            continue;
        }
        let mut work = vec![(start, 0)];
        while let Some((item, next)) = work.pop() {
            if next == 0 {
                (order[item], low[item]) = (n_seen, n_seen);
                n_seen += 1;
                open.push(item);
            }
            let Some(&child) = direct[item].get(next) else {
                close(item, &order, &low, &mut open, &mut circle);
                if let Some((parent, _)) = work.last() {
                    low[*parent] = low[*parent].min(low[item]);
                }
                continue;
            };
            work.push((item, next + 1));
            if order[child] == UNSEEN {
                work.push((child, 0));
            } else if circle[child] == UNSEEN {
                low[item] = low[item].min(order[child]);
            }
        }
    }
    circle
}

/// Where `item` is the first of its circle, gives the number of it to all that are still open.
fn close(item: usize, order: &[usize], low: &[usize], open: &mut Vec<usize>, circle: &mut [usize]) {
    if low[item] != order[item] {
        return;
    }
    while let Some(member) = open.pop() {
        circle[member] = item;
        if member == item {
            break;
        }
    }
}

impl ItemKind {
    /// The items that a value of this one holds without a pointer between.
    fn contains(&self) -> Vec<usize> {
        match self {
            Self::Record(record) => record.fields.iter().filter_map(|field| field.of.item()).collect(),
            Self::Choice(choice) => choice.variants.iter().filter_map(|(_, part)| part.of.item()).collect(),
            Self::Tuple(tuple) => tuple.items.iter().filter_map(|part| part.of.item()).collect(),
            Self::Newtype(of) | Self::Alias(of) => of.item().into_iter().collect(),
            Self::Strings(_) | Self::Scalars(_) | Self::Constant(_) | Self::Replaced(_) => Vec::new(),
        }
    }

    /// The types in it.
    fn mentions(&self) -> Vec<&RustType> {
        match self {
            Self::Record(record) => {
                let rest = record.rest.iter().map(|rest| &rest.of);
                record.fields.iter().map(|field| &field.of).chain(rest).collect()
            }
            Self::Choice(choice) => choice.variants.iter().map(|(_, part)| &part.of).collect(),
            Self::Tuple(tuple) => tuple.items.iter().map(|part| &part.of).chain(&tuple.rest).collect(),
            Self::Newtype(of) | Self::Alias(of) => vec![of],
            Self::Strings(_) | Self::Scalars(_) | Self::Constant(_) | Self::Replaced(_) => Vec::new(),
        }
    }
}

impl RustType {
    /// The item in it, behind pointers or not.
    fn mentioned(&self) -> Option<usize> {
        match self {
            Self::Item(index) => Some(*index),
            Self::Nullable(of) | Self::Array(of) | Self::Map(of) => of.mentioned(),
            _ => None,
        }
    }

    /// Whether it is a type of the user's that may read more than the schema accepts.
    fn is_unchecked(&self) -> bool {
        match self {
            Self::Path(_, is_exact) => !is_exact,
            Self::Nullable(of) | Self::Array(of) | Self::Map(of) => of.is_unchecked(),
            _ => false,
        }
    }

    /// The item that a value of this type holds without a pointer between.
    pub fn item(&self) -> Option<usize> {
        match self {
            Self::Item(index) => Some(*index),
            Self::Nullable(of) => of.item(),
            _ => None,
        }
    }
}
