//! Which subschemas of two plans say the same, word for word: they count as one.
//!
//! Subschemas begin in one class if their own keywords are equal, and are parted as long as something they apply is in
//! different classes. What is left together accepts the same values, recursion included.

use std::collections::HashMap;
use std::fmt::Write;

use handfast_codegen::plan::{Plan, PlanIdx, PlanNode, Test, TextTest};

use super::Root;

/// How often, in all, a subschema's class may be looked at. Rounds are as many as schemas are nested.
const MAX_WORK: usize = 2_000_000;

/// A class of subschemas that say the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Class(u32);

/// The subschemas of two sides in classes.
pub struct Classes<'p> {
    sides: [Root<'p>; 2],
    of: [Vec<Option<Class>>; 2],
    /// A member of each class, with its side.
    members: Vec<(usize, PlanIdx)>,
}

impl<'p> Classes<'p> {
    /// What the two schemas reach, in classes.
    pub fn of(sides: [Root<'p>; 2]) -> Self {
        let reached = sides.map(|side| reached(side.plan, side.plan.target(side.node)));
        let places: Vec<(usize, PlanIdx)> =
            (0..2).flat_map(|side| reached[side].iter().map(move |node| (side, *node))).collect();
        let tells_evaluated = places.iter().any(|(side, node)| looks_for_rest(&sides[*side].plan[*node]));
        let mut numbers = sides.map(|side| vec![None; side.plan.iter().count()]);
        for (number, (side, node)) in places.iter().enumerate() {
            numbers[*side][node.number()] = Some(number);
        }
        let mut parts = Vec::with_capacity(places.len());
        let mut names = HashMap::new();
        let mut colors = Vec::with_capacity(places.len());
        for (side, node) in &places {
            let plan = sides[*side].plan;
            let (name, children) = own(&plan[*node], tells_evaluated);
            let n_names = names.len() as u32;
            colors.push(*names.entry(name).or_insert(n_names));
            let number = |child: &PlanIdx| numbers[*side][plan.target(*child).number()];
            parts.push(children.iter().filter_map(number).collect::<Vec<usize>>());
        }
        let colors = refined(colors, names.len(), &parts);
        let mut members: Vec<Option<(usize, PlanIdx)>> = vec![None; places.len()];
        let mut of = sides.map(|side| vec![None; side.plan.iter().count()]);
        for (place, color) in places.iter().zip(&colors) {
            of[place.0][place.1.number()] = Some(Class(*color));
            members[*color as usize].get_or_insert(*place);
        }
        Self { sides, of, members: members.into_iter().flatten().collect() }
    }

    /// The class of a side's schema.
    pub fn root(&self, side: usize) -> Class {
        self.at(side, self.sides[side].node)
    }

    /// The class of a subschema that the side's schema reaches.
    pub fn at(&self, side: usize, node: PlanIdx) -> Class {
        let target = self.sides[side].plan.target(node);
        // Everything that is reached has a class; class 0 is always there.
        self.of[side][target.number()].unwrap_or(Class(0))
    }

    /// A subschema of the class: its side, and its number there.
    pub fn member(&self, class: Class) -> (usize, PlanIdx) {
        self.members[class.0 as usize]
    }

    /// A subschema of the class.
    pub fn node(&self, class: Class) -> &'p PlanNode {
        let (side, node) = self.member(class);
        &self.sides[side].plan[node]
    }

    /// The plan of a side.
    pub fn plan(&self, side: usize) -> &'p Plan {
        self.sides[side].plan
    }
}

/// Every test that `root` calls, itself first.
fn reached(plan: &Plan, root: PlanIdx) -> Vec<PlanIdx> {
    let mut is_known = vec![false; plan.iter().count()];
    let mut found = vec![root];
    is_known[root.number()] = true;
    let mut next = 0;
    while let Some(node) = found.get(next).copied() {
        next += 1;
        let parts = plan[node].tests.iter().flat_map(Test::parts).chain(plan[node].covers.contains);
        for part in parts.map(|part| plan.target(part)) {
            if !std::mem::replace(&mut is_known[part.number()], true) {
                found.push(part);
            }
        }
    }
    found
}

/// Parts classes until all members of each apply members of the same classes. Where that takes too long, nothing is alike.
fn refined(mut colors: Vec<u32>, mut n_colors: usize, parts: &[Vec<usize>]) -> Vec<u32> {
    for _ in 0..MAX_WORK.div_ceil(colors.len().max(1)) {
        let mut names = HashMap::new();
        let mut next = Vec::with_capacity(colors.len());
        for (color, parts) in colors.iter().zip(parts) {
            let name = (*color, parts.iter().map(|part| colors[*part]).collect::<Vec<_>>());
            let n_names = names.len() as u32;
            next.push(*names.entry(name).or_insert(n_names));
        }
        let n_next = names.len();
        colors = next;
        if n_next == n_colors {
            return colors;
        }
        n_colors = n_next;
    }
    (0..colors.len() as u32).collect()
}

fn looks_for_rest(node: &PlanNode) -> bool {
    node.tests.iter().any(|test| matches!(test, Test::UnevaluatedItems(_) | Test::UnevaluatedProperties(_)))
}

/// What a node says without what it applies, and what it applies, in an order that goes with it.
fn own(node: &PlanNode, with_covers: bool) -> (String, Vec<PlanIdx>) {
    let (mut name, mut parts) = (String::new(), Vec::new());
    for test in &node.tests {
        say(test, &mut name, &mut parts);
    }
    if with_covers {
        let covers = &node.covers;
        let mut properties: Vec<_> = covers.properties.iter().collect();
        properties.sort();
        let patterns: Vec<_> = covers.patterns.iter().map(|regex| regex.as_str()).collect();
        let (all, rest) = (covers.all_properties, covers.rest_of_properties);
        let items = (covers.n_prefix, covers.all_items, covers.rest_of_items, covers.contains.is_some());
        let _ = write!(name, "covers {properties:?} {patterns:?} {all} {rest} {items:?}");
        parts.extend(covers.contains);
    }
    (name, parts)
}

fn say(test: &Test, name: &mut String, parts: &mut Vec<PlanIdx>) {
    // Writing to a string never fails.
    let _ = match test {
        Test::Never | Test::Types(_) | Test::Constant(_) | Test::Enumeration(_) | Test::Number(_) => {
            write!(name, "{test:?};")
        }
        Test::Text(TextTest::Pattern(regex)) => write!(name, "pattern {:?};", regex.as_str()),
        Test::Text(test) => write!(name, "{test:?};"),
        Test::Array(tests) => {
            let counts = tests.contains.map(|(_, min, max)| (min, max));
            let (n_prefix, has_items) = (tests.prefix.len(), tests.items.is_some());
            let limits = (tests.min_items, tests.max_items, tests.unique);
            parts.extend(test.parts());
            write!(name, "array {counts:?} {n_prefix} {has_items} {limits:?};")
        }
        Test::Object(tests) => {
            let mut properties: Vec<_> = tests.properties.iter().collect();
            properties.sort();
            let mut required: Vec<_> = tests.required.iter().collect();
            required.sort();
            let mut dependent: Vec<_> = tests.dependent_schemas.iter().collect();
            dependent.sort();
            let named = |(name, part): &&(String, Option<PlanIdx>)| (name.clone(), part.is_some());
            let names: Vec<_> = properties.iter().map(named).collect();
            let pattern = |(regex, part): &(_, Option<PlanIdx>)| -> (String, bool) {
                let regex: &handfast_codegen::model::Regex = regex;
                (regex.as_str().to_owned(), part.is_some())
            };
            let patterns: Vec<_> = tests.patterns.iter().map(pattern).collect();
            parts.extend(properties.iter().filter_map(|(_, part)| *part));
            parts.extend(tests.patterns.iter().filter_map(|(_, part)| *part));
            parts.extend(tests.additional.iter().chain(&tests.names));
            parts.extend(dependent.iter().map(|(_, part)| *part));
            let dependent: Vec<_> = dependent.iter().map(|(name, _)| name).collect();
            let others = (tests.additional.is_some(), tests.names.is_some());
            let limits = (tests.min_properties, tests.max_properties, &tests.dependent_required);
            write!(name, "object {names:?} {required:?} {patterns:?} {others:?} {dependent:?} {limits:?};")
        }
        Test::Reference(_) => {
            parts.extend(test.parts());
            write!(name, "all 1;")
        }
        Test::All(all) => {
            parts.extend(all);
            write!(name, "all {};", all.len())
        }
        Test::Any(union) => {
            parts.extend(&union.branches);
            write!(name, "any {};", union.branches.len())
        }
        Test::One(union) => {
            parts.extend(&union.branches);
            write!(name, "one {};", union.branches.len())
        }
        Test::Not(part) => {
            parts.push(*part);
            write!(name, "not;")
        }
        Test::When { then, otherwise, .. } => {
            parts.extend(test.parts());
            write!(name, "when {} {};", then.is_some(), otherwise.is_some())
        }
        Test::UnevaluatedItems(part) => {
            parts.push(*part);
            write!(name, "rest of items;")
        }
        Test::UnevaluatedProperties(part) => {
            parts.push(*part);
            write!(name, "rest of properties;")
        }
    };
}
