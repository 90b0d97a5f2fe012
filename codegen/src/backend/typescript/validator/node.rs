//! The tests of one subschema.

use serde_json::Value;

use super::constants::json;
use super::expression::{Expression, Step, block, expression, indented, unless};
use super::{Print, Site};
use crate::backend::typescript::literal;
use crate::model::{Format, JsonType, TypeSet};
use crate::plan::{ArrayTests, NumberTest, PlanIdx, Test, TextTest};

/// More texts than these are looked up in a set.
const FEW_TEXTS: usize = 8;

impl Print<'_> {
    /// The location of a node, as an expression.
    pub fn location(&self, index: PlanIdx) -> String {
        self.constants.borrow_mut().location(&self.unit.plan[index].uri)
    }

    /// Whether a test is shorter than a function of its own.
    pub fn is_short(&self, index: PlanIdx) -> bool {
        let is_leaf = |test: &Test| match test {
            Test::Never | Test::Types(_) | Test::Number(_) | Test::Text(_) => true,
            Test::Constant(constant) => !constant.is_array() && !constant.is_object(),
            Test::Enumeration(values) => values.iter().all(Value::is_string),
            _ => false,
        };
        let tests = &self.unit.plan[index].tests;
        tests.len() <= 3 && tests.iter().all(is_leaf)
    }

    /// The tests of a short node.
    pub fn short(&self, index: PlanIdx, site: &Site) -> Expression {
        expression(&self.steps(index, site)).unwrap_or_else(Expression::always)
    }

    /// The tests of a node, one after the other.
    pub fn steps(&self, index: PlanIdx, site: &Site) -> Vec<Step> {
        let tests = &self.unit.plan[index].tests;
        let schema = self.location(index);
        let mut steps = self.by_type(tests, &schema, site);
        for test in tests {
            steps.extend(self.test(index, test, &schema, site));
        }
        steps
    }

    /// The tests that depend on the type of the value.
    fn by_type(&self, tests: &[Test], schema: &str, site: &Site) -> Vec<Step> {
        let types = types(tests);
        let (mut tested, mut untested) = (Vec::new(), TypeSet::NONE);
        for kind in JsonType::KINDS {
            let sought = match (kind, types) {
                (JsonType::Number, Some(types)) if !types.has(kind) => JsonType::Integer,
                (kind, _) => kind,
            };
            if types.is_some_and(|types| !types.has(sought)) {
                continue;
            }
            let inner: Vec<_> =
                tests.iter().flat_map(|test| self.of_kind(test, kind, schema, site)).collect();
            if inner.is_empty() {
                untested = untested.with(sought);
            } else {
                let is_finite = types.is_some();
                let guard =
                    if is_finite { of_type(sought, site.subject) } else { of_kind(kind, site.subject) };
                tested.push((guard, inner));
            }
        }
        let otherwise = match types {
            None => Expression::always(),
            Some(_) if !site.is_quick || untested != TypeSet::NONE => {
                let accepted = of_types(untested, site.subject);
                let expected = types.map(names).unwrap_or_default();
                let function = self.runtime("wrongType");
                site.or(accepted, function, schema, &format!(", {expected}, {}", site.subject))
            }
            Some(_) => Expression::never(),
        };
        chain(&tested, otherwise)
    }

    /// `type` alone.
    pub fn types_test(&self, types: TypeSet, schema: &str, site: &Site) -> Expression {
        let function = self.runtime("wrongType");
        let more = format!(", {}, {}", names(types), site.subject);
        site.or(of_types(types, site.subject), function, schema, &more)
    }

    /// A test of values of one type.
    fn of_kind(&self, test: &Test, kind: JsonType, schema: &str, site: &Site) -> Vec<Step> {
        match (test, kind) {
            (Test::Number(test), JsonType::Number) => vec![Step::Test(self.number_test(test, schema, site))],
            (Test::Text(test), JsonType::String) => vec![Step::Test(self.text_test(test, schema, site))],
            (Test::Array(tests), JsonType::Array) => self.array_test(tests, schema, site),
            (Test::Object(tests), JsonType::Object) => self.object_test(tests, schema, site),
            _ => Vec::new(),
        }
    }

    /// A test that does not depend on the type.
    fn test(&self, index: PlanIdx, test: &Test, schema: &str, site: &Site) -> Option<Step> {
        Some(Step::Test(match test {
            Test::Types(_) | Test::Number(_) | Test::Text(_) | Test::Array(_) | Test::Object(_) => {
                return None;
            }
            Test::Never => site.or(Expression::never(), self.runtime("never"), schema, ""),
            Test::Constant(constant) => {
                let valid = self.equals(constant, site.subject);
                self.unlike("const", valid, &self.shared(constant), schema, site)
            }
            Test::Enumeration(values) => self.enumeration_test(values, schema, site),
            Test::Reference(target) => self.invoke(*target, site),
            Test::All(parts) => Expression::all(parts.iter().map(|part| self.invoke(*part, site))),
            Test::Any(union) => self.union_test("anyOf", union, schema, site),
            Test::One(union) => self.union_test("oneOf", union, schema, site),
            Test::Not(part) => {
                let accepts = self.accepts(*part, site.subject);
                self.plain("not", accepts.negated(), "{}", schema, site)
            }
            Test::When { test, then, otherwise } => {
                let branch = |part: &Option<PlanIdx>| {
                    part.map_or_else(Expression::always, |part| self.invoke(part, site))
                };
                let (then, otherwise) = (branch(then), branch(otherwise));
                Expression::choice(self.accepts(*test, site.subject), then, otherwise)
            }
            Test::UnevaluatedItems(rest) => return Some(self.unevaluated_items(index, *rest, site)),
            Test::UnevaluatedProperties(rest) => {
                return Some(self.unevaluated_properties(index, *rest, site));
            }
        }))
    }

    /// A keyword whose violation has these parameters.
    pub fn plain(
        &self,
        code: &str,
        valid: Expression,
        params: &str,
        schema: &str,
        site: &Site,
    ) -> Expression {
        let function = self.runtime("report");
        site.or(valid, function, schema, &format!(", \"{code}\", {params}"))
    }

    fn unlike(&self, code: &str, valid: Expression, expected: &str, schema: &str, site: &Site) -> Expression {
        let more = format!(", \"{code}\", {expected}, {}", site.subject);
        site.or(valid, self.runtime("unlike"), schema, &more)
    }

    fn enumeration_test(&self, values: &[Value], schema: &str, site: &Site) -> Expression {
        let subject = site.subject;
        let expected = Value::from(values);
        if values.len() > FEW_TEXTS && values.iter().all(Value::is_string) {
            let set = self.constants.borrow_mut().set(&expected);
            let valid = Expression::of(format!("{set}.has({subject})"));
            return self.unlike("enum", valid, &format!("[...{set}]"), schema, site);
        }
        let valid = Expression::any(values.iter().map(|value| self.equals(value, subject)));
        self.unlike("enum", valid, &self.shared(&expected), schema, site)
    }

    /// A value as an expression: a constant where it is more than a line holds.
    fn shared(&self, value: &Value) -> String {
        let code = json(value);
        let is_flat = |value: &Value| !value.is_array() && !value.is_object();
        match value {
            Value::Array(items) if items.iter().all(is_flat) => code,
            value if is_flat(value) => code,
            _ => self.constants.borrow_mut().value(value),
        }
    }

    /// Whether the subject is that value.
    pub fn equals(&self, value: &Value, subject: &str) -> Expression {
        match value {
            Value::Array(_) | Value::Object(_) => {
                let constant = self.constants.borrow_mut().value(value);
                Expression::of(format!("{}({subject}, {constant})", self.runtime("equal")))
            }
            scalar => Expression::of(format!("{subject} === {}", json(scalar))),
        }
    }

    fn number_test(&self, test: &NumberTest, schema: &str, site: &Site) -> Expression {
        let subject = site.subject;
        let (code, limit, operator) = match test {
            NumberTest::Minimum(limit) => ("minimum", limit, ">="),
            NumberTest::Maximum(limit) => ("maximum", limit, "<="),
            NumberTest::ExclusiveMinimum(limit) => ("exclusiveMinimum", limit, ">"),
            NumberTest::ExclusiveMaximum(limit) => ("exclusiveMaximum", limit, "<"),
            NumberTest::MultipleOf(limit) => ("multipleOf", limit, ""),
        };
        let valid = if operator.is_empty() {
            format!("{}({subject}, {limit})", self.runtime("multiple"))
        } else {
            format!("{subject} {operator} {limit}")
        };
        self.beyond(code, Expression::of(valid), &limit.to_string(), subject, schema, site)
    }

    /// A keyword that sets a limit.
    pub fn beyond(
        &self,
        code: &str,
        valid: Expression,
        limit: &str,
        actual: &str,
        schema: &str,
        site: &Site,
    ) -> Expression {
        let more = format!(", \"{code}\", {limit}, {actual}");
        site.or(valid, self.runtime("beyond"), schema, &more)
    }

    fn text_test(&self, test: &TextTest, schema: &str, site: &Site) -> Expression {
        let subject = site.subject;
        match test {
            TextTest::MinLength(limit) => {
                let length = format!("{}({subject})", self.runtime("length"));
                // No code point has more than two units.
                let valid = match limit {
                    1 => Expression::of(format!("{subject} !== \"\"")),
                    _ => Expression::any([
                        Expression::of(format!("{subject}.length >= {}", limit.saturating_mul(2))),
                        Expression::of(format!("{length} >= {limit}")),
                    ]),
                };
                self.beyond("minLength", valid, &limit.to_string(), &length, schema, site)
            }
            TextTest::MaxLength(limit) => {
                let length = format!("{}({subject})", self.runtime("length"));
                let valid = Expression::any([
                    Expression::of(format!("{subject}.length <= {limit}")),
                    Expression::of(format!("{length} <= {limit}")),
                ]);
                self.beyond("maxLength", valid, &limit.to_string(), &length, schema, site)
            }
            TextTest::Pattern(regex) => {
                let (source, _) = self.pattern(regex.as_str());
                let valid = self.matches(regex.as_str(), subject);
                site.or(valid, self.runtime("unmatched"), schema, &format!(", {source}, {subject}"))
            }
            TextTest::Format(format) => {
                let valid = Expression::of(format!("{}({subject})", self.runtime(function_of(*format))));
                let more = format!(", \"{}\", {subject}", format.name());
                site.or(valid, self.runtime("malformed"), schema, &more)
            }
        }
    }

    fn pattern(&self, source: &str) -> (String, String) {
        self.runtime("pattern");
        self.constants.borrow_mut().pattern(source)
    }

    /// Whether a regular expression is found in the subject.
    pub fn matches(&self, source: &str, subject: &str) -> Expression {
        let (_, compiled) = self.pattern(source);
        Expression::of(format!("{compiled}.test({subject})"))
    }

    fn array_test(&self, tests: &ArrayTests, schema: &str, site: &Site) -> Vec<Step> {
        let subject = site.subject;
        let length = format!("{subject}.length");
        let limit = |code: &str, operator: &str, limit: u64| {
            let valid = Expression::of(format!("{length} {operator} {limit}"));
            Step::Test(self.beyond(code, valid, &limit.to_string(), &length, schema, site))
        };
        let mut steps = Vec::new();
        steps.extend(tests.min_items.map(|min| limit("minItems", ">=", min)));
        steps.extend(tests.max_items.map(|max| limit("maxItems", "<=", max)));
        steps.extend(tests.prefix.iter().enumerate().filter_map(|(index, test)| {
            let item = self.invoke(*test, &site.with("x", site.below(&format!("\"/{index}\""))));
            let read =
                item.mentions("x").then(|| Expression::of(format!("((x = {subject}[{index}]), true)")));
            (!item.is_always()).then(|| {
                let absent = Expression::of(format!("{length} <= {index}"));
                Step::Test(Expression::any([absent, Expression::all(read.into_iter().chain([item]))]))
            })
        }));
        let first = tests.prefix.len();
        steps.extend(tests.items.and_then(|test| {
            let item = self.invoke(test, &site.with("x", site.below("\"/\" + i")));
            let read = item.mentions("x").then_some("x");
            (!item.is_always()).then(|| {
                let range = format!("let i = {first}; i < {length}; i++");
                Step::Statements(each_item(&range, subject, read, &unless(&item, "")))
            })
        }));
        if let Some((test, min, max)) = tests.contains {
            steps.extend(self.contains_test(test, min, max, schema, site));
        }
        steps.extend(tests.unique.then(|| {
            let valid = Expression::of(format!("{}({subject})", self.runtime("unique")));
            Step::Test(site.or(valid, self.runtime("doubled"), schema, &format!(", {subject}")))
        }));
        steps
    }

    fn contains_test(
        &self,
        test: PlanIdx,
        min: u64,
        max: Option<u64>,
        schema: &str,
        site: &Site,
    ) -> Vec<Step> {
        let subject = site.subject;
        let accepts = self.accepts(test, "x");
        // What is beyond the least number matters only where there is a largest.
        let enough = if max.is_none() { format!(" && n < {min}") } else { String::new() };
        let counted = if accepts.is_always() {
            format!("n = {subject}.length;\n")
        } else if accepts.is_never() {
            "n = 0;\n".to_owned()
        } else {
            let range = format!("let i = 0; i < {subject}.length{enough}; i++");
            let count = format!("if ({accepts}) {{\n  n++;\n}}\n");
            format!("n = 0;\n{}", each_item(&range, subject, Some("x"), &count))
        };
        let limit = |code: &str, operator: &str, limit: u64| {
            let valid = Expression::of(format!("n {operator} {limit}"));
            self.beyond(code, valid, &limit.to_string(), "n", schema, site)
        };
        let enough = limit(if min == 1 { "contains" } else { "minContains" }, ">=", min);
        // Where there are too few, they are not too many as well.
        let few = max.map(|max| {
            let few = limit("maxContains", "<=", max);
            Expression::any([Expression::of(format!("n < {min}")), few])
        });
        let tests = [enough].into_iter().chain(few).map(Step::Test);
        [Step::Statements(counted)].into_iter().chain(tests).collect()
    }
}

/// A loop over items, which are that variable in its body.
pub fn each_item(range: &str, subject: &str, variable: Option<&str>, body: &str) -> String {
    let read = variable.map(|name| format!("  {name} = {subject}[i];\n")).unwrap_or_default();
    format!("for ({range}) {{\n{read}{}}}\n", indented(body, "  "))
}

/// The first guard that holds has its tests run, or else `otherwise`.
fn chain(tested: &[(Expression, Vec<Step>)], otherwise: Expression) -> Vec<Step> {
    let tests: Option<Vec<_>> =
        tested.iter().map(|(guard, steps)| Some((guard.clone(), expression(steps)?))).collect();
    if let Some(tests) = tests {
        let all = tests
            .into_iter()
            .rev()
            .fold(otherwise, |otherwise, (guard, test)| Expression::choice(guard, test, otherwise));
        return if all.is_always() { Vec::new() } else { vec![Step::Test(all)] };
    }
    let mut text = String::new();
    for (guard, steps) in tested {
        let lead = if text.is_empty() { "" } else { " else " };
        text.push_str(&format!("{lead}if ({guard}) {{\n{}}}", block(steps, "  ")));
    }
    let last = unless(&otherwise, "");
    text.push_str(&if last.is_empty() { "\n".to_owned() } else { format!(" else {last}") });
    vec![Step::Statements(text)]
}

/// `type`, unless it says nothing.
fn types(tests: &[Test]) -> Option<TypeSet> {
    let found = tests.iter().find_map(|test| if let Test::Types(types) = test { Some(*types) } else { None });
    found.filter(|types| *types != TypeSet::ALL)
}

fn names(types: TypeSet) -> String {
    let names: Vec<_> = types.iter().map(|json_type| literal::string(json_type.name())).collect();
    format!("[{}]", names.join(", "))
}

/// Whether the subject is of that type. What JSON has no number for is none.
fn of_type(json_type: JsonType, subject: &str) -> Expression {
    match json_type {
        JsonType::Number => Expression::of(format!("Number.isFinite({subject})")),
        JsonType::Integer => Expression::of(format!("Number.isInteger({subject})")),
        other => of_kind(other, subject),
    }
}

/// Whether the subject is of that type, as far as `typeof` tells.
fn of_kind(json_type: JsonType, subject: &str) -> Expression {
    let typed = |name: &str| Expression::of(format!("typeof {subject} === \"{name}\""));
    match json_type {
        JsonType::Null => Expression::of(format!("{subject} === null")),
        JsonType::Boolean => typed("boolean"),
        JsonType::Integer | JsonType::Number => typed("number"),
        JsonType::String => typed("string"),
        JsonType::Array => Expression::of(format!("Array.isArray({subject})")),
        JsonType::Object => Expression::all([
            typed("object"),
            Expression::of(format!("{subject} !== null")),
            Expression::of(format!("!Array.isArray({subject})")),
        ]),
    }
}

/// Whether the subject is of one of these types.
pub fn of_types(types: TypeSet, subject: &str) -> Expression {
    Expression::any(types.iter().map(|json_type| of_type(json_type, subject)))
}

/// Whether the subject is of one of these types, as far as `typeof` tells.
pub fn of_kinds(types: TypeSet, subject: &str) -> Expression {
    Expression::any(types.iter().map(|json_type| of_kind(json_type, subject)))
}

/// The runtime's function for a format.
const fn function_of(format: Format) -> &'static str {
    match format {
        Format::DateTime => "dateTime",
        Format::Date => "date",
        Format::Time => "time",
        Format::Duration => "duration",
        Format::Email => "email",
        Format::IdnEmail => "idnEmail",
        Format::Hostname => "hostname",
        Format::IdnHostname => "idnHostname",
        Format::Ipv4 => "ipv4",
        Format::Ipv6 => "ipv6",
        Format::Uuid => "uuid",
        Format::Uri => "uri",
        Format::UriReference => "uriReference",
        Format::Iri => "iri",
        Format::IriReference => "iriReference",
        Format::UriTemplate => "uriTemplate",
        Format::JsonPointer => "jsonPointer",
        Format::RelativeJsonPointer => "relativeJsonPointer",
        Format::Regex => "regex",
    }
}
