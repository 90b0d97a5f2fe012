//! The keywords of JSON Schema, one line each. Adding one is a line here and a function in the file of its family.

mod annotation;
mod array;
mod dependency;
mod logic;
mod number;
mod object;
mod reference;
mod string;
mod value;

use super::scope::Scope;
use crate::dialect::Dialect::{self, Draft4, Draft6, Draft7, Draft201909, Draft202012};
use crate::dialect::{Rules, Vocabulary};
use crate::load::{Node, NodeKind};

/// Reads a keyword's value into the scope; `None` if the value is of the wrong kind.
pub type LowerFn = fn(&mut Scope<'_, '_, '_>, &Node) -> Option<()>;

/// What a keyword's value holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// No schemas.
    Data,
    /// A schema.
    Schema,
    /// An array of schemas.
    Schemas,
    /// A schema, or an array of schemas.
    SchemaOrSchemas,
    /// An object whose members are schemas, or, in `dependencies`, arrays.
    Map,
}

/// A keyword, as some dialects have it.
pub struct Keyword {
    /// Its name.
    pub name: &'static str,
    /// The first dialect that has it.
    since: Dialect,
    /// The last dialect that has it.
    until: Dialect,
    vocabulary: Vocabulary,
    /// What its value holds.
    pub holds: Holds,
    /// What its value must be, for the diagnostic.
    pub expects: &'static str,
    /// How it is read; `None` if it asserts nothing and no back-end prints it.
    pub lower: Option<LowerFn>,
    /// Whether it is read beside a `$ref` that hides its siblings.
    pub stands_beside_reference: bool,
}

impl Keyword {
    const fn new(name: &'static str, vocabulary: Vocabulary, expects: &'static str) -> Self {
        let (since, until) = (Draft4, Draft202012);
        let stands_beside_reference = matches!(vocabulary, Vocabulary::MetaData);
        Self {
            name,
            since,
            until,
            vocabulary,
            holds: Holds::Data,
            expects,
            lower: None,
            stands_beside_reference,
        }
    }

    const fn since(mut self, dialect: Dialect) -> Self {
        self.since = dialect;
        self
    }

    const fn until(mut self, dialect: Dialect) -> Self {
        self.until = dialect;
        self
    }

    const fn only(self, dialect: Dialect) -> Self {
        self.since(dialect).until(dialect)
    }

    const fn holding(mut self, holds: Holds) -> Self {
        self.holds = holds;
        self
    }

    const fn beside_reference(mut self) -> Self {
        self.stands_beside_reference = true;
        self
    }

    /// Whether it asserts or applies something.
    pub fn is_annotation(&self) -> bool {
        matches!(self.vocabulary, Vocabulary::MetaData | Vocabulary::Content) || self.lower.is_none()
    }

    /// Whether the dialect has it.
    pub fn is_of(&self, dialect: Dialect) -> bool {
        self.since <= dialect && dialect <= self.until
    }

    /// The dialects that have it, in words.
    pub fn dialects(&self) -> String {
        match (self.since, self.until) {
            (since, until) if since == until => since.to_string(),
            (since, Draft202012) => format!("{since} and later"),
            (Draft4, until) => format!("{until} and earlier"),
            (since, until) => format!("{since} to {until}"),
        }
    }
}

const fn of(vocabulary: Vocabulary, name: &'static str, expects: &'static str, lower: LowerFn) -> Keyword {
    Keyword { lower: Some(lower), ..Keyword::new(name, vocabulary, expects) }
}

const fn core(name: &'static str, expects: &'static str, lower: LowerFn) -> Keyword {
    of(Vocabulary::Core, name, expects, lower)
}

const fn content(name: &'static str, expects: &'static str, lower: LowerFn) -> Keyword {
    of(Vocabulary::Content, name, expects, lower)
}

const fn applicator(name: &'static str, holds: Holds, lower: LowerFn) -> Keyword {
    let expects = match holds {
        Holds::Schema => A_SCHEMA,
        Holds::Schemas => "an array of schemas that is not empty",
        Holds::SchemaOrSchemas => "a schema, or an array of schemas",
        Holds::Map | Holds::Data => SCHEMA_MAP,
    };
    Keyword { lower: Some(lower), holds, ..Keyword::new(name, Vocabulary::Applicator, expects) }
}

const fn unevaluated(name: &'static str, lower: LowerFn) -> Keyword {
    let keyword = Keyword::new(name, Vocabulary::Unevaluated, A_SCHEMA);
    Keyword { lower: Some(lower), holds: Holds::Schema, ..keyword }.since(Draft201909)
}

const fn assertion(name: &'static str, expects: &'static str, lower: LowerFn) -> Keyword {
    of(Vocabulary::Validation, name, expects, lower)
}

const fn docs(name: &'static str, expects: &'static str, lower: LowerFn) -> Keyword {
    of(Vocabulary::MetaData, name, expects, lower)
}

const fn annotation(name: &'static str) -> Keyword {
    Keyword::new(name, Vocabulary::MetaData, "")
}

const A_SCHEMA: &str = "an object or a boolean";
const SCHEMA_MAP: &str = "an object of schemas";
const A_NUMBER: &str = "a number";
const A_COUNT: &str = "an integer that is not negative";
const A_STRING: &str = "a string";
const A_BOOLEAN: &str = "a boolean";
const A_REFERENCE: &str = "a URI reference";
const AN_ANCHOR: &str = "a name of letters, digits, `-`, `_` and `.` that begins with a letter or `_`";

/// Every keyword of every dialect.
#[rustfmt::skip]
pub static KEYWORDS: &[Keyword] = &[
    core("$schema", "a URI", annotation::text).beside_reference(),
    core("id", "a URI reference", annotation::text).only(Draft4),
    core("$id", "a URI reference", annotation::text).since(Draft6).until(Draft7),
    core("$id", "a URI reference without a fragment", reference::id_without_fragment).since(Draft201909),
    core("$anchor", AN_ANCHOR, reference::anchor).since(Draft201909),
    core("$comment", A_STRING, annotation::text).beside_reference(),
    core("definitions", SCHEMA_MAP, reference::old_definitions).holding(Holds::Map).beside_reference(),
    core("$defs", SCHEMA_MAP, reference::definitions).holding(Holds::Map).beside_reference(),
    core("$ref", A_REFERENCE, reference::reference).beside_reference(),
    core("$recursiveRef", "`#`", reference::recursive_reference).only(Draft201909),
    core("$recursiveAnchor", A_BOOLEAN, annotation::flag).only(Draft201909),
    core("$dynamicRef", A_REFERENCE, reference::dynamic_reference).since(Draft202012),
    core("$dynamicAnchor", AN_ANCHOR, reference::anchor).since(Draft202012),
    core("$vocabulary", "an object of booleans", reference::vocabulary).since(Draft201909),
    assertion("type", "a type's name, or an array of them, each once", value::types),
    assertion("enum", "an array that is not empty, each value once", value::distinct_enumeration).until(Draft6),
    assertion("enum", "an array", value::enumeration).since(Draft7),
    assertion("const", "any value", value::constant).since(Draft6),
    assertion("multipleOf", "a number greater than 0", number::multiple_of),
    assertion("minimum", A_NUMBER, number::minimum),
    assertion("maximum", A_NUMBER, number::maximum),
    assertion("exclusiveMinimum", "a boolean beside `minimum`", number::exclusive_flag).only(Draft4),
    assertion("exclusiveMaximum", "a boolean beside `maximum`", number::exclusive_flag).only(Draft4),
    assertion("exclusiveMinimum", A_NUMBER, number::exclusive_minimum).since(Draft6),
    assertion("exclusiveMaximum", A_NUMBER, number::exclusive_maximum).since(Draft6),
    assertion("minLength", A_COUNT, string::min_length),
    assertion("maxLength", A_COUNT, string::max_length),
    assertion("pattern", "an ECMA-262 regular expression", string::pattern),
    of(Vocabulary::Format, "format", A_STRING, string::format),
    content("contentEncoding", A_STRING, annotation::encoding).since(Draft7),
    content("contentMediaType", A_STRING, annotation::media_type).since(Draft7),
    content("contentSchema", A_SCHEMA, annotation::schema).since(Draft201909).holding(Holds::Schema),
    applicator("prefixItems", Holds::Schemas, array::prefix_items).since(Draft202012),
    applicator("items", Holds::SchemaOrSchemas, array::items_or_prefix).until(Draft201909),
    applicator("items", Holds::Schema, array::items).since(Draft202012),
    applicator("additionalItems", Holds::Schema, array::additional_items).until(Draft201909),
    applicator("contains", Holds::Schema, array::contains).since(Draft6),
    assertion("minContains", A_COUNT, array::contains_bound).since(Draft201909),
    assertion("maxContains", A_COUNT, array::contains_bound).since(Draft201909),
    assertion("minItems", A_COUNT, array::min_items),
    assertion("maxItems", A_COUNT, array::max_items),
    assertion("uniqueItems", A_BOOLEAN, array::unique_items),
    unevaluated("unevaluatedItems", array::unevaluated_items),
    applicator("properties", Holds::Map, object::properties),
    applicator("patternProperties", Holds::Map, object::pattern_properties),
    applicator("additionalProperties", Holds::Schema, object::additional_properties),
    applicator("propertyNames", Holds::Schema, object::property_names).since(Draft6),
    assertion("required", "an array of strings, each once, that is not empty", object::some_required).only(Draft4),
    assertion("required", "an array of strings, each once", object::required).since(Draft6),
    assertion("minProperties", A_COUNT, object::min_properties),
    assertion("maxProperties", A_COUNT, object::max_properties),
    applicator("dependencies", Holds::Map, dependency::dependencies),
    assertion("dependentRequired", "an object of arrays of strings, each once", dependency::required).since(Draft201909),
    applicator("dependentSchemas", Holds::Map, dependency::schemas).since(Draft201909),
    unevaluated("unevaluatedProperties", object::unevaluated_properties),
    applicator("allOf", Holds::Schemas, logic::all_of),
    applicator("anyOf", Holds::Schemas, logic::any_of),
    applicator("oneOf", Holds::Schemas, logic::one_of),
    applicator("not", Holds::Schema, logic::not),
    applicator("if", Holds::Schema, logic::condition).since(Draft7),
    applicator("then", Holds::Schema, logic::then).since(Draft7),
    applicator("else", Holds::Schema, logic::otherwise).since(Draft7),
    docs("title", A_STRING, annotation::title),
    docs("description", A_STRING, annotation::description),
    docs("examples", "an array", annotation::examples),
    docs("default", "any value", annotation::default),
    docs("deprecated", A_BOOLEAN, annotation::deprecated),
    docs("readOnly", A_BOOLEAN, annotation::flag),
    docs("writeOnly", A_BOOLEAN, annotation::flag),
    // AsyncAPI's and OpenAPI's Schema Objects have these beside JSON Schema's.
    annotation("discriminator"),
    annotation("externalDocs"),
    annotation("example"),
    annotation("xml"),
];

/// The keyword of that name, if the dialect and its vocabularies have it.
pub fn find(name: &str, rules: Rules) -> Option<&'static Keyword> {
    let of_name = KEYWORDS.iter().find(|it| it.name == name && it.is_of(rules.dialect));
    of_name.filter(|keyword| rules.has(keyword.vocabulary))
}

/// Whether `$ref` hides what stands beside it, as it does up to draft 7 (draft-handrews-json-schema-01, 8.3).
pub fn hides_siblings(rules: Rules, node: &Node) -> bool {
    rules.dialect <= Draft7 && node.get("$ref").and_then(Node::as_str).is_some()
}

/// A count: an integer that is not negative, `2.0` included.
fn count(value: &Node) -> Option<u64> {
    let NodeKind::Number(number) = &value.kind else { return None };
    number.as_u64().or_else(|| {
        number
            .as_f64()
            .filter(|float| float.fract() == 0.0 && *float >= 0.0)
            // What is larger than any length is as good as the largest.
            .map(|float| float as u64)
    })
}

/// An array of strings, each once.
fn strings(value: &Node) -> Option<Vec<String>> {
    let strings: Vec<String> =
        value.as_array()?.iter().map(|item| item.as_str().map(str::to_owned)).collect::<Option<_>>()?;
    let mut seen = std::collections::HashSet::new();
    strings.iter().all(|text| seen.insert(text.as_str())).then_some(strings)
}

/// `items`, unless there are none.
fn filled<T>(items: Vec<T>) -> Option<Vec<T>> {
    (!items.is_empty()).then_some(items)
}
