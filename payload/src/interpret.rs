//! Executes a validation plan: what generated validators do, where no compiler is at hand.

use handfast::rule::{self, At, Collect, Depth, Limit, Quick, Report, each};
use handfast::{Violation, equal, format};
use handfast_codegen::model::{Format, JsonType, SchemaIdx};
use handfast_codegen::plan::{
    Arm, ArrayTests, Candidate, Choice, Holds, NumberTest, ObjectTests, Plan, PlanIdx, PlanNode, Tags, Test,
    TextTest, Union,
};
use serde_json::{Map, Number, Value};

/// Whether `value` is valid.
pub fn is_valid(plan: &Plan, schema: SchemaIdx, value: &Value) -> bool {
    Run { plan, depth: Depth::default() }.node(plan.index(schema), value, At::Root, &mut Quick::default())
}

/// Whether the test of that number accepts `value`.
pub fn accepts(plan: &Plan, node: PlanIdx, value: &Value) -> bool {
    Run { plan, depth: Depth::default() }.accepts(node, value)
}

/// Every violation of `value`.
pub fn violations(plan: &Plan, schema: SchemaIdx, value: &Value) -> Vec<Violation> {
    let mut collect = Collect::default();
    Run { plan, depth: Depth::default() }.node(plan.index(schema), value, At::Root, &mut collect);
    collect.0
}

/// The first `max` violations of `value`, and how many there are.
pub fn violations_up_to(
    plan: &Plan,
    schema: SchemaIdx,
    value: &Value,
    max: usize,
) -> (Vec<Violation>, usize) {
    let mut few = Few { max, n_found: 0, kept: Vec::new(), depth: Depth::default() };
    Run { plan, depth: Depth::default() }.node(plan.index(schema), value, At::Root, &mut few);
    (few.kept, few.n_found)
}

/// Keeps the first violations and counts all.
struct Few {
    max: usize,
    n_found: usize,
    kept: Vec<Violation>,
    depth: Depth,
}

impl Report for Few {
    const COLLECTS: bool = true;
    fn violation(&mut self, at: At<'_>, describe: impl FnOnce(String) -> Violation) -> bool {
        self.n_found += 1;
        if self.kept.len() < self.max {
            self.kept.push(describe(at.pointer()));
        }
        false
    }

    fn depth(&mut self) -> &mut Depth {
        &mut self.depth
    }
}

/// The test of a format.
pub fn format_test(format: Format) -> fn(&str) -> bool {
    match format {
        Format::DateTime => format::date_time,
        Format::Date => format::date,
        Format::Time => format::time,
        Format::Duration => format::duration,
        Format::Email => format::email,
        Format::IdnEmail => format::idn_email,
        Format::Hostname => format::hostname,
        Format::IdnHostname => format::idn_hostname,
        Format::Ipv4 => format::ipv4,
        Format::Ipv6 => format::ipv6,
        Format::Uuid => format::uuid,
        Format::Uri => format::uri,
        Format::UriReference => format::uri_reference,
        Format::Iri => format::iri,
        Format::IriReference => format::iri_reference,
        Format::UriTemplate => format::uri_template,
        Format::JsonPointer => format::json_pointer,
        Format::RelativeJsonPointer => format::relative_json_pointer,
        Format::Regex => format::regex,
    }
}

/// A member or item of an instance.
#[derive(Clone, Copy)]
enum Place<'v> {
    Member(&'v str),
    Item(usize, &'v Value),
}

/// From where a node is asked what it looks at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    /// From a keyword of its own.
    Own,
    /// From a node that applies it in place.
    Applied,
}

#[derive(Clone, Copy)]
struct Run<'p> {
    plan: &'p Plan,
    depth: Depth,
}

impl Run<'_> {
    fn node<R: Report>(self, index: PlanIdx, value: &Value, at: At<'_>, report: &mut R) -> bool {
        let mut run = self;
        let node = &self.plan[index];
        if self.plan.is_recursive(index) && !run.depth.enter() {
            return rule::too_deep(at, &node.uri, report);
        }
        let mut is_of_type = true;
        each(&node.tests, R::COLLECTS, |test| {
            // What a type must keep says nothing where the type is wrong.
            let valid = !is_of_type && test.is_of_type() || run.test(node, test, value, at, report);
            is_of_type &= valid || !matches!(test, Test::Types(_));
            valid
        })
    }

    fn accepts(self, index: PlanIdx, value: &Value) -> bool {
        self.node(index, value, At::Root, &mut Quick::default())
    }

    fn test<R: Report>(
        self,
        node: &PlanNode,
        test: &Test,
        value: &Value,
        at: At<'_>,
        report: &mut R,
    ) -> bool {
        let uri = &node.uri;
        match test {
            Test::Never => rule::never(at, uri, report),
            Test::Types(types) => {
                let is_type = types.iter().any(|json_type| rule::is_type(value, json_type.name()));
                is_type || {
                    let names: Vec<_> = types.iter().map(|json_type| json_type.name()).collect();
                    rule::wrong_type(value, &names, at, uri, report)
                }
            }
            Test::Constant(expected) => rule::constant(value, expected, at, uri, report),
            Test::Enumeration(expected) => rule::enumeration(value, expected, at, uri, report),
            Test::Number(test) => match value {
                Value::Number(value) => number(test, value, at, uri, report),
                _ => true,
            },
            Test::Text(test) => match value {
                Value::String(value) => text(test, value, at, uri, report),
                _ => true,
            },
            Test::Array(tests) => match value {
                Value::Array(items) => self.array(tests, items, at, uri, report),
                _ => true,
            },
            Test::Object(tests) => match value {
                Value::Object(members) => self.object(tests, value, members, at, uri, report),
                _ => true,
            },
            Test::Reference(target) => self.node(*target, value, at, report),
            Test::All(parts) => each(parts, R::COLLECTS, |part| self.node(*part, value, at, report)),
            Test::Any(union) => self.union("anyOf", union, value, at, uri, report),
            Test::One(union) => self.union("oneOf", union, value, at, uri, report),
            Test::Not(part) => rule::not(self.accepts(*part, value), at, uri, report),
            Test::When { test, then, otherwise } => {
                let branch = if self.accepts(*test, value) { then } else { otherwise };
                branch.is_none_or(|branch| self.node(branch, value, at, report))
            }
            Test::UnevaluatedItems(rest) => match value {
                Value::Array(items) => each(items.iter().enumerate(), R::COLLECTS, |(index, item)| {
                    self.looks_at(node, value, Place::Item(index, item), Asked::Own)
                        || self.node(*rest, item, At::Index(&at, index), report)
                }),
                _ => true,
            },
            Test::UnevaluatedProperties(rest) => match value {
                Value::Object(members) => each(members, R::COLLECTS, |(name, member)| {
                    self.looks_at(node, value, Place::Member(name), Asked::Own)
                        || self.node(*rest, member, At::Key(&at, name), report)
                }),
                _ => true,
            },
        }
    }

    /// Whether the keywords of `node`, or what it applies in place to `value`, evaluate the member or item at `place`.
    fn looks_at(self, node: &PlanNode, value: &Value, place: Place<'_>, from: Asked) -> bool {
        let covers = &node.covers;
        let own = match place {
            Place::Member(name) => {
                covers.all_properties
                    || from == Asked::Applied && covers.rest_of_properties
                    || covers.properties.iter().any(|known| known == name)
                    || covers.patterns.iter().any(|regex| regex.is_match(name))
            }
            Place::Item(index, item) => {
                covers.all_items
                    || from == Asked::Applied && covers.rest_of_items
                    || index < covers.n_prefix
                    || covers.contains.is_some_and(|test| self.accepts(test, item))
            }
        };
        let holds = |part: PlanIdx, holds| match holds {
            Holds::Always => true,
            Holds::WhenValid => self.accepts(part, value),
            Holds::After(test, accepted) => self.accepts(test, value) == accepted,
            Holds::With(name) => value.get(name).is_some(),
        };
        own || node.tests.iter().flat_map(Test::in_place).any(|(part, when)| {
            holds(part, when) && self.looks_at(&self.plan[part], value, place, Asked::Applied)
        })
    }

    /// The verdict of the branches that can accept the value.
    fn union<R: Report>(
        self,
        keyword: &'static str,
        union: &Union,
        value: &Value,
        at: At<'_>,
        uri: &str,
        report: &mut R,
    ) -> bool {
        let is_meant = |arm: &&Arm| arm.types.has(kind(value));
        let accepts = |candidate: &&Candidate| self.accepts(candidate.branch, value);
        let verdict = |branches: &[Candidate], report: &mut R| match keyword {
            "anyOf" => rule::any_of(branches.iter().any(|it| accepts(&it)), at, uri, report),
            _ => rule::one_of(branches.iter().filter(accepts).count(), at, uri, report),
        };
        match union.arms.iter().find(is_meant).map(|arm| &arm.choice) {
            None | Some(Choice::None) => verdict(&[], report),
            Some(Choice::One(branch)) => self.node(*branch, value, at, report),
            Some(Choice::Several(branches)) => verdict(branches, report),
            Some(Choice::Tagged(Tags { property, arms })) => {
                let tag = value.get(property);
                match arms.iter().find(|(one, _)| tag.is_some_and(|tag| equal(tag, one))) {
                    Some((_, branch)) => self.node(*branch, value, at, report),
                    None => {
                        let expected = || arms.iter().map(|(one, _)| one.clone()).collect();
                        rule::tag(value, keyword, property, expected, at, uri, report)
                    }
                }
            }
        }
    }

    fn array<R: Report>(
        self,
        tests: &ArrayTests,
        items: &[Value],
        at: At<'_>,
        uri: &str,
        report: &mut R,
    ) -> bool {
        let mut valid = tests.min_items.is_none_or(|limit| rule::min_items(items, limit, at, uri, report));
        if valid || R::COLLECTS {
            valid &= tests.max_items.is_none_or(|limit| rule::max_items(items, limit, at, uri, report));
        }
        let of_item = |index: usize| tests.prefix.get(index).copied().or(tests.items);
        for (index, item) in items.iter().enumerate() {
            if !valid && !R::COLLECTS {
                return false;
            }
            if let Some(test) = of_item(index) {
                valid &= self.node(test, item, At::Index(&at, index), report);
            }
        }
        if let Some((test, min, max)) = tests.contains.filter(|_| valid || R::COLLECTS) {
            let n_found = items.iter().filter(|item| self.accepts(test, item)).count();
            valid &= rule::contains(n_found, min, max, at, uri, report);
        }
        if tests.unique && (valid || R::COLLECTS) {
            valid &= rule::unique_items(items, at, uri, report);
        }
        valid
    }

    fn object<R: Report>(
        self,
        tests: &ObjectTests,
        value: &Value,
        members: &Map<String, Value>,
        at: At<'_>,
        uri: &str,
        report: &mut R,
    ) -> bool {
        let goes_on = R::COLLECTS;
        let mut valid =
            tests.min_properties.is_none_or(|limit| rule::min_properties(members, limit, at, uri, report));
        if valid || goes_on {
            valid &= tests
                .max_properties
                .is_none_or(|limit| rule::max_properties(members, limit, at, uri, report));
        }
        if valid || goes_on {
            valid &= if tests.walks() {
                self.walk(tests, members, at, uri, report)
            } else {
                each(tests.named(), goes_on, |named| self.lookup(members, named, at, uri, report))
            };
        }
        if valid || goes_on {
            valid &= each(&tests.dependent_required, goes_on, |(name, needed)| {
                let needed: Vec<_> = needed.iter().map(String::as_str).collect();
                rule::dependent_required(members, name, &needed, at, uri, report)
            });
        }
        if valid || goes_on {
            let applies = |name: &String| members.contains_key(name);
            valid &= each(&tests.dependent_schemas, goes_on, |(name, test)| {
                !applies(name) || self.node(*test, value, at, report)
            });
        }
        valid
    }

    /// A member that has a name.
    fn lookup<R: Report>(
        self,
        members: &Map<String, Value>,
        (name, test, is_required): (&str, Option<PlanIdx>, bool),
        at: At<'_>,
        uri: &str,
        report: &mut R,
    ) -> bool {
        match (members.get(name), test) {
            (Some(value), Some(test)) => self.node(test, value, At::Key(&at, name), report),
            (None, _) if is_required => rule::missing(name, at, uri, report),
            _ => true,
        }
    }

    /// Every member in turn, and then what is missing.
    fn walk<R: Report>(
        self,
        tests: &ObjectTests,
        members: &Map<String, Value>,
        at: At<'_>,
        uri: &str,
        report: &mut R,
    ) -> bool {
        let mut valid =
            each(members, R::COLLECTS, |(name, value)| self.member(tests, name, value, at, report));
        if valid || R::COLLECTS {
            valid &=
                each(&tests.required, R::COLLECTS, |name| rule::required(members, name, at, uri, report));
        }
        valid
    }

    /// What `propertyNames`, `properties`, `patternProperties` and `additionalProperties` say of a member.
    fn member<R: Report>(
        self,
        tests: &ObjectTests,
        name: &str,
        value: &Value,
        at: At<'_>,
        report: &mut R,
    ) -> bool {
        let at = At::Key(&at, name);
        let mut valid = tests.names.is_none_or(|test| self.node(test, &Value::from(name), at, report));
        let declared = tests.properties.iter().find(|(declared, _)| declared == name);
        let mut is_known = declared.is_some();
        if let Some(test) = declared.and_then(|(_, test)| *test).filter(|_| valid || R::COLLECTS) {
            valid &= self.node(test, value, at, report);
        }
        for (_, test) in tests.patterns.iter().filter(|(regex, _)| regex.is_match(name)) {
            is_known = true;
            if let Some(test) = test.filter(|_| valid || R::COLLECTS) {
                valid &= self.node(test, value, at, report);
            }
        }
        if let Some(test) = tests.additional.filter(|_| !is_known && (valid || R::COLLECTS)) {
            valid &= self.node(test, value, at, report);
        }
        valid
    }
}

/// The type of a value as a JSON text tells it.
fn kind(value: &Value) -> JsonType {
    match value {
        Value::Null => JsonType::Null,
        Value::Bool(_) => JsonType::Boolean,
        Value::Number(_) => JsonType::Number,
        Value::String(_) => JsonType::String,
        Value::Array(_) => JsonType::Array,
        Value::Object(_) => JsonType::Object,
    }
}

fn number<R: Report>(test: &NumberTest, value: &Number, at: At<'_>, uri: &str, report: &mut R) -> bool {
    match test {
        NumberTest::Minimum(limit) => rule::minimum(value, limit.into(), at, uri, report),
        NumberTest::Maximum(limit) => rule::maximum(value, limit.into(), at, uri, report),
        NumberTest::ExclusiveMinimum(limit) => rule::exclusive_minimum(value, limit.into(), at, uri, report),
        NumberTest::ExclusiveMaximum(limit) => rule::exclusive_maximum(value, limit.into(), at, uri, report),
        NumberTest::MultipleOf(divisor) => rule::multiple_of(value, Limit::from(divisor), at, uri, report),
    }
}

fn text<R: Report>(test: &TextTest, value: &str, at: At<'_>, uri: &str, report: &mut R) -> bool {
    match test {
        TextTest::MinLength(limit) => rule::min_length(value, *limit, at, uri, report),
        TextTest::MaxLength(limit) => rule::max_length(value, *limit, at, uri, report),
        TextTest::Pattern(regex) => {
            rule::pattern(value, regex.as_str(), |text| regex.is_match(text), at, uri, report)
        }
        TextTest::Format(format) => rule::format(value, format.name(), format_test(*format), at, uri, report),
    }
}
