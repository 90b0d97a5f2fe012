//! Schemas and instances that are JSON for sure and plausible for the most part.

use arbitrary::{Result, Unstructured};
use serde_json::{Map, Value, json};

/// How deep schemas and instances nest.
const MAX_DEPTH: usize = 6;

/// What the value of a keyword is made of.
#[derive(Clone, Copy)]
enum Kind {
    Schema,
    Schemas,
    Properties,
    Patterns,
    Definitions,
    Count,
    Number,
    Flag,
    Types,
    Values,
    Value,
    Names,
    NamesByName,
    Dependencies,
    OneOf(&'static [&'static str]),
}

/// Names of members: few, so that they meet; some are hard to print.
const NAMES: [&str; 12] =
    ["a", "b", "c", "kind", "", "type", "a b", "a/b~", "\"\\\n*/", "self", "É😀", "__proto__"];
const PATTERNS: [&str; 6] = ["^a", "b$", "^(a|b|c)$", "^.$", "\\d+", "^[^a]*$"];
const ANCHORS: &[&str] = &["x", "y", "a"];
const FORMATS: &[&str] =
    &["date-time", "date", "uuid", "uri", "ipv4", "email", "regex", "json-pointer", "unknown"];
const IDS: &[&str] =
    &["https://example.org/a", "https://example.org/dir/b", "b", "dir/", "other.json", "urn:a:b"];
const REFERENCES: &[&str] = &[
    "#",
    "#/$defs/a",
    "#/$defs/b",
    "#/$defs/c",
    "#/properties/a",
    "#/properties/b",
    "#/items",
    "#/allOf/0",
    "#/anyOf/1",
    "#x",
    "#y",
    "b",
    "https://example.org/a",
    "https://example.org/dir/b#x",
    "other.json",
    "other.json#/$defs/a",
    "other.json#x",
    "#/$defs/missing",
];
const TEXTS: &[&str] = &["", "A title", "*/ }\u{202e} \"#\" ``` <b>\r\n# Errors", "type", "Root"];
const DIALECTS: &[&str] = &[
    "https://json-schema.org/draft/2020-12/schema",
    "https://json-schema.org/draft/2019-09/schema",
    "http://json-schema.org/draft-07/schema#",
    "http://json-schema.org/draft-06/schema#",
    "http://json-schema.org/draft-04/schema#",
];

const KEYWORDS: [(&str, Kind); 54] = [
    ("type", Kind::Types),
    ("properties", Kind::Properties),
    ("required", Kind::Names),
    ("$ref", Kind::OneOf(REFERENCES)),
    ("oneOf", Kind::Schemas),
    ("anyOf", Kind::Schemas),
    ("allOf", Kind::Schemas),
    ("not", Kind::Schema),
    ("if", Kind::Schema),
    ("then", Kind::Schema),
    ("else", Kind::Schema),
    ("enum", Kind::Values),
    ("const", Kind::Value),
    ("items", Kind::Schema),
    ("prefixItems", Kind::Schemas),
    ("contains", Kind::Schema),
    ("minContains", Kind::Count),
    ("maxContains", Kind::Count),
    ("minItems", Kind::Count),
    ("maxItems", Kind::Count),
    ("uniqueItems", Kind::Flag),
    ("unevaluatedItems", Kind::Schema),
    ("additionalProperties", Kind::Schema),
    ("patternProperties", Kind::Patterns),
    ("propertyNames", Kind::Schema),
    ("minProperties", Kind::Count),
    ("maxProperties", Kind::Count),
    ("unevaluatedProperties", Kind::Schema),
    ("dependentRequired", Kind::NamesByName),
    ("dependentSchemas", Kind::Properties),
    ("minimum", Kind::Number),
    ("maximum", Kind::Number),
    ("exclusiveMinimum", Kind::Number),
    ("exclusiveMaximum", Kind::Number),
    ("multipleOf", Kind::Number),
    ("minLength", Kind::Count),
    ("maxLength", Kind::Count),
    ("pattern", Kind::OneOf(&PATTERNS)),
    ("format", Kind::OneOf(FORMATS)),
    ("$defs", Kind::Definitions),
    ("$anchor", Kind::OneOf(ANCHORS)),
    ("$dynamicAnchor", Kind::OneOf(ANCHORS)),
    ("$dynamicRef", Kind::OneOf(REFERENCES)),
    ("$id", Kind::OneOf(IDS)),
    ("title", Kind::OneOf(TEXTS)),
    ("description", Kind::OneOf(TEXTS)),
    ("default", Kind::Value),
    ("examples", Kind::Values),
    ("deprecated", Kind::Flag),
    // Of older dialects.
    ("definitions", Kind::Definitions),
    ("dependencies", Kind::Dependencies),
    ("additionalItems", Kind::Schema),
    ("$recursiveRef", Kind::OneOf(&["#"])),
    ("$recursiveAnchor", Kind::Flag),
];

/// Makes documents of bytes. When the bytes are used up, what is left to make is as small as can be.
pub struct Generator<'b> {
    bytes: Unstructured<'b>,
    /// Whether keywords may have values that they can't have.
    is_faulty: bool,
}

impl<'b> Generator<'b> {
    /// All values are of the kind that their keyword asks for.
    pub fn sound(bytes: &'b [u8]) -> Self {
        Self { bytes: Unstructured::new(bytes), is_faulty: false }
    }

    /// Some values are not.
    pub fn faulty(bytes: &'b [u8]) -> Self {
        Self { is_faulty: true, ..Self::sound(bytes) }
    }

    /// A schema that may name its dialect.
    ///
    /// # Errors
    /// Never: bytes that are used up read as zeros.
    pub fn document(&mut self) -> Result<Value> {
        let mut document = self.schema(MAX_DEPTH)?;
        if let Value::Object(members) = &mut document
            && self.bytes.ratio(1, 4)?
        {
            members.insert("$schema".into(), (*self.bytes.choose(DIALECTS)?).into());
        }
        Ok(document)
    }

    /// Any JSON value.
    ///
    /// # Errors
    /// As for [`Self::document`].
    pub fn instance(&mut self) -> Result<Value> {
        self.value(MAX_DEPTH)
    }

    fn schema(&mut self, depth: usize) -> Result<Value> {
        if depth == 0 || self.bytes.is_empty() {
            return Ok(Value::Bool(self.bytes.ratio(3, 4)?));
        }
        let mut members = Map::new();
        for _ in 0..self.bytes.int_in_range(0..=5)? {
            let (name, kind) = *self.bytes.choose(&KEYWORDS)?;
            members.insert(name.into(), self.keyword(kind, depth - 1)?);
        }
        Ok(members.into())
    }

    fn keyword(&mut self, kind: Kind, depth: usize) -> Result<Value> {
        if self.is_faulty && self.bytes.ratio(1, 40)? {
            return self.value(2);
        }
        Ok(match kind {
            Kind::Schema => self.schema(depth)?,
            Kind::Schemas => self.list(1, |it| it.schema(depth))?,
            Kind::Properties => self.map(&NAMES, |it| it.schema(depth))?,
            Kind::Patterns => self.map(&PATTERNS, |it| it.schema(depth))?,
            Kind::Definitions => self.map(&NAMES[..4], |it| it.schema(depth))?,
            Kind::Count => self.bytes.int_in_range(0..=4_u8)?.into(),
            Kind::Number => self.number()?,
            Kind::Flag => self.bytes.arbitrary::<bool>()?.into(),
            Kind::Types => self.types()?,
            Kind::Values => self.list(1, |it| it.value(2))?,
            Kind::Value => self.value(2)?,
            Kind::Names => self.names()?,
            Kind::NamesByName => self.map(&NAMES, Self::names)?,
            Kind::Dependencies => self.map(&NAMES, |it| match it.bytes.arbitrary()? {
                true => it.names(),
                false => it.schema(depth),
            })?,
            Kind::OneOf(choices) => (*self.bytes.choose(choices)?).into(),
        })
    }

    fn list(&mut self, n_min: usize, item: impl Fn(&mut Self) -> Result<Value>) -> Result<Value> {
        let n_items = self.bytes.int_in_range(n_min..=3)?;
        (0..n_items).map(|_| item(self)).collect::<Result<Vec<_>>>().map(Value::Array)
    }

    fn map(&mut self, names: &[&str], value: impl Fn(&mut Self) -> Result<Value>) -> Result<Value> {
        let n_members = self.bytes.int_in_range(0..=3)?;
        let member = |it: &mut Self| Ok(((*it.bytes.choose(names)?).to_owned(), value(it)?));
        (0..n_members).map(|_| member(self)).collect::<Result<Map<_, _>>>().map(Value::Object)
    }

    fn names(&mut self) -> Result<Value> {
        self.distinct(&NAMES)
    }

    fn types(&mut self) -> Result<Value> {
        const TYPES: [&str; 7] = ["object", "string", "integer", "number", "array", "boolean", "null"];
        if self.bytes.ratio(3, 4)? {
            return Ok((*self.bytes.choose(&TYPES)?).into());
        }
        self.distinct(&TYPES)
    }

    /// Some of `choices`, each once, at least one.
    fn distinct(&mut self, choices: &[&str]) -> Result<Value> {
        let mut chosen = vec![*self.bytes.choose(choices)?];
        for _ in 0..self.bytes.int_in_range(0..=2)? {
            let next = *self.bytes.choose(choices)?;
            if !chosen.contains(&next) {
                chosen.push(next);
            }
        }
        Ok(json!(chosen))
    }

    fn value(&mut self, depth: usize) -> Result<Value> {
        let n_kinds = if depth == 0 { 3 } else { 5 };
        Ok(match self.bytes.int_in_range(0..=n_kinds)? {
            0 => Value::Null,
            1 => self.bytes.arbitrary::<bool>()?.into(),
            2 => self.number()?,
            3 => self.text()?.into(),
            4 => self.list(0, |it| it.value(depth - 1))?,
            _ => self.map(&NAMES, |it| it.value(depth - 1))?,
        })
    }

    fn text(&mut self) -> Result<&'b str> {
        match self.bytes.int_in_range(0..=3)? {
            0 => self.bytes.choose(&["a", "b", "ab", "10", "2025-11-13T09:21:05Z"]).copied(),
            1 | 2 => self.bytes.choose(&NAMES).copied(),
            _ => self.bytes.arbitrary(),
        }
    }

    fn number(&mut self) -> Result<Value> {
        Ok(match self.bytes.int_in_range(0..=3)? {
            0 => self.bytes.int_in_range(-1..=5_i8)?.into(),
            1 => self.bytes.choose(&[json!(0.5), json!(1.0), json!(1.5), json!(2.0), json!(-0.0)])?.clone(),
            2 => self
                .bytes
                .choose(&[json!(1e3), json!(0.01), json!(0.07), json!(u64::MAX), json!(i64::MIN)])?
                .clone(),
            _ => match self.is_faulty {
                true => json!(self.bytes.arbitrary::<f64>()?),
                false => self.bytes.arbitrary::<i16>()?.into(),
            },
        })
    }
}
