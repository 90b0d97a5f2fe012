//! The keywords of JSON Schema, one line each. Adding one is a line here and a function in the file of its family.

mod annotation;
mod array;
mod logic;
mod number;
mod object;
mod reference;
mod string;
mod value;

use super::schema::Scope;
use crate::load::Node;

/// Reads a keyword's value into the scope; `None` if the value is of the wrong kind.
pub type LowerFn = fn(&mut Scope<'_, '_, '_>, &Node) -> Option<()>;

/// What lowering does with a keyword.
#[derive(Clone, Copy)]
pub enum Lower {
    /// Read it.
    With(LowerFn),
    /// It asserts nothing and no back-end prints it.
    Annotation,
    /// It is refused, so that nothing is silently ignored.
    NotYet,
}

/// A keyword.
pub struct Keyword {
    /// Its name.
    pub name: &'static str,
    /// What its value must be, for the diagnostic.
    pub expects: &'static str,
    /// What lowering does with it.
    pub lower: Lower,
}

const fn with(name: &'static str, expects: &'static str, lower: LowerFn) -> Keyword {
    Keyword { name, expects, lower: Lower::With(lower) }
}

const fn annotation(name: &'static str) -> Keyword {
    Keyword { name, expects: "", lower: Lower::Annotation }
}

const fn not_yet(name: &'static str) -> Keyword {
    Keyword { name, expects: "", lower: Lower::NotYet }
}

const A_SCHEMA: &str = "an object or a boolean";
const SCHEMAS: &str = "an array of schemas that is not empty";
const SCHEMA_MAP: &str = "an object of schemas";
const A_NUMBER: &str = "a number";
const A_COUNT: &str = "an integer that is not negative";
const A_STRING: &str = "a string";
const A_BOOLEAN: &str = "a boolean";

/// Every keyword of JSON Schema 2020-12.
pub static KEYWORDS: &[Keyword] = &[
    with("$schema", "a URI", reference::dialect),
    with("$id", "a URI reference", reference::id),
    annotation("$anchor"),
    annotation("$comment"),
    with("$defs", SCHEMA_MAP, reference::definitions),
    with("$ref", "a URI reference", reference::reference),
    not_yet("$dynamicRef"),
    annotation("$dynamicAnchor"),
    not_yet("$vocabulary"),
    with("type", "a type's name, or an array of them", value::types),
    with("enum", "an array that is not empty", value::enumeration),
    with("const", "any value", value::constant),
    with("multipleOf", "a number greater than 0", number::multiple_of),
    with("minimum", A_NUMBER, number::minimum),
    with("maximum", A_NUMBER, number::maximum),
    with("exclusiveMinimum", A_NUMBER, number::exclusive_minimum),
    with("exclusiveMaximum", A_NUMBER, number::exclusive_maximum),
    with("minLength", A_COUNT, string::min_length),
    with("maxLength", A_COUNT, string::max_length),
    with("pattern", "an ECMA-262 regular expression", string::pattern),
    with("format", A_STRING, string::format),
    annotation("contentEncoding"),
    annotation("contentMediaType"),
    annotation("contentSchema"),
    with("prefixItems", SCHEMAS, array::prefix_items),
    with("items", A_SCHEMA, array::items),
    with("contains", A_SCHEMA, array::contains),
    with("minContains", A_COUNT, array::contains_bound),
    with("maxContains", A_COUNT, array::contains_bound),
    with("minItems", A_COUNT, array::min_items),
    with("maxItems", A_COUNT, array::max_items),
    with("uniqueItems", A_BOOLEAN, array::unique_items),
    with("unevaluatedItems", A_SCHEMA, array::unevaluated_items),
    with("properties", SCHEMA_MAP, object::properties),
    with(
        "patternProperties",
        "an object of schemas whose names are ECMA-262 regular expressions",
        object::pattern_properties,
    ),
    with("additionalProperties", A_SCHEMA, object::additional_properties),
    with("propertyNames", A_SCHEMA, object::property_names),
    with("required", "an array of strings", object::required),
    with("minProperties", A_COUNT, object::min_properties),
    with("maxProperties", A_COUNT, object::max_properties),
    with("dependentRequired", "an object of arrays of strings", object::dependent_required),
    with("dependentSchemas", SCHEMA_MAP, object::dependent_schemas),
    with("unevaluatedProperties", A_SCHEMA, object::unevaluated_properties),
    with("allOf", SCHEMAS, logic::all_of),
    with("anyOf", SCHEMAS, logic::any_of),
    with("oneOf", SCHEMAS, logic::one_of),
    with("not", A_SCHEMA, logic::not),
    with("if", A_SCHEMA, logic::condition),
    with("then", A_SCHEMA, logic::branch),
    with("else", A_SCHEMA, logic::branch),
    with("title", A_STRING, annotation::title),
    with("description", A_STRING, annotation::description),
    with("examples", "an array", annotation::examples),
    with("default", "any value", annotation::default),
    with("deprecated", A_BOOLEAN, annotation::deprecated),
    annotation("readOnly"),
    annotation("writeOnly"),
    // AsyncAPI's Schema Object has these beside JSON Schema's.
    annotation("discriminator"),
    annotation("externalDocs"),
];

/// A count: an integer that is not negative, `2.0` included.
fn count(value: &Node) -> Option<u64> {
    let crate::load::NodeKind::Number(number) = &value.kind else { return None };
    number.as_u64().or_else(|| {
        number
            .as_f64()
            .filter(|float| float.fract() == 0.0 && (0.0..9e15).contains(float))
            .map(|float| float as u64)
    })
}

/// An array of strings.
fn strings(value: &Node) -> Option<Vec<String>> {
    value.as_array()?.iter().map(|item| item.as_str().map(str::to_owned)).collect()
}

/// `items`, unless there are none.
fn filled<T>(items: Vec<T>) -> Option<Vec<T>> {
    (!items.is_empty()).then_some(items)
}
