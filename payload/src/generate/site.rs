//! The places where a schema can be broken, and the ways that lead to them.

use std::collections::{HashMap, VecDeque};

use handfast_codegen::plan::{NumberTest, ObjectTests, Plan, PlanIdx, PlanNode, Test, TextTest};

/// A part of a test that a value can break by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Piece {
    /// All of a test that asks one thing: a type, a constant, a limit of a number.
    Whole,
    /// No branch of a union accepts.
    NoBranch,
    /// Several branches of `oneOf` accept: another way to break what [`Piece::NoBranch`] breaks.
    TwoBranches,
    /// `minItems`
    MinItems,
    /// `maxItems`
    MaxItems,
    /// `uniqueItems`
    Unique,
    /// `contains`, `minContains`
    TooFew,
    /// `maxContains`
    TooMany,
    /// `minProperties`
    MinProperties,
    /// `maxProperties`
    MaxProperties,
    /// The name of that number in `required`.
    Required(usize),
    /// In `dependentRequired` the entry of that number, and the name of that number in it.
    Dependent(usize, usize),
    /// What stands behind an edge: no keyword of its own.
    Child(Edge),
}

/// How one test leads to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Edge {
    /// `$ref`
    Reference,
    /// A part of `allOf`, or a branch of a union.
    Part(usize),
    /// `if`
    If,
    /// `then`
    Then,
    /// `else`
    Else,
    /// `not`
    Not,
    /// An entry of `dependentSchemas`
    Dependent(usize),
    /// An entry of `properties`
    Property(usize),
    /// An entry of `patternProperties`
    Pattern(usize),
    /// `additionalProperties`
    Additional,
    /// `propertyNames`
    Names,
    /// An entry of `prefixItems`
    Prefix(usize),
    /// `items`
    Items,
    /// `contains`
    Contains,
    /// `unevaluatedItems`, `unevaluatedProperties`
    Rest,
}

/// One keyword at one place of a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Site {
    /// The subschema.
    pub node: PlanIdx,
    /// The number of the test in it.
    pub test: usize,
    /// The part of the test.
    pub piece: Piece,
}

/// A step on the way to a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// Where it starts.
    pub node: PlanIdx,
    /// The test that leads on.
    pub test: usize,
    /// How.
    pub edge: Edge,
}

impl Edge {
    /// Whether it leads to what is asked of the same value.
    pub fn is_in_place(self) -> bool {
        matches!(self, Self::Reference | Self::Part(_) | Self::Then | Self::Else | Self::Dependent(_))
    }
}

impl Step {
    /// Where it ends.
    pub fn end(&self, plan: &Plan) -> Option<PlanIdx> {
        let all = edges(&plan[self.node].tests[self.test]);
        all.into_iter().find(|(edge, _)| *edge == self.edge).map(|(_, end)| end)
    }
}

/// What a test leads to, and how.
pub fn edges(test: &Test) -> Vec<(Edge, PlanIdx)> {
    let parts = |parts: &[PlanIdx]| {
        parts.iter().enumerate().map(|(idx, part)| (Edge::Part(idx), *part)).collect::<Vec<_>>()
    };
    match test {
        Test::Reference(target) => vec![(Edge::Reference, *target)],
        Test::All(all) => parts(all),
        Test::Any(union) | Test::One(union) => parts(&union.branches),
        Test::Not(part) => vec![(Edge::Not, *part)],
        Test::When { test, then, otherwise } => {
            let then = then.map(|then| (Edge::Then, then));
            let otherwise = otherwise.map(|otherwise| (Edge::Else, otherwise));
            [Some((Edge::If, *test)), then, otherwise].into_iter().flatten().collect()
        }
        Test::UnevaluatedItems(rest) | Test::UnevaluatedProperties(rest) => vec![(Edge::Rest, *rest)],
        Test::Array(tests) => {
            let prefix = tests.prefix.iter().enumerate().map(|(idx, test)| (Edge::Prefix(idx), *test));
            let items = tests.items.map(|items| (Edge::Items, items));
            prefix.chain(items).chain(tests.contains.map(|(test, ..)| (Edge::Contains, test))).collect()
        }
        Test::Object(tests) => object_edges(tests),
        _ => Vec::new(),
    }
}

fn object_edges(tests: &ObjectTests) -> Vec<(Edge, PlanIdx)> {
    let properties = tests.properties.iter().enumerate();
    let properties = properties.filter_map(|(idx, (_, test))| Some((Edge::Property(idx), (*test)?)));
    let patterns = tests.patterns.iter().enumerate();
    let patterns = patterns.filter_map(|(idx, (_, test))| Some((Edge::Pattern(idx), (*test)?)));
    let dependent = tests.dependent_schemas.iter().enumerate();
    let dependent = dependent.map(|(idx, (_, test))| (Edge::Dependent(idx), *test));
    let additional = tests.additional.map(|test| (Edge::Additional, test));
    let names = tests.names.map(|test| (Edge::Names, test));
    properties.chain(patterns).chain(additional).chain(names).chain(dependent).collect()
}

/// The parts of a test that a value can break by themselves.
pub fn pieces(test: &Test) -> Vec<Piece> {
    match test {
        Test::Never
        | Test::Types(_)
        | Test::Constant(_)
        | Test::Enumeration(_)
        | Test::Number(_)
        | Test::Text(_)
        | Test::Not(_) => vec![Piece::Whole],
        Test::Any(_) | Test::One(_) => vec![Piece::NoBranch],
        Test::Array(tests) => {
            let contains = tests.contains;
            let found = [
                tests.min_items.map(|_| Piece::MinItems),
                tests.max_items.map(|_| Piece::MaxItems),
                tests.unique.then_some(Piece::Unique),
                contains.filter(|(_, min, _)| *min > 0).map(|_| Piece::TooFew),
                contains.and_then(|(.., max)| max).map(|_| Piece::TooMany),
            ];
            found.into_iter().flatten().collect()
        }
        Test::Object(tests) => {
            let limits = [
                tests.min_properties.map(|_| Piece::MinProperties),
                tests.max_properties.map(|_| Piece::MaxProperties),
            ];
            let required = (0..tests.required.len()).map(Piece::Required);
            let dependent = tests.dependent_required.iter().enumerate().flat_map(|(idx, (_, needed))| {
                (0..needed.len()).map(move |needed| Piece::Dependent(idx, needed))
            });
            limits.into_iter().flatten().chain(required).chain(dependent).collect()
        }
        _ => Vec::new(),
    }
}

/// Every way to break a test, those through what stands behind it included.
pub fn refutations(test: &Test) -> Vec<Piece> {
    let is_way = |edge: &Edge| match test {
        Test::Any(_) | Test::One(_) | Test::Not(_) => false,
        Test::When { .. } => matches!(edge, Edge::Then | Edge::Else),
        _ => *edge != Edge::Contains,
    };
    let children = edges(test).into_iter().map(|(edge, _)| edge).filter(is_way).map(Piece::Child);
    let doubled = matches!(test, Test::One(union) if union.branches.len() > 1);
    pieces(test).into_iter().chain(children).chain(doubled.then_some(Piece::TwoBranches)).collect()
}

/// Every site that can be come to from `root` without passing `not` or `if`, in the order of the plan; the shortest way to
/// each node.
pub fn routes(plan: &Plan, root: PlanIdx) -> (Vec<Site>, HashMap<PlanIdx, Vec<Step>>) {
    let mut routes = HashMap::from([(root, Vec::new())]);
    let mut queue = VecDeque::from([root]);
    let mut order = Vec::new();
    while let Some(node) = queue.pop_front() {
        order.push(node);
        for (test_idx, test) in plan[node].tests.iter().enumerate() {
            for (edge, child) in edges(test) {
                if matches!(edge, Edge::Not | Edge::If) || routes.contains_key(&child) {
                    continue;
                }
                let mut route = routes[&node].clone();
                route.push(Step { node, test: test_idx, edge });
                routes.insert(child, route);
                queue.push_back(child);
            }
        }
    }
    order.sort_unstable();
    let sites = |node: PlanIdx| {
        plan[node].tests.iter().enumerate().flat_map(move |(test_idx, test)| {
            pieces(test).into_iter().map(move |piece| Site { node, test: test_idx, piece })
        })
    };
    (order.into_iter().flat_map(sites).collect(), routes)
}

impl Site {
    /// The keyword, as it stands in the schema.
    pub fn keyword(&self, plan: &Plan) -> String {
        let node = &plan[self.node];
        match (&node.tests[self.test], self.piece) {
            (_, Piece::MinItems) => "minItems",
            (_, Piece::MaxItems) => "maxItems",
            (_, Piece::Unique) => "uniqueItems",
            (Test::Array(tests), Piece::TooFew) if tests.contains.is_some_and(|(_, min, _)| min > 1) => {
                "minContains"
            }
            (_, Piece::TooFew) => "contains",
            (_, Piece::TooMany) => "maxContains",
            (_, Piece::MinProperties) => "minProperties",
            (_, Piece::MaxProperties) => "maxProperties",
            (_, Piece::Required(_)) => "required",
            (_, Piece::Dependent(..)) => "dependentRequired",
            (Test::Never, _) => return keyword_of_false(&node.uri).to_owned(),
            (Test::Types(_), _) => "type",
            (Test::Constant(_), _) => "const",
            (Test::Enumeration(_), _) => "enum",
            (Test::Number(test), _) => match test {
                NumberTest::Minimum(_) => "minimum",
                NumberTest::Maximum(_) => "maximum",
                NumberTest::ExclusiveMinimum(_) => "exclusiveMinimum",
                NumberTest::ExclusiveMaximum(_) => "exclusiveMaximum",
                NumberTest::MultipleOf(_) => "multipleOf",
            },
            (Test::Text(test), _) => match test {
                TextTest::MinLength(_) => "minLength",
                TextTest::MaxLength(_) => "maxLength",
                TextTest::Format(_) => "format",
                TextTest::Pattern(_) => "pattern",
            },
            (Test::Any(_), _) => "anyOf",
            (Test::One(_), _) => "oneOf",
            (Test::Not(_), _) => "not",
            (Test::Reference(_), _) => "$ref",
            (Test::All(_), _) => "allOf",
            (Test::When { .. }, _) => "if",
            (Test::UnevaluatedItems(_), _) => "unevaluatedItems",
            (Test::UnevaluatedProperties(_), _) => "unevaluatedProperties",
            (Test::Array(_), _) => "items",
            (Test::Object(_), _) => "properties",
        }
        .to_owned()
    }

    /// The node without that keyword.
    pub fn without(&self, plan: &Plan) -> PlanNode {
        let mut node = plan[self.node].clone();
        let test = &mut node.tests[self.test];
        match (test, self.piece) {
            (Test::Array(tests), piece) => match piece {
                Piece::MinItems => tests.min_items = None,
                Piece::MaxItems => tests.max_items = None,
                Piece::Unique => tests.unique = false,
                Piece::TooMany => tests.contains = tests.contains.map(|(test, min, _)| (test, min, None)),
                Piece::TooFew => tests.contains = tests.contains.map(|(test, _, max)| (test, 0, max)),
                _ => {}
            },
            (Test::Object(tests), piece) => match piece {
                Piece::MinProperties => tests.min_properties = None,
                Piece::MaxProperties => tests.max_properties = None,
                Piece::Required(name) => drop(tests.required.remove(name)),
                Piece::Dependent(entry, name) => drop(tests.dependent_required[entry].1.remove(name)),
                _ => {}
            },
            _ => drop(node.tests.remove(self.test)),
        }
        node
    }
}

/// The keyword whose value is the schema `false` at `uri`: `additionalProperties` of `…#/additionalProperties`.
fn keyword_of_false(uri: &str) -> &str {
    let mut tokens = uri.rsplit('/');
    let (last, above) = (tokens.next().unwrap_or_default(), tokens.next().unwrap_or_default());
    match above {
        "properties" | "patternProperties" | "prefixItems" | "dependentSchemas" | "dependencies"
        | "items" | "allOf" | "anyOf" | "oneOf" => above,
        _ if last.contains('#') || last.is_empty() => "false",
        _ => last,
    }
}
