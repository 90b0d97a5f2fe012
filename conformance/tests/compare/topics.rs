//! One pair per thing that has to be understood.

use handfast_codegen::Dialect;
use handfast_conformance::compare::{Reading, Verdict};
use serde_json::{Value, json};

use crate::pair::{Oracle, verdict};

#[track_caller]
fn flows(producer: &Value, consumer: &Value, reading: Reading) -> Verdict {
    let verdict = verdict(producer, consumer, Dialect::Draft202012, reading);
    if let Verdict::Breaking(witness) = &verdict {
        let oracle = Oracle::of(producer, consumer, Dialect::Draft202012);
        assert!(oracle.refutes(&witness.payload), "{}", witness.payload);
    }
    verdict
}

/// Everything that the first accepts, the second does; and not the other way round.
#[track_caller]
#[expect(clippy::needless_pass_by_value, reason = "schemas that are written in place read better so")]
fn narrower(narrow: Value, wide: Value) {
    let forth = flows(&narrow, &wide, Reading::Strict);
    assert_eq!(forth, Verdict::Compatible, "{narrow} => {wide}");
    let back = flows(&wide, &narrow, Reading::Strict);
    assert!(matches!(back, Verdict::Breaking(_)), "{wide} => {narrow}: {back:?}");
}

#[track_caller]
#[expect(clippy::needless_pass_by_value, reason = "schemas that are written in place read better so")]
fn same(one: Value, other: Value) {
    for (producer, consumer) in [(&one, &other), (&other, &one)] {
        let said = flows(producer, consumer, Reading::Strict);
        assert_eq!(said, Verdict::Compatible, "{producer} => {consumer}");
    }
}

#[test]
fn types_and_listed_values() {
    narrower(json!({ "type": "integer" }), json!({ "type": "number" }));
    narrower(json!({ "enum": ["a", 1] }), json!({ "enum": [1.0, "a", null] }));
    narrower(
        json!({ "const": { "a": [1] } }),
        json!({ "properties": { "a": { "items": { "minimum": 1 } } } }),
    );
    same(json!({ "type": "boolean" }), json!({ "enum": [false, true] }));
    same(
        json!({ "type": ["null", "boolean"] }),
        json!({ "anyOf": [{ "const": null }, { "enum": [true, false] }] }),
    );
    same(json!(false), json!({ "type": "string", "enum": [1, 2] }));
}

#[test]
fn numbers_between_limits_and_on_lattices() {
    narrower(json!({ "type": "number", "minimum": 3 }), json!({ "type": "number", "exclusiveMinimum": 2.9 }));
    narrower(json!({ "multipleOf": 0.6 }), json!({ "multipleOf": 0.2 }));
    same(
        json!({ "type": "integer", "exclusiveMinimum": 1, "exclusiveMaximum": 4 }),
        json!({ "enum": [2, 3] }),
    );
    same(json!({ "type": "integer" }), json!({ "type": "number", "multipleOf": 1 }));
    same(json!({ "multipleOf": 6 }), json!({ "allOf": [{ "multipleOf": 2 }, { "multipleOf": 3 }] }));
    same(
        json!({ "type": "integer", "multipleOf": 7, "minimum": 1, "maximum": 6 }),
        json!({ "type": "string", "minLength": 3, "maxLength": 2 }),
    );
    narrower(json!({ "type": "number", "maximum": 1e300 }), json!({ "type": "number", "maximum": 1e301 }));
}

#[test]
fn strings_by_length_and_expression() {
    narrower(
        json!({ "type": "string", "pattern": "^[a-f]{2,4}$" }),
        json!({ "minLength": 2, "maxLength": 4 }),
    );
    narrower(json!({ "type": "string", "pattern": "^ab+$" }), json!({ "type": "string", "pattern": "^a" }));
    same(json!({ "type": "string", "pattern": "^(a|b)$" }), json!({ "enum": ["a", "b"] }));
    same(
        json!({ "type": "string", "pattern": "^.{3}$" }),
        json!({ "type": "string", "pattern": "^[^\\n\\r\\u2028\\u2029]{3}$" }),
    );
    // Assertions at the beginning.
    narrower(
        json!({ "type": "string", "pattern": "^(?!x-)[a-z-]+$" }),
        json!({ "type": "string", "pattern": "^[a-z-]*$" }),
    );
    same(json!({ "type": "string", "pattern": "^(?!x)[xy]$" }), json!({ "const": "y" }));
    narrower(
        json!({ "type": "string", "minLength": 1, "pattern": "^[😀é]*$" }),
        json!({ "pattern": "[😀é]" }),
    );
    same(
        json!({ "type": "string", "pattern": "a" }),
        json!({ "type": "string", "not": { "pattern": "^[^a]*$" } }),
    );
}

#[test]
fn objects_by_the_names_of_members() {
    let closed =
        |schema: Value| json!({ "type": "object", "properties": schema, "additionalProperties": false });
    narrower(
        closed(json!({ "a": { "type": "string" } })),
        json!({ "properties": { "a": { "type": "string" } } }),
    );
    narrower(json!({ "type": "object", "required": ["a"] }), json!({ "type": "object", "minProperties": 1 }));
    narrower(closed(json!({ "a": true, "b": true })), json!({ "maxProperties": 2 }));
    narrower(
        json!({ "type": "object", "patternProperties": { "^a": { "type": "integer" } }, "additionalProperties": false }),
        json!({ "propertyNames": { "pattern": "^[a-b]" }, "additionalProperties": { "type": "number" } }),
    );
    narrower(
        json!({ "type": "object", "additionalProperties": { "maximum": 3 } }),
        json!({ "properties": { "x": { "maximum": 4 } } }),
    );
    same(
        json!({ "dependentRequired": { "a": ["b"] } }),
        json!({ "if": { "required": ["a"] }, "then": { "required": ["b"] } }),
    );
    // A member that can't be is not there.
    same(
        json!({ "type": "object", "properties": { "a": false } }),
        json!({ "type": "object", "not": { "required": ["a"] } }),
    );
}

#[test]
fn a_default_does_not_make_a_required_member_safe() {
    let old = json!({ "type": "object", "properties": { "a": { "type": "string" } } });
    let new = json!({ "type": "object", "properties": { "a": { "type": "string", "default": "x" } }, "required": ["a"] });
    assert!(matches!(flows(&old, &new, Reading::Strict), Verdict::Breaking(_)));
}

#[test]
fn arrays_by_positions_and_what_follows() {
    narrower(
        json!({ "type": "array", "prefixItems": [{ "type": "string" }], "items": { "type": "integer" } }),
        json!({ "items": { "type": ["string", "integer"] } }),
    );
    narrower(json!({ "type": "array", "items": false }), json!({ "maxItems": 1 }));
    narrower(json!({ "type": "array", "maxItems": 65_535 }), json!({ "type": "array", "maxItems": 65_536 }));
    narrower(
        json!({ "type": "array", "contains": { "type": "string" }, "maxContains": 1 }),
        json!({ "type": "array", "contains": { "type": "string" }, "maxContains": 2 }),
    );
    narrower(
        json!({ "type": "array", "contains": { "const": 1 }, "minContains": 2 }),
        json!({ "type": "array", "contains": { "type": "integer" } }),
    );
    narrower(
        json!({ "type": "array", "prefixItems": [{ "const": 1 }, { "const": 2 }], "items": false }),
        json!({ "uniqueItems": true }),
    );
    same(
        json!({ "type": "array", "items": { "type": "boolean" }, "uniqueItems": true, "minItems": 3 }),
        json!(false),
    );
    same(
        json!({ "type": "array", "maxItems": 1, "allOf": [{ "contains": { "const": 1 } }, { "contains": { "const": 2 } }] }),
        json!(false),
    );
}

#[test]
fn unions_are_split_and_covered_together() {
    let kind = |tag: &str, more: Value| json!({ "type": "object", "required": ["t"], "properties": { "t": { "const": tag }, "v": more } });
    let (a, b, c) = (kind("a", json!({})), kind("b", json!({ "minimum": 2 })), kind("c", json!({})));
    narrower(json!({ "oneOf": [a, b] }), json!({ "oneOf": [c, b, a] }));
    // No branch alone covers it.
    same(
        json!({ "type": "integer" }),
        json!({ "anyOf": [{ "type": "integer", "minimum": 0 }, { "type": "integer", "maximum": 3 }] }),
    );
    narrower(
        json!({ "type": "object", "required": ["t"], "properties": { "t": { "enum": ["a", "b"] }, "v": { "minimum": 3 } } }),
        json!({ "anyOf": [a, b] }),
    );
    // Growing `oneOf` is safe only where the new branch shares nothing with the old ones.
    narrower(
        json!({ "oneOf": [{ "type": "string" }] }),
        json!({ "oneOf": [{ "type": "string" }, { "type": "null" }] }),
    );
    let overlapping = json!({ "oneOf": [{ "type": "string" }, { "maxLength": 2 }] });
    assert!(matches!(
        flows(&json!({ "oneOf": [{ "type": "string" }] }), &overlapping, Reading::Strict),
        Verdict::Breaking(_)
    ));
}

#[test]
fn conditions_and_opposites() {
    narrower(
        json!({ "if": { "type": "string" }, "then": { "minLength": 2 }, "else": false }),
        json!({ "type": "string", "minLength": 1 }),
    );
    same(json!({ "not": { "not": { "type": "string" } } }), json!({ "type": "string" }));
    same(
        json!({ "type": "object", "not": { "properties": { "a": { "type": "string" } } } }),
        json!({ "type": "object", "required": ["a"], "properties": { "a": { "not": { "type": "string" } } } }),
    );
}

#[test]
fn what_is_unevaluated() {
    let base = json!({ "type": "object", "properties": { "a": { "type": "string" } } });
    narrower(
        json!({ "allOf": [base], "unevaluatedProperties": false }),
        json!({ "allOf": [base], "unevaluatedProperties": { "type": "integer" } }),
    );
    same(
        json!({ "allOf": [base], "unevaluatedProperties": false }),
        json!({ "type": "object", "properties": { "a": { "type": "string" } }, "additionalProperties": false }),
    );
    narrower(
        json!({ "type": "array", "prefixItems": [true], "contains": { "type": "string" }, "unevaluatedItems": false }),
        json!({ "type": "array", "prefixItems": [true], "items": { "type": "string" } }),
    );
}

#[test]
fn recursion() {
    let list = |item: Value, more: Value| {
        let next = json!({ "anyOf": [{ "type": "null" }, { "$ref": "#/$defs/list" }] });
        let list =
            json!({ "type": "object", "properties": { "item": item, "next": next }, "required": more });
        json!({ "$ref": "#/$defs/list", "$defs": { "list": list } })
    };
    narrower(list(json!({ "minimum": 3 }), json!(["item"])), list(json!({ "minimum": 2 }), json!(["item"])));
    narrower(list(json!({}), json!(["item", "next"])), list(json!({}), json!([])));
    // Every value would hold another of its kind: there is none.
    let endless =
        json!({ "type": "object", "properties": { "next": { "$ref": "#" } }, "required": ["next"] });
    assert_eq!(flows(&endless, &json!(false), Reading::Strict), Verdict::Compatible);
    // What differs is far inside.
    let deep = |limit: u32| {
        let leaf = json!({ "type": "array", "items": { "$ref": "#/$defs/tree" }, "maxItems": limit });
        let tree =
            json!({ "type": "object", "properties": { "left": { "$ref": "#/$defs/tree" }, "leaves": leaf } });
        json!({ "$ref": "#/$defs/tree", "$defs": { "tree": tree } })
    };
    narrower(deep(2), deep(3));
}

#[test]
fn members_that_are_not_declared() {
    let old = json!({ "type": "object", "properties": { "a": { "type": "string" } } });
    let new =
        json!({ "type": "object", "properties": { "a": { "type": "string" }, "b": { "type": "integer" } } });
    let Verdict::Breaking(witness) = flows(&old, &new, Reading::Strict) else {
        panic!("`b` may be a string")
    };
    assert!(witness.payload.get("b").is_some(), "{}", witness.payload);
    assert_eq!(flows(&old, &new, Reading::DeclaredOnly), Verdict::Compatible);
    let closed = json!({ "type": "object", "properties": { "a": true }, "additionalProperties": false });
    assert_eq!(flows(&old, &closed, Reading::DeclaredOnly), Verdict::Compatible);
    // What is declared to be open is not closed, nor what declares nothing.
    for open in
        [json!({ "properties": { "a": true }, "additionalProperties": true }), json!({ "type": "object" })]
    {
        assert!(matches!(flows(&open, &closed, Reading::DeclaredOnly), Verdict::Breaking(_)), "{open}");
    }
    let inside =
        |schema: &Value| json!({ "type": "array", "items": { "anyOf": [schema, { "type": "null" }] } });
    assert_eq!(flows(&inside(&old), &inside(&new), Reading::DeclaredOnly), Verdict::Compatible);
    let changed = json!({ "type": "object", "properties": { "a": { "type": "integer" } } });
    assert!(matches!(flows(&old, &changed, Reading::DeclaredOnly), Verdict::Breaking(_)));
}

#[test]
fn a_witness_has_no_needless_member() {
    let name = json!({ "type": "string" });
    let schema = |limit: u32| {
        json!({
            "type": "object",
            "required": ["id"],
            "properties": { "id": name, "note": name, "tags": { "type": "array", "items": name }, "count": { "maximum": limit } },
        })
    };
    let Verdict::Breaking(witness) = flows(&schema(5), &schema(4), Reading::Strict) else {
        panic!("5 breaks it")
    };
    assert_eq!(witness.payload, json!({ "id": "", "count": 5 }));
    let said: Vec<_> = witness.violations.iter().map(|it| (&*it.code, it.at.as_str())).collect();
    assert_eq!(said, [("maximum", "/count")]);
}

#[test]
fn what_is_not_understood_is_unknown_and_says_where() {
    let schema = |more: &str| json!({ "properties": { "a": { "type": "string", "pattern": format!("(?<=x)y{more}") } } });
    let Verdict::Unknown(blocked) = flows(&schema("y|x"), &schema("|x"), Reading::Strict) else { return };
    assert_eq!(blocked.keyword, "pattern");
    assert_eq!(blocked.producer, "schema.json#/properties/a");
}

#[test]
fn hostile_schemas_come_to_an_end() {
    // As many ways as there are subsets, none of which leads anywhere quickly.
    let many: Vec<Value> = (0..40)
        .map(|n| json!({ "anyOf": [{ "required": [format!("a{n}")] }, { "required": [format!("b{n}")] }] }))
        .collect();
    let names: Vec<Value> =
        (0..40).map(|n| json!({ "required": [format!("a{n}"), format!("b{}", (n + 7) % 40)] })).collect();
    let (all, any) =
        (json!({ "type": "object", "allOf": many, "maxProperties": 39 }), json!({ "anyOf": names }));
    let said = flows(&all, &any, Reading::Strict);
    assert_ne!(said.name(), "breaking");
    // An expression whose automaton is large.
    let said = flows(
        &json!({ "pattern": "(a|b)*a(a|b){40}$" }),
        &json!({ "pattern": "(a|b)*b(a|b){41}$" }),
        Reading::Strict,
    );
    assert!(!matches!(said, Verdict::Compatible));
    // Nested as deep as a document may be.
    let nest = |inner: Value| (0..100).fold(inner, |inner, _| json!({ "not": { "items": inner } }));
    let said =
        flows(&nest(json!({ "type": "string" })), &nest(json!({ "type": "integer" })), Reading::Strict);
    assert!(["unknown", "breaking"].contains(&said.name()));
}
