//! Model → plan.

use serde_json::{Number, Value};

use super::choice::Chooser;
use super::cycle::recursive;
use super::dispatch::values;
use super::{ArrayTests, Cover, NumberTest, ObjectTests, Plan, PlanIdx, PlanNode, Test, TextTest, Union};
use crate::model::{
    ArrayRules, Constraints, JsonType, NumberRules, ObjectRules, Regex, Schema, SchemaBody, SchemaIdx,
    Schemas, StringRules, TypeSet,
};

pub fn plan(schemas: &Schemas) -> Plan {
    // A reference without siblings has no test of its own: it is the test of its target.
    let targets = targets(schemas);
    let mut numbers = vec![None; targets.len()];
    let mut order = Vec::new();
    for target in &targets {
        let slot = &mut numbers[target.0 as usize];
        if slot.is_none() {
            *slot = Some(PlanIdx(order.len() as u32));
            order.push(*target);
        }
    }
    let of_schema = targets.iter().filter_map(|target| numbers[target.0 as usize]).collect();
    let builder = Builder { schemas, targets: &targets, of_schema, chooser: Chooser::of(schemas) };
    let nodes = order.iter().map(|index| builder.node(*index)).collect();
    let mut plan = Plan { nodes, of_schema: builder.of_schema, recursive: Vec::new() };
    plan.recursive = recursive(&plan);
    plan
}

/// What each schema stands for: as [`Schemas::follow`], but a chain is walked once for all who are on it.
fn targets(schemas: &Schemas) -> Vec<SchemaIdx> {
    let mut targets: Vec<Option<SchemaIdx>> = schemas.iter().map(|_| None).collect();
    for (start, _) in schemas.iter() {
        let (mut chain, mut at) = (Vec::new(), start);
        let target = loop {
            if let Some(known) = targets[at.0 as usize] {
                break known;
            }
            chain.push(at);
            match schemas.referent(at).filter(|_| chain.len() < targets.len()) {
                Some(next) => at = next,
                None => break at,
            }
        };
        chain.into_iter().for_each(|one| targets[one.0 as usize] = Some(target));
    }
    targets.into_iter().flatten().collect()
}

struct Builder<'s> {
    schemas: &'s Schemas,
    targets: &'s [SchemaIdx],
    of_schema: Vec<PlanIdx>,
    chooser: Chooser<'s>,
}

impl Builder<'_> {
    fn at(&self, schema: SchemaIdx) -> PlanIdx {
        self.of_schema[schema.0 as usize]
    }

    fn all(&self, schemas: &[SchemaIdx]) -> Vec<PlanIdx> {
        schemas.iter().map(|schema| self.at(*schema)).collect()
    }

    fn node(&self, index: SchemaIdx) -> PlanNode {
        let schema: &Schema = &self.schemas[index];
        let tests = match &schema.body {
            SchemaBody::Always(true) => Vec::new(),
            SchemaBody::Always(false) => vec![Test::Never],
            SchemaBody::Constraints(constraints) => self.tests(constraints),
        };
        let covers = match &schema.body {
            SchemaBody::Always(_) => Cover::default(),
            SchemaBody::Constraints(constraints) => self.covers(constraints),
        };
        PlanNode { schema: index, uri: schema.location.uri.clone(), tests, covers }
    }

    /// The tests in the order of their cost. What only speaks of types that `type` excludes is left out.
    fn tests(&self, constraints: &Constraints) -> Vec<Test> {
        let mut tests = Vec::new();
        let types = constraints.types.unwrap_or(TypeSet::ALL);
        let listed = values(constraints);
        let implies_type = listed.is_some_and(|values| values.iter().all(|value| is_of(value, types)));
        tests.extend(constraints.types.filter(|_| !implies_type).map(Test::Types));
        let number = types.has(JsonType::Integer).then(|| number_tests(&constraints.number));
        tests.extend(number.into_iter().flatten().map(Test::Number));
        let text = types.has(JsonType::String).then(|| text_tests(&constraints.string));
        tests.extend(text.into_iter().flatten().map(Test::Text));
        let array = types.has(JsonType::Array).then(|| self.array_tests(&constraints.array)).flatten();
        tests.extend(array.map(Test::Array));
        let object = types.has(JsonType::Object).then(|| self.object_tests(&constraints.object)).flatten();
        tests.extend(object.map(Test::Object));
        tests.extend(constraints.constant.clone().map(Test::Constant));
        tests.extend(constraints.enumeration.clone().map(Test::Enumeration));
        tests.extend(constraints.reference.map(|target| Test::Reference(self.at(target))));
        if !constraints.all_of.is_empty() {
            tests.push(Test::All(self.all(&constraints.all_of)));
        }
        tests.extend(self.union(&constraints.any_of).map(Test::Any));
        tests.extend(self.union(&constraints.one_of).map(Test::One));
        tests.extend(constraints.not.map(|schema| Test::Not(self.at(schema))));
        tests.extend(constraints.condition.as_ref().map(|condition| Test::When {
            test: self.at(condition.test),
            then: condition.then.map(|schema| self.at(schema)),
            otherwise: condition.otherwise.map(|schema| self.at(schema)),
        }));
        // What is not evaluated is known when everything else is.
        let unevaluated =
            |schema: Option<SchemaIdx>| schema.filter(|it| !self.accepts_all(*it)).map(|it| self.at(it));
        tests.extend(unevaluated(constraints.array.unevaluated).map(Test::UnevaluatedItems));
        tests.extend(unevaluated(constraints.object.unevaluated).map(Test::UnevaluatedProperties));
        tests
    }

    fn covers(&self, constraints: &Constraints) -> Cover {
        let (object, array) = (&constraints.object, &constraints.array);
        Cover {
            properties: object.properties.iter().map(|(name, _)| name.clone()).collect(),
            patterns: object.patterns.iter().filter_map(|(source, _)| Regex::new(source)).collect(),
            all_properties: object.additional.is_some(),
            rest_of_properties: object.unevaluated.is_some(),
            n_prefix: array.prefix.len(),
            all_items: array.items.is_some(),
            rest_of_items: array.unevaluated.is_some(),
            contains: array.contains.as_ref().filter(|it| it.evaluates).map(|it| self.at(it.schema)),
        }
    }

    fn union(&self, branches: &[SchemaIdx]) -> Option<Union> {
        (!branches.is_empty()).then(|| Union {
            branches: self.all(branches),
            arms: self.chooser.arms(branches, |it| self.at(it)),
        })
    }

    fn array_tests(&self, rules: &ArrayRules) -> Option<ArrayTests> {
        let tests = ArrayTests {
            min_items: rules.min_items.filter(|min| *min > 0),
            max_items: rules.max_items,
            prefix: self.all(&rules.prefix),
            items: rules.items.filter(|items| !self.accepts_all(*items)).map(|items| self.at(items)),
            contains: rules.contains.as_ref().map(|it| (self.at(it.schema), it.min, it.max)),
            unique: rules.unique,
        };
        (tests != ArrayTests::default()).then_some(tests)
    }

    fn object_tests(&self, rules: &ObjectRules) -> Option<ObjectTests> {
        let additional = rules.additional.filter(|schema| !self.accepts_all(*schema));
        // What accepts everything matters only for its name, and that only to `additional`.
        let test = |schema: SchemaIdx| {
            let index = (!self.accepts_all(schema)).then(|| self.at(schema));
            (index.is_some() || additional.is_some()).then_some(index)
        };
        let property = |(name, schema): &(String, SchemaIdx)| Some((name.clone(), test(*schema)?));
        let pattern = |(source, schema): &(String, SchemaIdx)| Some((Regex::new(source)?, test(*schema)?));
        let tests = ObjectTests {
            min_properties: rules.min_properties.filter(|min| *min > 0),
            max_properties: rules.max_properties,
            required: rules.required.clone(),
            properties: rules.properties.iter().filter_map(property).collect(),
            patterns: rules.patterns.iter().filter_map(pattern).collect(),
            additional: additional.map(|schema| self.at(schema)),
            names: rules.names.filter(|names| !self.accepts_all(*names)).map(|names| self.at(names)),
            dependent_required: rules.dependent_required.clone(),
            dependent_schemas: rules
                .dependent_schemas
                .iter()
                .map(|(name, schema)| (name.clone(), self.at(*schema)))
                .collect(),
        };
        (tests != ObjectTests::default()).then_some(tests)
    }

    fn accepts_all(&self, schema: SchemaIdx) -> bool {
        self.schemas[self.targets[schema.0 as usize]].body == SchemaBody::Always(true)
    }
}

/// Whether a value is of one of `types`, as far as is known without looking at its digits.
fn is_of(value: &Value, types: TypeSet) -> bool {
    types.has(match value {
        Value::Null => JsonType::Null,
        Value::Bool(_) => JsonType::Boolean,
        Value::Number(number) if number.is_f64() => JsonType::Number,
        Value::Number(_) => JsonType::Integer,
        Value::String(_) => JsonType::String,
        Value::Array(_) => JsonType::Array,
        Value::Object(_) => JsonType::Object,
    })
}

fn number_tests(rules: &NumberRules) -> impl Iterator<Item = NumberTest> {
    let test = |number: &Option<Number>, make: fn(Number) -> NumberTest| number.clone().map(make);
    [
        test(&rules.minimum, NumberTest::Minimum),
        test(&rules.maximum, NumberTest::Maximum),
        test(&rules.exclusive_minimum, NumberTest::ExclusiveMinimum),
        test(&rules.exclusive_maximum, NumberTest::ExclusiveMaximum),
        test(&rules.multiple_of, NumberTest::MultipleOf),
    ]
    .into_iter()
    .flatten()
}

fn text_tests(rules: &StringRules) -> impl Iterator<Item = TextTest> {
    let pattern = rules.pattern.as_deref().and_then(Regex::new);
    [
        rules.min_length.filter(|min| *min > 0).map(TextTest::MinLength),
        rules.max_length.map(TextTest::MaxLength),
        rules.format.map(TextTest::Format),
        pattern.map(TextTest::Pattern),
    ]
    .into_iter()
    .flatten()
}
