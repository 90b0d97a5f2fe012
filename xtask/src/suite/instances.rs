//! Instances near what a schema and its cases speak of.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::strategy::Union;
use proptest::string::string_regex;
use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};
use serde_json::{Map, Value, json};

/// How floats are written: `100.0`, `1e2`, or `100`.
#[derive(Debug, Clone, Copy)]
enum Notation {
    Plain,
    Exponent,
    Digits,
}

impl Notation {
    fn text(self, value: &Value) -> String {
        let mut bytes = Vec::new();
        let written = value.serialize(&mut Serializer::with_formatter(&mut bytes, self));
        // A vector takes any bytes.
        written.map_or_else(|_| value.to_string(), |()| String::from_utf8_lossy(&bytes).into_owned())
    }
}

impl Formatter for Notation {
    fn write_f64<W: ?Sized + std::io::Write>(&mut self, writer: &mut W, number: f64) -> std::io::Result<()> {
        match self {
            Self::Plain => write!(writer, "{number:?}"),
            Self::Exponent => write!(writer, "{number:e}"),
            Self::Digits => write!(writer, "{number}"),
        }
    }
}

/// JSON texts near `examples`, and free ones; of the words, numbers and patterns of `schema`.
pub fn instances(schema: &Value, examples: &[Value]) -> impl Strategy<Value = String> + use<> {
    let mut pool = Pool::default();
    pool.take(schema);
    examples.iter().for_each(|example| pool.take(example));
    let (part, name) = (pool.part(), pool.name());
    let free = part.prop_recursive(3, 12, 4, {
        let name = name.clone();
        move |part| {
            let member = (name.clone(), part.clone());
            prop_oneof![
                prop::collection::vec(part, 0..5).prop_map(Value::from),
                prop::collection::vec(member, 0..5).prop_map(|members| Map::from_iter(members).into()),
            ]
        }
    });
    let free = free.boxed();
    let near = match examples {
        [] => free.clone(),
        examples => near(examples.to_vec(), free.clone(), name).boxed(),
    };
    let notation = select(&[Notation::Plain, Notation::Plain, Notation::Exponent, Notation::Digits][..]);
    let value = prop_oneof![3 => near, 1 => free];
    (value, notation).prop_map(|(value, notation)| notation.text(&value))
}

/// What occurs in a schema and its cases.
#[derive(Default)]
struct Pool {
    names: Vec<String>,
    texts: Vec<String>,
    numbers: Vec<f64>,
    parts: Vec<Value>,
}

impl Pool {
    fn take(&mut self, value: &Value) {
        /// A schema may hold a whole metaschema.
        const ENOUGH: usize = 400;
        if self.parts.len() > ENOUGH {
            return;
        }
        match value {
            Value::Number(number) => self.numbers.extend(number.as_f64()),
            Value::String(text) => {
                self.texts.push(text.clone());
                self.names.push(text.clone());
            }
            Value::Array(items) => items.iter().for_each(|item| self.take(item)),
            Value::Object(members) => members.iter().for_each(|(name, member)| {
                self.names.push(name.clone());
                self.texts.push(name.clone());
                self.take(member);
            }),
            Value::Null | Value::Bool(_) => {}
        }
        self.parts.push(value.clone());
    }

    fn name(&self) -> BoxedStrategy<String> {
        let usual = ["a", "b", "extra", "", "x/y~z", "__proto__", "é😀"].map(str::to_owned);
        let known = select([self.names.clone(), usual.into()].concat());
        let patterned = self.patterned();
        prop_oneof![6 => known, 1 => "[a-z_.-]{1,3}", 1 => patterned].boxed()
    }

    /// A value as it occurs, or a scalar like one.
    fn part(&self) -> BoxedStrategy<Value> {
        let mutated = (select([self.texts.clone(), vec!["a".to_owned()]].concat()), any::<Index>(), edit());
        let mutated = mutated.prop_map(|(text, place, edit)| edited(&text, place, edit));
        let scalars = select(self.scalars());
        let parts = select([self.parts.clone(), vec![Value::Null]].concat());
        prop_oneof![
            6 => scalars,
            4 => parts,
            3 => mutated.prop_map(Value::from),
            2 => self.patterned().prop_map(Value::from),
            1 => "[ -~é😀]{0,6}".prop_map(Value::from),
            1 => any::<i64>().prop_map(Value::from),
            1 => (-1e9..1e9).prop_map(Value::from),
        ]
        .boxed()
    }

    /// Texts that match something that may be a pattern.
    fn patterned(&self) -> BoxedStrategy<String> {
        let is_pattern = |text: &&String| text.contains(['^', '$', '*', '+', '\\', '[', '|']);
        let patterns = self.texts.iter().filter(is_pattern).filter_map(|text| string_regex(text).ok());
        let patterns: Vec<_> = patterns.map(Strategy::boxed).collect();
        if patterns.is_empty() { "[a-c]{1,2}".boxed() } else { Union::new(patterns).boxed() }
    }

    fn scalars(&self) -> Vec<Value> {
        let near = |number: &f64| [-1.0, -0.5, 0.0, 0.5, 1.0].map(|step| number + step);
        let limits: Vec<f64> = self.numbers.iter().flat_map(near).collect();
        let usual =
            [json!(null), json!(true), json!(false), json!(0), json!(1), json!(-1), json!(""), json!("a")];
        let numbers =
            [json!(1.0), json!(1e2), json!(-0.0), json!(0.1), json!(1e20), json!(1e-7), json!(1e300)];
        let integers =
            [json!(u64::MAX), json!(i64::MIN), json!(9_007_199_254_740_993_u64), json!([]), json!({})];
        let integer =
            |limit: &f64| (limit.fract() == 0.0 && limit.abs() < 1e15).then(|| json!(*limit as i64));
        let lengths = limits.iter().filter(|limit| limit.fract() == 0.0 && (0.0..=24.0).contains(*limit));
        let texts = lengths.flat_map(|length| ["x", "😀"].map(|text| json!(text.repeat(*length as usize))));
        let values = limits.iter().filter_map(integer).chain(limits.iter().map(|limit| json!(limit)));
        values.chain(texts).chain(usual).chain(numbers).chain(integers).collect()
    }
}

/// How a text is changed at a place.
#[derive(Debug, Clone, Copy)]
enum Edit {
    Remove,
    Insert(char),
    Replace(char),
}

fn edit() -> impl Strategy<Value = Edit> {
    let character =
        || select("aZ09.-+:/@% _~#?[]{}\\\"\n\u{e9}\u{0661}\u{1f600}".chars().collect::<Vec<_>>());
    prop_oneof![Just(Edit::Remove), character().prop_map(Edit::Insert), character().prop_map(Edit::Replace)]
}

fn edited(text: &str, place: Index, edit: Edit) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    let idx = place.index(characters.len() + 1);
    match edit {
        Edit::Insert(new) => characters.insert(idx, new),
        Edit::Replace(new) => characters.get_mut(idx).into_iter().for_each(|old| *old = new),
        Edit::Remove if idx < characters.len() => drop(characters.remove(idx)),
        Edit::Remove => {}
    }
    characters.into_iter().collect()
}

/// One change of an instance, at a value in it.
#[derive(Debug, Clone)]
enum Change {
    Replace(Value),
    /// Puts it into an array, or an object.
    Wrap(Option<String>),
    /// Adds a member or an item.
    Add(String, Value),
    Remove(Index),
    Rename(Index, String),
    /// Has an item twice.
    Double(Index),
}

/// Up to three changes of an example.
fn near(
    examples: Vec<Value>,
    part: BoxedStrategy<Value>,
    name: BoxedStrategy<String>,
) -> impl Strategy<Value = Value> {
    let change = prop_oneof![
        4 => part.clone().prop_map(Change::Replace),
        1 => prop::option::of(name.clone()).prop_map(Change::Wrap),
        3 => (name.clone(), part).prop_map(|(name, value)| Change::Add(name, value)),
        2 => any::<Index>().prop_map(Change::Remove),
        2 => (any::<Index>(), name).prop_map(|(member, name)| Change::Rename(member, name)),
        1 => any::<Index>().prop_map(Change::Double),
    ];
    let changes = prop::collection::vec((any::<Index>(), change), 0..4);
    (select(examples), changes).prop_map(|(mut value, changes)| {
        for (place, change) in changes {
            let mut to_go = place.index(n_values(&value));
            if let Some(target) = find(&mut value, &mut to_go) {
                apply(target, change);
            }
        }
        value
    })
}

/// How many values a value holds, itself included.
fn n_values(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(n_values).sum(),
        Value::Object(members) => members.values().map(n_values).sum(),
        _ => 0,
    }
}

/// The value that has `to_go` others before it.
fn find<'v>(value: &'v mut Value, to_go: &mut usize) -> Option<&'v mut Value> {
    if *to_go == 0 {
        return Some(value);
    }
    *to_go -= 1;
    match value {
        Value::Array(items) => items.iter_mut().find_map(|item| find(item, to_go)),
        Value::Object(members) => members.values_mut().find_map(|member| find(member, to_go)),
        _ => None,
    }
}

fn apply(target: &mut Value, change: Change) {
    match (target, change) {
        (target, Change::Replace(new)) => *target = new,
        (target, Change::Wrap(None)) => *target = json!([target.take()]),
        (target, Change::Wrap(Some(name))) => *target = json!({ name: target.take() }),
        (Value::Object(members), Change::Add(name, value)) => drop(members.insert(name, value)),
        (Value::Array(items), Change::Add(_, value)) => items.push(value),
        (Value::Object(members), Change::Remove(member)) => {
            drop(name_at(members, member).map(|name| members.remove(&name)));
        }
        (Value::Object(members), Change::Rename(member, new)) => {
            let old = name_at(members, member).and_then(|name| members.remove(&name));
            members.extend(old.map(|value| (new, value)));
        }
        (Value::Array(items), Change::Remove(item)) if !items.is_empty() => {
            drop(items.remove(item.index(items.len())));
        }
        (Value::Array(items), Change::Double(item)) if !items.is_empty() => {
            items.push(item.get(items).clone());
        }
        _ => {}
    }
}

fn name_at(members: &Map<String, Value>, member: Index) -> Option<String> {
    let names: Vec<&String> = members.keys().collect();
    (!names.is_empty()).then(|| (*member.get(&names)).clone())
}
