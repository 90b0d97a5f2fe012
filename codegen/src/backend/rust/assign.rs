//! Assigns a Rust type to what holds together: makes an item of it where it needs one, and names the items.
//!
//! Items wait in a queue until they are filled, so that types may contain each other as deep as they like.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde_json::Value;

use super::ident::{RESERVED_TYPES, field_name, type_name};
use super::types::{
    Choice, Item, ItemKind, Part, Record, RecordField, RecordRest, RustType, Selector, Table, Tuple,
};
use crate::config::{RustOptions, TypeOptions};
use crate::model::{Docs, EventIdx, JsonType, SchemaIdx, Schemas, TypeSet};
use crate::names::Names;
use crate::pointer::unescaped_token;
use crate::shape::{self, Form, ObjectShape, Rest, Shape, Together};

/// How many types without a name may stand inside each other: a document may chain thousands.
const MAX_NAMELESS: usize = 16;

/// What an item is called, once all are known.
#[derive(Debug, Clone)]
enum Wish {
    /// The name of an entry point.
    Root(String),
    /// The name of a definition, or of a file of its own.
    Own(String),
    /// The name of the item it stands in, followed by this.
    Inside(usize, String),
}

/// The types assigned so far.
pub struct Assignment<'s> {
    schemas: &'s Schemas,
    options: &'s RustOptions,
    table: Table,
    wishes: Vec<Wish>,
    known: BTreeMap<Together, RustType>,
    queue: VecDeque<(usize, Shape)>,
    /// What is being looked at and may lead back to itself.
    under_way: BTreeSet<Together>,
}

impl<'s> Assignment<'s> {
    /// Nothing is assigned yet.
    pub fn new(schemas: &'s Schemas, options: &'s RustOptions) -> Self {
        Self {
            schemas,
            options,
            table: Table::default(),
            wishes: Vec::new(),
            known: BTreeMap::new(),
            queue: VecDeque::new(),
            under_way: BTreeSet::new(),
        }
    }

    /// An entry point: always an item, so that it has a name and functions of its own.
    pub fn root(&mut self, together: &Together, name: &str) -> RustType {
        let wish = Wish::Root(type_name(name));
        let of = self.known.get(together).cloned().unwrap_or_else(|| self.named(together, wish.clone()));
        if let RustType::Item(index) = of {
            let item = &mut self.table.items[index];
            if let ItemKind::Alias(of) = &item.kind {
                item.kind = ItemKind::Newtype(of.clone());
            }
            if self.table.roots.insert(index) {
                self.wishes[index] = wish;
            }
            return of;
        }
        let kind = match of {
            RustType::Unit => ItemKind::Constant(Value::Null),
            of => ItemKind::Newtype(of),
        };
        let inner = of_nullable(&kind);
        let index = self.reserve(together, wish, kind, false);
        if let Some(inner) = inner.filter(|inner| matches!(self.wishes[*inner], Wish::Root(_))) {
            self.wishes[inner] = Wish::Inside(index, "Value".to_owned());
        }
        self.table.roots.insert(index);
        RustType::Item(index)
    }

    /// The payload type of an event.
    pub fn payload(&mut self, event: EventIdx, of: RustType) {
        self.table.payloads.insert(event, of);
    }

    /// Fills the items that wait, and names all.
    pub fn finish(mut self) -> Table {
        while let Some((index, shape)) = self.queue.pop_front() {
            self.table.items[index].kind = self.kind(index, shape);
        }
        self.table.break_circles_of_aliases();
        self.name_all();
        if !self.options.types.is_empty() {
            self.choose();
            self.name_all();
        }
        self.table
    }

    /// Names all items: entry points first, then definitions, then what stands inside them.
    fn name_all(&mut self) {
        let mut names = Names::with_reserved(RESERVED_TYPES);
        for round in 0..3 {
            for (index, wish) in self.wishes.iter().enumerate() {
                let name = match (round, wish) {
                    (0, Wish::Root(name)) | (1, Wish::Own(name)) => name.clone(),
                    (2, Wish::Inside(parent, name)) => format!("{}{name}", self.table.items[*parent].name),
                    _ => continue,
                };
                self.table.items[index].name = names.claim(name);
            }
        }
    }

    /// Gives each item what is chosen about it.
    fn choose(&mut self) {
        for (item, wish) in self.table.items.iter_mut().zip(&mut self.wishes) {
            let place = item.together.single().map(|schema| self.schemas[schema].location.uri.as_str());
            let keys = [Some(item.name.as_str()), place];
            let Some(chosen) = keys.into_iter().flatten().find_map(|key| self.options.types.get(key)) else {
                continue;
            };
            if let Some(name) = &chosen.name {
                *wish = Wish::Root(name.clone());
            }
            if let Some(path) = &chosen.replace {
                item.kind = ItemKind::Replaced(path.clone());
            }
            item.chosen = chosen.clone();
        }
    }

    /// The type of what stands under `property` of the item `parent`.
    fn member(&mut self, together: &Together, parent: usize, property: &str) -> RustType {
        if let Some(known) = self.known.get(together) {
            return known.clone();
        }
        let own = self.own_name(together).map(Wish::Own);
        self.named(together, own.unwrap_or_else(|| Wish::Inside(parent, type_name(property))))
    }

    /// The name of a definition, or of a file of its own.
    fn own_name(&self, together: &Together) -> Option<String> {
        let schema = &self.schemas[together.single()?];
        let mut tokens = schema.location.pointer().rsplit('/');
        match (tokens.next(), tokens.next()) {
            (Some(name), Some("$defs" | "definitions" | "schemas")) => {
                Some(type_name(&unescaped_token(name)))
            }
            (Some(""), None) => {
                let stem =
                    schema.location.document().rsplit('/').next().and_then(|file| file.split('.').next());
                schema.docs.title.as_deref().or(stem).map(type_name)
            }
            _ => None,
        }
    }

    /// The type of `together`, called by `wish` if it becomes an item.
    fn named(&mut self, together: &Together, wish: Wish) -> RustType {
        let Form { shape, is_refined } = together.form(self.schemas);
        let is_circular = !self.under_way.insert(together.clone());
        let of = match shape {
            // What is null and what is not are two types, unless a rule speaks about both.
            Shape::Nullable(shape) if !is_refined => {
                let form = Form { shape: *shape, is_refined };
                let of = self.of_form(&together.clone().without_null(), wish, form, is_circular);
                RustType::Nullable(Box::new(of))
            }
            shape => self.of_form(together, wish, Form { shape, is_refined }, is_circular),
        };
        self.under_way.remove(together);
        self.known.entry(together.clone()).or_insert(of).clone()
    }

    fn reserve(&mut self, together: &Together, wish: Wish, kind: ItemKind, is_refined: bool) -> usize {
        let together = together.clone();
        let item = Item { name: String::new(), together, kind, is_refined, chosen: TypeOptions::default() };
        self.table.items.push(item);
        self.wishes.push(wish);
        self.table.items.len() - 1
    }

    fn of_form(&mut self, together: &Together, wish: Wish, form: Form, is_circular: bool) -> RustType {
        match wish {
            Wish::Inside(parent, name)
                if !form.is_refined
                    && !is_circular
                    && !needs_a_name(&form.shape)
                    && self.under_way.len() <= MAX_NAMELESS =>
            {
                self.inline(&form.shape, parent, &name)
            }
            wish => {
                let index = self.reserve(together, wish, ItemKind::Newtype(RustType::Value), form.is_refined);
                self.queue.push_back((index, form.shape));
                if is_circular {
                    self.known.insert(together.clone(), RustType::Item(index));
                }
                RustType::Item(index)
            }
        }
    }

    /// The type of a shape that needs no item of its own.
    fn inline(&mut self, shape: &Shape, parent: usize, name: &str) -> RustType {
        match shape {
            Shape::Null => RustType::Unit,
            Shape::Boolean => RustType::Bool,
            Shape::Integer { min: None, max: None } => {
                self.scalar("integer", true).unwrap_or(RustType::Integer)
            }
            Shape::Integer { min, max } => integer(*min, *max),
            Shape::Number => self.scalar("number", true).unwrap_or(RustType::Number),
            Shape::Text { format: None } => RustType::Text,
            Shape::Text { format: Some(format) } => {
                self.scalar(format.name(), false).unwrap_or(RustType::Format(*format))
            }
            Shape::Array { items } => {
                let item = |items| self.member(items, parent, &format!("{name} item"));
                RustType::Array(Box::new(items.as_ref().map_or(RustType::Value, item)))
            }
            Shape::Object(ObjectShape { rest: Rest::Typed(of), .. }) => {
                RustType::Map(Box::new(self.member(of, parent, &format!("{name} value"))))
            }
            Shape::Object(_) => RustType::AnyMap,
            Shape::OrNull(of) => nullable(self.member(of, parent, name)),
            Shape::Nullable(shape) => nullable(self.inline(shape, parent, name)),
            _ => RustType::Value,
        }
    }

    /// The type that is chosen for a scalar. Those of the runtime's features are exact.
    fn scalar(&self, name: &str, is_exact: bool) -> Option<RustType> {
        const EXACT: [&str; 3] = ["uuid::Uuid", "jiff::Timestamp", "jiff::civil::Date"];
        let path = self.options.scalars.get(name)?;
        let is_exact = is_exact || EXACT.contains(&path.trim_start_matches("::"));
        Some(RustType::Path(path.clone(), is_exact))
    }

    /// What an item of that shape is.
    fn kind(&mut self, index: usize, shape: Shape) -> ItemKind {
        match shape {
            Shape::Constant(value) => constant(value),
            Shape::Strings(strings) => ItemKind::Strings(variants(&strings)),
            Shape::Scalars(values) => ItemKind::Scalars(scalars(values)),
            Shape::Tuple(tuple) => ItemKind::Tuple(self.tuple(&tuple, index)),
            Shape::Object(object) if !is_map(&object) || self.is_record(index, &object) => {
                ItemKind::Record(self.record(&object, index))
            }
            Shape::Union { branches, dispatch } => {
                let tag = |branch: usize| {
                    let arm = dispatch.arms.iter().find(|(_, arm)| *arm == branch);
                    arm.map_or("other", |(tag, _)| tag).to_owned()
                };
                let names = (0..branches.len()).map(tag).collect();
                let variants = self.variants(&branches, names, index);
                ItemKind::Choice(Choice {
                    variants,
                    by: Selector::Property(dispatch.property, dispatch.arms),
                })
            }
            Shape::ByType(branches) => {
                let (types, branches): (Vec<_>, Vec<_>) = branches.into_iter().unzip();
                let names =
                    branches.iter().zip(&types).map(|(it, types)| self.variant_name(it, *types)).collect();
                let variants = self.variants(&branches, names, index);
                ItemKind::Choice(Choice { variants, by: Selector::Type(types) })
            }
            Shape::FirstOf { branches, is_exclusive } => {
                let names = branches.iter().map(|it| self.variant_name(it, it.types(self.schemas))).collect();
                let variants = self.variants(&branches, names, index);
                ItemKind::Choice(Choice { variants, by: Selector::Trial(branches, is_exclusive) })
            }
            shape => self.plain(index, &shape),
        }
    }

    /// A newtype, or another name for a type that needs no check.
    fn plain(&mut self, index: usize, shape: &Shape) -> ItemKind {
        let of = self.inline(shape, index, "");
        let is_unchecked = !self.table.items[index].is_refined && !self.table.roots.contains(&index);
        match of {
            RustType::Unit if !is_unchecked => ItemKind::Constant(Value::Null),
            of if is_unchecked => ItemKind::Alias(of),
            of => ItemKind::Newtype(of),
        }
    }

    /// A definition that only says that it is an object is a struct all the same: it may grow members.
    fn is_record(&self, index: usize, object: &ObjectShape) -> bool {
        object.rest == Rest::Open && !matches!(self.wishes[index], Wish::Inside(..))
    }

    fn record(&mut self, object: &ObjectShape, index: usize) -> Record {
        let mut record = Record::default();
        let mut names = Names::default();
        for field in &object.fields {
            let form = field.schema.form(self.schemas);
            if let (true, Form { shape: Shape::Constant(value), is_refined: false }) =
                (field.is_required, form)
            {
                record.constants.push((field.name.clone(), value));
                continue;
            }
            record.fields.push(RecordField {
                name: names.claim(field_name(&field.name)),
                key: field.name.clone(),
                of: self.member(&field.schema, index, &field.name),
                is_optional: !field.is_required,
                is_boxed: false,
                docs: self.field_docs(field),
            });
        }
        let (of, pattern) = match &object.rest {
            Rest::Closed => return record,
            Rest::Open => (RustType::AnyMap, None),
            Rest::Typed(of) => (self.map(of, index), None),
            Rest::Matching(pattern, of) => (self.map(of, index), Some(pattern.clone())),
        };
        record.rest = Some(RecordRest { name: names.claim("extra".to_owned()), of, pattern });
        record
    }

    /// What is written where the member is declared; what is not, of what it refers to.
    fn field_docs(&self, field: &shape::Field) -> Docs {
        let (own, target) = (field.docs.clone(), field.schema.docs(self.schemas));
        let says_something = own.title.is_some() || own.description.is_some();
        let words = if says_something { own.clone() } else { target.clone() };
        Docs { deprecated: own.deprecated || target.deprecated, ..words }
    }

    fn map(&mut self, of: &Together, index: usize) -> RustType {
        match self.member(of, index, "extra") {
            RustType::Value => RustType::AnyMap,
            of => RustType::Map(Box::new(of)),
        }
    }

    fn tuple(&mut self, tuple: &shape::Tuple, index: usize) -> Tuple {
        let items = tuple.prefix.iter().enumerate();
        let items = items.map(|(position, of)| Part {
            of: self.member(of, index, &format!("item {position}")),
            is_boxed: false,
        });
        let items = items.collect();
        let rest = match &tuple.rest {
            Rest::Closed => None,
            Rest::Typed(of) => Some(self.member(of, index, "item")),
            _ => Some(RustType::Value),
        };
        Tuple { items, n_required: tuple.n_required, rest }
    }

    fn variants(&mut self, branches: &[Together], names: Vec<String>, index: usize) -> Vec<(String, Part)> {
        let mut claimed = Names::with_reserved(["Self"]);
        let variant = |(branch, name): (&Together, String)| {
            let part = Part { of: self.member(branch, index, &name), is_boxed: false };
            (claimed.claim(type_name(&name)), part)
        };
        branches.iter().zip(names).map(variant).collect()
    }

    /// What a branch without a tag is called: as its definition, its title, or the types of its instances.
    fn variant_name(&self, branch: &Together, types: TypeSet) -> String {
        let title = |schema: SchemaIdx| self.schemas[schema].docs.title.clone();
        let own = self.own_name(branch).or_else(|| branch.single().and_then(title));
        own.unwrap_or_else(|| types.iter().map(JsonType::name).collect::<Vec<_>>().join(" or "))
    }
}

/// Whether a type of that shape has variants or members, and so a name.
fn needs_a_name(shape: &Shape) -> bool {
    match shape {
        Shape::Nullable(shape) => needs_a_name(shape),
        Shape::Object(object) => !is_map(object),
        Shape::Constant(_)
        | Shape::Strings(_)
        | Shape::Scalars(_)
        | Shape::Tuple(_)
        | Shape::Union { .. }
        | Shape::ByType(_)
        | Shape::FirstOf { .. } => true,
        _ => false,
    }
}

fn is_map(object: &ObjectShape) -> bool {
    object.fields.is_empty() && matches!(object.rest, Rest::Open | Rest::Typed(_))
}

fn of_nullable(kind: &ItemKind) -> Option<usize> {
    match kind {
        ItemKind::Newtype(RustType::Nullable(of)) => of.item(),
        _ => None,
    }
}

fn nullable(of: RustType) -> RustType {
    match of {
        RustType::Nullable(_) | RustType::Unit | RustType::Value => of,
        of => RustType::Nullable(Box::new(of)),
    }
}

fn constant(value: Value) -> ItemKind {
    match value {
        Value::String(text) => ItemKind::Strings(variants(&[text])),
        value => ItemKind::Constant(value),
    }
}

fn variants(strings: &[String]) -> Vec<(String, String)> {
    let mut names = Names::with_reserved(["Self"]);
    strings.iter().map(|text| (names.claim(type_name(text)), text.clone())).collect()
}

fn scalars(values: Vec<Value>) -> Vec<(String, Value)> {
    let mut names = Names::with_reserved(["Self"]);
    let name = |value: &Value| match value {
        Value::String(text) => type_name(text),
        value => type_name(&value.to_string().replace('-', "minus ").replace('.', " point ")),
    };
    values.into_iter().map(|value| (names.claim(name(&value)), value)).collect()
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
    if min.or(max).is_none() {
        return RustType::Integer;
    }
    // The runtime takes the extremes of its bounds for none.
    let (min, max) = (min.unwrap_or(i128::MIN), max.unwrap_or(i128::MAX));
    let holds = |(_, low, high): &&(&str, i128, i128)| *low <= min && max <= *high;
    match MACHINE.iter().find(holds) {
        Some((name, low, high)) if (*low, *high) == (min, max) => RustType::Machine(name),
        Some((name, ..)) => RustType::Ranged(name, min, max),
        None => RustType::Ranged("Integer", min, max),
    }
}
