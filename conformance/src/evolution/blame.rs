//! Which change it was: the keyword that refuses a witness, and what stands in its place on the other side.

use handfast::Violation;
use handfast_codegen::load::Node;
use handfast_codegen::model::{Constraints, JsonType, SchemaBody, SchemaIdx, Schemas, Side};
use handfast_codegen::pointer::pointer_tokens;
use serde_json::Value;

use super::applied::applied;
use super::rule::{
    ENUM_EXTENDED, HEADER_REQUIRED, HEADER_VALUE, PAYLOAD_CLOSED, PAYLOAD_LIMIT, PAYLOAD_REQUIRED,
    PAYLOAD_RULE, PAYLOAD_TEXT, PAYLOAD_TYPE, PAYLOAD_UNION, PAYLOAD_VALUE, QUERY_REQUIRED, QUERY_VALUE,
    VARIANT_ADDED,
};
use super::{Revision, Rule, Spot, Subject, SubjectKind, Way};
use crate::interpret;
use crate::pattern::cut;

/// One side of what flows.
#[derive(Debug, Clone, Copy)]
pub struct End<'r> {
    /// Its revision.
    pub revision: &'r Revision,
    /// The schema there.
    pub schema: SchemaIdx,
}

/// A keyword of the consumer that refuses a payload.
#[derive(Debug)]
pub struct Blame<'r> {
    consumer: End<'r>,
    producer: End<'r>,
    payload: &'r Value,
    violation: &'r Violation,
    keyword: String,
    /// The consumer's subschema, and the producer's that looks at the same value, or at what holds it.
    schemas: [SchemaIdx; 2],
    /// Whether the producer's contract says nothing of the value.
    is_undeclared: bool,
}

impl<'r> Blame<'r> {
    /// The first violation that a difference explains, else the first of all.
    pub fn of(
        consumer: End<'r>,
        producer: End<'r>,
        payload: &'r Value,
        violations: &'r [Violation],
    ) -> Option<Self> {
        let blames =
            || violations.iter().filter_map(|violation| Self::new(consumer, producer, payload, violation));
        blames().find(Self::differs).or_else(|| blames().next())
    }

    fn new(
        consumer: End<'r>,
        producer: End<'r>,
        payload: &'r Value,
        violation: &'r Violation,
    ) -> Option<Self> {
        let uri = subschema(violation);
        let schemas = consumer.revision.schemas();
        let (schema, _) = schemas.iter().find(|(_, schema)| schema.location.uri == uri)?;
        let keyword = violation.schema.rsplit('/').next().unwrap_or_default().to_owned();
        let (opposite, is_undeclared) = opposite(producer, uri, &keyword, &violation.at);
        Some(Self {
            consumer,
            producer,
            payload,
            violation,
            keyword,
            schemas: [schema, opposite],
            is_undeclared,
        })
    }

    fn differs(&self) -> bool {
        let [consumer, producer] = self.values();
        consumer.map(Node::to_value) != producer.map(Node::to_value)
    }

    /// What the keyword says in the consumer, and in the producer.
    fn values(&self) -> [Option<&'r Node>; 2] {
        let keyword =
            if self.violation.code == "false" { &self.keyword } else { self.violation.code.as_ref() };
        [
            self.consumer.revision.keyword(self.schemas[0], keyword),
            self.producer.revision.keyword(self.schemas[1], keyword),
        ]
    }

    /// The rule of the finding.
    pub fn rule(&self, subject: &Subject, way: Way) -> &'static Rule {
        match subject.kind {
            SubjectKind::Query if self.violation.code == "required" => return &QUERY_REQUIRED,
            SubjectKind::Query => return &QUERY_VALUE,
            SubjectKind::Headers if self.violation.code == "required" => return &HEADER_REQUIRED,
            SubjectKind::Headers => return &HEADER_VALUE,
            _ => {}
        }
        // What the server sends is output; of a bare schema, what anybody writes.
        let is_output = way == Way::Forward && subject.producer != Some(Side::Client);
        match self.violation.code.as_ref() {
            "type" => &PAYLOAD_TYPE,
            "enum" if is_output && self.has_more_values() => &ENUM_EXTENDED,
            "enum" | "const" => &PAYLOAD_VALUE,
            "anyOf" | "oneOf" if is_output && self.has_more_branches() => &VARIANT_ADDED,
            "anyOf" | "oneOf" => &PAYLOAD_UNION,
            "required" => &PAYLOAD_REQUIRED,
            "false" => &PAYLOAD_CLOSED,
            "pattern" | "format" => &PAYLOAD_TEXT,
            "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" | "minLength"
            | "maxLength" | "minItems" | "maxItems" | "minProperties" | "maxProperties" => &PAYLOAD_LIMIT,
            _ => &PAYLOAD_RULE,
        }
    }

    /// Whether the producer's enumeration is the consumer's and more.
    fn has_more_values(&self) -> bool {
        let [consumer, producer] = [&self.consumer, &self.producer].map(|end| end.revision.schemas());
        let values = |schemas: &Schemas, schema| match &schemas[schema].body {
            SchemaBody::Constraints(constraints) => constraints.enumeration.clone(),
            SchemaBody::Always(_) => None,
        };
        match (values(consumer, self.schemas[0]), values(producer, self.schemas[1])) {
            (Some(few), Some(many)) => few.iter().all(|value| many.contains(value)),
            _ => false,
        }
    }

    /// Whether every branch of the producer that accepts the value is none of the consumer's.
    fn has_more_branches(&self) -> bool {
        let Some(value) = self.payload.pointer(&self.violation.at) else { return false };
        let [few, many] = [(&self.consumer, self.schemas[0]), (&self.producer, self.schemas[1])]
            .map(|(end, schema)| branches(end.revision.schemas(), schema));
        let known: Vec<_> =
            few.iter().map(|branch| identity(self.consumer.revision.schemas(), *branch)).collect();
        let (plan, schemas) = (self.producer.revision.plan(), self.producer.revision.schemas());
        let mut accepting =
            many.into_iter().filter(|branch| interpret::is_valid(plan, *branch, value)).peekable();
        accepting.peek().is_some()
            && accepting.all(|branch| {
                let identity = identity(schemas, branch);
                identity.is_some() && !known.contains(&identity)
            })
    }

    /// What is wrong, in the terms of the payload.
    pub fn message(&self) -> String {
        let Violation { at, code, params, .. } = self.violation;
        let name = if at.is_empty() { "the payload".to_owned() } else { format!("`{at}`") };
        let property = params.get("property").and_then(Value::as_str).unwrap_or_default();
        match code.as_ref() {
            "required" => format!("{name} may lack `{property}`"),
            "false" => format!("{name} may be there"),
            _ => {
                let value = self.payload.pointer(at).map(|value| cut(&value.to_string())).unwrap_or_default();
                format!("{name} may be {value}, which `{code}` refuses")
            }
        }
    }

    /// Where the consumer's keyword stands, and what stands in its place in the producer's document.
    pub fn spots(&self) -> [Spot; 2] {
        let [consumer, producer] = self.values();
        let property = self.violation.params.get("property").and_then(Value::as_str).unwrap_or_default();
        let key = pointer_tokens(&self.violation.at).and_then(|tokens| Some(tokens.last()?.to_string()));
        let labels = match self.violation.code.as_ref() {
            "required" => [format!("`{property}` is required"), format!("`{property}` may be missing")],
            "false" => {
                let key = key.unwrap_or_default();
                [format!("nothing may stand at `{key}`"), format!("`{key}` may be there")]
            }
            code => [label(code, consumer), label(code, producer)],
        };
        let [consumer_label, mut producer_label] = labels;
        if self.is_undeclared {
            let key = pointer_tokens(self.at()).and_then(|tokens| Some(tokens.last()?.to_string()));
            producer_label = format!("`{}` is not declared", key.unwrap_or_default());
        }
        let keyword = match self.violation.code.as_ref() {
            "false" => None,
            code => Some(code),
        };
        [
            Spot {
                place: self.consumer.revision.schema_place(self.schemas[0], keyword),
                label: consumer_label,
            },
            Spot {
                place: self.producer.revision.schema_place(self.schemas[1], keyword),
                label: producer_label,
            },
        ]
    }

    /// The pointer to the value that is refused.
    pub fn at(&self) -> &str {
        &self.violation.at
    }

    /// What identifies the keyword, so that it is blamed once.
    pub fn id(&self) -> String {
        let property = self.violation.params.get("property").and_then(Value::as_str).unwrap_or_default();
        format!("{} {property}", self.violation.schema)
    }

    /// The consumer's schemas without the assertion that is blamed.
    pub fn relaxed(&self, schemas: &Schemas) -> Schemas {
        let property = self.violation.params.get("property").and_then(Value::as_str).unwrap_or_default();
        let code = self.violation.code.as_ref();
        schemas.changed(subschema(self.violation), |body| match body {
            SchemaBody::Constraints(constraints) => relax(constraints, code, property),
            SchemaBody::Always(_) => *body = SchemaBody::Always(true),
        })
    }
}

/// The subschema whose keyword is broken.
fn subschema(violation: &Violation) -> &str {
    match violation.code.as_ref() {
        "false" | "depth" => &violation.schema,
        _ => violation.schema.rsplit_once('/').map_or(violation.schema.as_str(), |(schema, _)| schema),
    }
}

/// The producer's subschema that looks at the same value: the one at the same place of its document if there is one, else one that
/// has the keyword, else the last. Where nothing looks at the value, what looks at its holder, and that this is so.
fn opposite(producer: End<'_>, uri: &str, keyword: &str, at: &str) -> (SchemaIdx, bool) {
    let schemas = producer.revision.schemas();
    let found = applied(schemas, producer.schema, at);
    if let (true, Some((holder, _))) = (found.is_empty(), at.rsplit_once('/')) {
        return (opposite(producer, uri, keyword, holder).0, true);
    }
    // A reference alone asserts nothing itself.
    let asserting = found.iter().filter(|schema| schemas.referent(**schema).is_none());
    let same = asserting.clone().find(|schema| schemas[**schema].location.uri == uri);
    let like = || found.iter().find(|schema| producer.revision.keyword(**schema, keyword).is_some());
    let last = || asserting.clone().next();
    (*same.or_else(like).or_else(last).unwrap_or(&producer.schema), false)
}

fn label(keyword: &str, value: Option<&Node>) -> String {
    match value {
        Some(node) => format!("`{keyword}` is {}", cut(&node.to_value().to_string())),
        None => format!("there is no `{keyword}`"),
    }
}

fn branches(schemas: &Schemas, schema: SchemaIdx) -> Vec<SchemaIdx> {
    match &schemas[schema].body {
        SchemaBody::Constraints(it) => it.any_of.iter().chain(&it.one_of).copied().collect(),
        SchemaBody::Always(_) => Vec::new(),
    }
}

/// What makes a branch the same one in another revision: what it refers to, the constants of its members, or its only type.
fn identity(schemas: &Schemas, branch: SchemaIdx) -> Option<String> {
    if let Some(target) = schemas.referent(branch) {
        return Some(schemas[target].location.uri.clone());
    }
    let SchemaBody::Constraints(constraints) = &schemas[branch].body else { return None };
    let constant = |(name, schema): &(String, SchemaIdx)| match &schemas[schemas.follow(*schema)].body {
        SchemaBody::Constraints(it) => it.constant.as_ref().map(|value| format!("{name}={value}")),
        SchemaBody::Always(_) => None,
    };
    let tags: Vec<String> = constraints.object.properties.iter().filter_map(constant).collect();
    if !tags.is_empty() {
        return Some(tags.join("&"));
    }
    constraints.types?.single().map(JsonType::name).map(str::to_owned)
}

/// Takes one assertion away.
fn relax(constraints: &mut Constraints, code: &str, property: &str) {
    let Constraints { number, string, array, object, .. } = constraints;
    match code {
        "type" => constraints.types = None,
        "enum" => constraints.enumeration = None,
        "const" => constraints.constant = None,
        "anyOf" => constraints.any_of.clear(),
        "oneOf" => constraints.one_of.clear(),
        "not" => constraints.not = None,
        "minimum" => number.minimum = None,
        "maximum" => number.maximum = None,
        "exclusiveMinimum" => number.exclusive_minimum = None,
        "exclusiveMaximum" => number.exclusive_maximum = None,
        "multipleOf" => number.multiple_of = None,
        "minLength" => string.min_length = None,
        "maxLength" => string.max_length = None,
        "pattern" => string.pattern = None,
        "format" => string.format = None,
        "minItems" => array.min_items = None,
        "maxItems" => array.max_items = None,
        "uniqueItems" => array.unique = false,
        "contains" | "minContains" | "maxContains" => array.contains = None,
        "required" => object.required.retain(|name| name != property),
        "minProperties" => object.min_properties = None,
        "maxProperties" => object.max_properties = None,
        "dependentRequired" => object.dependent_required.clear(),
        _ => {}
    }
}
