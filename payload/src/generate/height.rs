//! How deep the smallest instance of each subschema is, and which subschemas have none.

use handfast_codegen::model::{JsonType, SchemaBody, Schemas, TypeSet};
use handfast_codegen::plan::{ArrayTests, ObjectTests, Plan, PlanIdx, Test};

/// Deeper than any instance: there is none.
pub const NEVER: u32 = u32::MAX;

/// For each node how many levels its smallest instance has at least, counted from 0.
#[derive(Debug)]
pub struct Heights {
    of: Vec<u32>,
    /// The nodes that accept everything.
    is_open: Vec<bool>,
}

impl Heights {
    /// Those of every node of `plan`.
    pub fn of(plan: &Plan, schemas: &Schemas) -> Self {
        let is_open: Vec<bool> = plan.iter().map(|(_, node)| node.tests.is_empty()).collect();
        let mut heights = Self { of: vec![NEVER; is_open.len()], is_open };
        // Each pass settles at least the next level, and few schemas need many.
        loop {
            let mut is_settled = true;
            for (index, node) in plan.iter() {
                let types = match &schemas[node.schema].body {
                    SchemaBody::Constraints(constraints) => constraints.types.unwrap_or(TypeSet::ALL),
                    SchemaBody::Always(_) => TypeSet::ALL,
                };
                let height = node.tests.iter().map(|test| heights.test(test, types)).max().unwrap_or(0);
                is_settled &= heights.of[index.number()] <= height;
                heights.of[index.number()] = height.min(heights.of[index.number()]);
            }
            if is_settled {
                return heights;
            }
        }
    }

    /// That of one node.
    pub fn at(&self, index: PlanIdx) -> u32 {
        self.of[index.number()]
    }

    fn most(&self, parts: impl IntoIterator<Item = PlanIdx>) -> u32 {
        parts.into_iter().map(|part| self.at(part)).max().unwrap_or(0)
    }

    fn n_open(&self, parts: &[PlanIdx]) -> usize {
        parts.iter().filter(|part| self.is_open[part.number()]).count()
    }

    fn least(&self, parts: &[PlanIdx]) -> u32 {
        parts.iter().map(|part| self.at(*part)).min().unwrap_or(NEVER)
    }

    fn test(&self, test: &Test, types: TypeSet) -> u32 {
        match test {
            Test::Never => NEVER,
            Test::Reference(target) => self.at(*target),
            Test::All(parts) => self.most(parts.iter().copied()),
            // Two of its branches accept whatever it is.
            Test::One(union) if self.n_open(&union.branches) > 1 => NEVER,
            Test::Any(union) | Test::One(union) => self.least(&union.branches),
            Test::Array(tests) if types.single() == Some(JsonType::Array) => self.array(tests),
            Test::Object(tests) if types.single() == Some(JsonType::Object) => self.object(tests),
            _ => 0,
        }
    }

    fn array(&self, tests: &ArrayTests) -> u32 {
        let n_least = usize::try_from(tests.min_items.unwrap_or(0)).unwrap_or(usize::MAX);
        let prefix = tests.prefix.iter().copied().take(n_least);
        let items = tests.items.filter(|_| n_least > tests.prefix.len());
        let contains = tests.contains.filter(|(_, min, _)| *min > 0).map(|(test, ..)| test);
        above(self.most(prefix.chain(items).chain(contains)), n_least > 0 || contains.is_some())
    }

    fn object(&self, tests: &ObjectTests) -> u32 {
        let of_name = |name: &String| {
            let declared = tests.properties.iter().find(|(declared, _)| declared == name);
            let patterns: Vec<_> = tests.patterns.iter().filter(|(regex, _)| regex.is_match(name)).collect();
            let is_known = declared.is_some() || !patterns.is_empty();
            let declared = declared.and_then(|(_, test)| *test);
            let additional = tests.additional.filter(|_| !is_known);
            declared.into_iter().chain(patterns.into_iter().filter_map(|(_, test)| *test)).chain(additional)
        };
        above(self.most(tests.required.iter().flat_map(of_name)), !tests.required.is_empty())
    }
}

fn above(height: u32, has_parts: bool) -> u32 {
    if has_parts { height.saturating_add(1) } else { height }
}
