//! JSON Schema without dialects: what each subschema asserts, with references resolved to indices.

use std::fmt;
use std::ops::Index;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};
use serde_json::{Number, Value};

use crate::load::Position;

/// A subschema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SchemaIdx(pub(crate) u32);

/// All subschemas of a contract.
#[derive(Debug, Default)]
pub struct Schemas {
    pub(crate) all: Vec<Schema>,
    /// Of which types the instances of each are.
    pub(super) types: OnceLock<Vec<TypeSet>>,
}

impl Index<SchemaIdx> for Schemas {
    type Output = Schema;
    fn index(&self, index: SchemaIdx) -> &Schema {
        &self.all[index.0 as usize]
    }
}

impl Schemas {
    /// Every subschema with its index.
    pub fn iter(&self) -> impl Iterator<Item = (SchemaIdx, &Schema)> {
        (0..).map(SchemaIdx).zip(&self.all)
    }

    /// What `index` refers to, if a reference is all there is.
    pub fn referent(&self, index: SchemaIdx) -> Option<SchemaIdx> {
        match &self[index].body {
            SchemaBody::Constraints(constraints) => constraints.pure_reference(),
            SchemaBody::Always(_) => None,
        }
    }

    /// The schema that `index` stands for, once references without siblings are followed.
    pub fn follow(&self, index: SchemaIdx) -> SchemaIdx {
        // A circle of pure references is refused when it is checked; until then the bound ends it.
        let chain = std::iter::successors(Some(index), |index| self.referent(*index));
        chain.take(self.all.len()).last().unwrap_or(index)
    }

    /// These schemas, with what the subschema at `uri` asserts changed; under each dynamic environment that it has.
    #[must_use]
    pub fn changed(&self, uri: &str, change: impl Fn(&mut SchemaBody)) -> Self {
        let mut all = self.all.clone();
        let at_uri = all.iter_mut().filter(|schema| schema.location.uri == uri);
        at_uri.for_each(|schema| change(&mut schema.body));
        Self { all, types: OnceLock::new() }
    }
}

/// One subschema.
#[derive(Debug, Clone)]
pub struct Schema {
    /// Where it stands.
    pub location: Location,
    /// What it says to people.
    pub docs: Docs,
    /// What it asserts.
    pub body: SchemaBody,
}

/// Where a subschema stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Location {
    /// File relative to the folder of the first document, with a JSON Pointer: `events/a.json#/properties/b`.
    pub uri: String,
    /// The file as the user would write it.
    pub file: String,
    /// Line and column.
    pub position: Position,
}

impl Location {
    /// The JSON Pointer in the file.
    pub fn pointer(&self) -> &str {
        self.uri.split_once('#').map_or("", |(_, pointer)| pointer)
    }

    /// The file's part of the URI.
    pub fn document(&self) -> &str {
        self.uri.split_once('#').map_or(self.uri.as_str(), |(document, _)| document)
    }
}

/// Annotations (JSON Schema Validation, 9).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Docs {
    /// `title`
    pub title: Option<String>,
    /// `description`
    pub description: Option<String>,
    /// `examples`
    pub examples: Vec<Value>,
    /// `default`
    pub default: Option<Value>,
    /// `deprecated`
    pub deprecated: bool,
    /// `format`, where it asserts nothing.
    pub format: Option<Format>,
    /// `contentEncoding`
    pub encoding: Option<String>,
    /// `contentMediaType`
    pub media_type: Option<String>,
}

/// What a subschema asserts.
#[derive(Debug, Clone, PartialEq)]
pub enum SchemaBody {
    /// `true` or `false`.
    Always(bool),
    /// Everything else.
    Constraints(Box<Constraints>),
}

/// The assertions of a schema object; all of them hold for a valid instance.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Constraints {
    /// `type`
    pub types: Option<TypeSet>,
    /// `enum`
    pub enumeration: Option<Vec<Value>>,
    /// `const`
    pub constant: Option<Value>,
    /// Assertions on numbers.
    pub number: NumberRules,
    /// Assertions on strings.
    pub string: StringRules,
    /// Assertions on arrays.
    pub array: ArrayRules,
    /// Assertions on objects.
    pub object: ObjectRules,
    /// `$ref`
    pub reference: Option<SchemaIdx>,
    /// `allOf`
    pub all_of: Vec<SchemaIdx>,
    /// `anyOf`
    pub any_of: Vec<SchemaIdx>,
    /// `oneOf`
    pub one_of: Vec<SchemaIdx>,
    /// `not`
    pub not: Option<SchemaIdx>,
    /// `if`, `then`, `else`
    pub condition: Option<Condition>,
}

impl Constraints {
    /// The target, if a reference is all there is.
    pub fn pure_reference(&self) -> Option<SchemaIdx> {
        let Self { types, enumeration, constant, number, string, array, object, reference, .. } = self;
        let Self { all_of, any_of, one_of, not, condition, .. } = self;
        let says_nothing = types.is_none()
            && enumeration.is_none()
            && constant.is_none()
            && [all_of, any_of, one_of].iter().all(|parts| parts.is_empty())
            && not.is_none()
            && condition.is_none()
            && *number == NumberRules::default()
            && *string == StringRules::default()
            && *array == ArrayRules::default()
            && *object == ObjectRules::default();
        reference.filter(|_| says_nothing)
    }
}

/// Assertions on numbers; on other instances they say nothing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NumberRules {
    /// `minimum`
    pub minimum: Option<Number>,
    /// `maximum`
    pub maximum: Option<Number>,
    /// `exclusiveMinimum`
    pub exclusive_minimum: Option<Number>,
    /// `exclusiveMaximum`
    pub exclusive_maximum: Option<Number>,
    /// `multipleOf`
    pub multiple_of: Option<Number>,
}

/// Assertions on strings; on other instances they say nothing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct StringRules {
    /// `minLength`, in code points
    pub min_length: Option<u64>,
    /// `maxLength`, in code points
    pub max_length: Option<u64>,
    /// `pattern`, an ECMA-262 regular expression
    pub pattern: Option<String>,
    /// `format`
    pub format: Option<Format>,
}

/// Assertions on arrays; on other instances they say nothing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ArrayRules {
    /// `prefixItems`
    pub prefix: Vec<SchemaIdx>,
    /// `items`: what follows the prefix.
    pub items: Option<SchemaIdx>,
    /// `contains`, `minContains`, `maxContains`
    pub contains: Option<Contains>,
    /// `minItems`
    pub min_items: Option<u64>,
    /// `maxItems`
    pub max_items: Option<u64>,
    /// `uniqueItems`
    pub unique: bool,
    /// `unevaluatedItems`: what nothing else looks at.
    pub unevaluated: Option<SchemaIdx>,
}

/// `contains` with its bounds.
#[derive(Debug, Clone, PartialEq)]
pub struct Contains {
    /// What items are counted.
    pub schema: SchemaIdx,
    /// `minContains`, 1 when absent.
    pub min: u64,
    /// `maxContains`
    pub max: Option<u64>,
    /// Whether the items it accepts count as evaluated, as they do from 2020-12 on.
    pub evaluates: bool,
}

/// Assertions on objects; on other instances they say nothing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ObjectRules {
    /// `properties`, in the order of the document.
    pub properties: Vec<(String, SchemaIdx)>,
    /// `patternProperties`, each an ECMA-262 regular expression.
    pub patterns: Vec<(String, SchemaIdx)>,
    /// `additionalProperties`: what neither `properties` nor `patternProperties` names.
    pub additional: Option<SchemaIdx>,
    /// `unevaluatedProperties`: what nothing else looks at.
    pub unevaluated: Option<SchemaIdx>,
    /// `propertyNames`
    pub names: Option<SchemaIdx>,
    /// `required`
    pub required: Vec<String>,
    /// `minProperties`
    pub min_properties: Option<u64>,
    /// `maxProperties`
    pub max_properties: Option<u64>,
    /// `dependentRequired`
    pub dependent_required: Vec<(String, Vec<String>)>,
    /// `dependentSchemas`
    pub dependent_schemas: Vec<(String, SchemaIdx)>,
}

/// `if` with what follows from it.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// `if`
    pub test: SchemaIdx,
    /// `then`
    pub then: Option<SchemaIdx>,
    /// `else`
    pub otherwise: Option<SchemaIdx>,
}

/// The types of JSON Schema (Core, 4.2.1; `integer` is a number without a fraction).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JsonType {
    /// `null`
    Null,
    /// `boolean`
    Boolean,
    /// `integer`
    Integer,
    /// `number`
    Number,
    /// `string`
    String,
    /// `array`
    Array,
    /// `object`
    Object,
}

impl JsonType {
    /// Every type.
    pub const ALL: [Self; 7] =
        [Self::Null, Self::Boolean, Self::Integer, Self::Number, Self::String, Self::Array, Self::Object];

    /// Those that a JSON text tells apart.
    pub const KINDS: [Self; 6] =
        [Self::Null, Self::Boolean, Self::Number, Self::String, Self::Array, Self::Object];

    /// The keyword's word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
        }
    }

    /// The type of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|json_type| json_type.name() == name)
    }

    /// The narrowest type of a value: 1.0 is an integer (JSON Schema Core, 4.2.1).
    pub fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(_) => Self::Boolean,
            Value::Number(number) if number.as_f64().is_some_and(|float| float.fract() == 0.0) => {
                Self::Integer
            }
            Value::Number(_) => Self::Number,
            Value::String(_) => Self::String,
            Value::Array(_) => Self::Array,
            Value::Object(_) => Self::Object,
        }
    }
}

/// A set of types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct TypeSet(u8);

impl TypeSet {
    /// Every type.
    pub const ALL: Self = Self(0b111_1111);

    /// No type.
    pub const NONE: Self = Self(0);

    /// With `json_type`; with `Number` comes `Integer`.
    #[must_use]
    pub const fn with(self, json_type: JsonType) -> Self {
        let number = if matches!(json_type, JsonType::Number) { 1 << JsonType::Integer as u8 } else { 0 };
        Self(self.0 | 1 << json_type as u8 | number)
    }

    /// Whether `json_type` is in the set.
    pub const fn has(self, json_type: JsonType) -> bool {
        self.0 & 1 << json_type as u8 != 0
    }

    /// What is in both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// What is in either.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether nothing is in both.
    pub const fn is_disjoint(self, other: Self) -> bool {
        self.0 & other.0 == 0
    }

    /// What is in this one alone; `Number` takes `Integer` with it.
    #[must_use]
    pub const fn without(self, json_type: JsonType) -> Self {
        Self(self.0 & !Self(0).with(json_type).0)
    }

    /// The members, `Integer` left out where `Number` covers it.
    pub fn iter(self) -> impl Iterator<Item = JsonType> {
        JsonType::ALL.into_iter().filter(move |json_type| {
            self.has(*json_type) && !(*json_type == JsonType::Integer && self.has(JsonType::Number))
        })
    }

    /// The only member.
    pub fn single(self) -> Option<JsonType> {
        let mut members = self.iter();
        members.next().filter(|_| members.next().is_none())
    }
}

impl FromIterator<JsonType> for TypeSet {
    fn from_iter<I: IntoIterator<Item = JsonType>>(types: I) -> Self {
        types.into_iter().fold(Self::default(), Self::with)
    }
}

/// The formats that are asserted (JSON Schema Validation, 7.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// `date-time`, RFC 3339.
    DateTime,
    /// `date`, RFC 3339.
    Date,
    /// `time`, RFC 3339.
    Time,
    /// `duration`, RFC 3339, appendix A.
    Duration,
    /// `email`, RFC 5321, 4.1.2.
    Email,
    /// `idn-email`, RFC 6531, 3.3.
    IdnEmail,
    /// `hostname`, RFC 1123, 2.1.
    Hostname,
    /// `idn-hostname`, RFC 5890, 2.3.2.3.
    IdnHostname,
    /// `ipv4`, RFC 2673, 3.2.
    Ipv4,
    /// `ipv6`, RFC 4291, 2.2.
    Ipv6,
    /// `uuid`, RFC 4122.
    Uuid,
    /// `uri`, RFC 3986.
    Uri,
    /// `uri-reference`, RFC 3986.
    UriReference,
    /// `iri`, RFC 3987.
    Iri,
    /// `iri-reference`, RFC 3987.
    IriReference,
    /// `uri-template`, RFC 6570.
    UriTemplate,
    /// `json-pointer`, RFC 6901, 5.
    JsonPointer,
    /// `relative-json-pointer`, draft-bhutton-relative-json-pointer-00.
    RelativeJsonPointer,
    /// `regex`, ECMA-262 with the flag `u`.
    Regex,
}

impl Format {
    /// Every asserted format.
    pub const ALL: [Self; 19] = [
        Self::DateTime,
        Self::Date,
        Self::Time,
        Self::Duration,
        Self::Email,
        Self::IdnEmail,
        Self::Hostname,
        Self::IdnHostname,
        Self::Ipv4,
        Self::Ipv6,
        Self::Uuid,
        Self::Uri,
        Self::UriReference,
        Self::Iri,
        Self::IriReference,
        Self::UriTemplate,
        Self::JsonPointer,
        Self::RelativeJsonPointer,
        Self::Regex,
    ];

    /// The keyword's word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::DateTime => "date-time",
            Self::Date => "date",
            Self::Time => "time",
            Self::Duration => "duration",
            Self::Email => "email",
            Self::IdnEmail => "idn-email",
            Self::Hostname => "hostname",
            Self::IdnHostname => "idn-hostname",
            Self::Ipv4 => "ipv4",
            Self::Ipv6 => "ipv6",
            Self::Uuid => "uuid",
            Self::Uri => "uri",
            Self::UriReference => "uri-reference",
            Self::Iri => "iri",
            Self::IriReference => "iri-reference",
            Self::UriTemplate => "uri-template",
            Self::JsonPointer => "json-pointer",
            Self::RelativeJsonPointer => "relative-json-pointer",
            Self::Regex => "regex",
        }
    }

    /// The format of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
