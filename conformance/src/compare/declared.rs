//! The plan of a producer that makes no member its schema does not mention.
//!
//! Each place where a value stands gets a copy of its test that refuses members which nothing evaluates, as
//! `unevaluatedProperties` would. A schema that mentions no member at all says nothing about members, and stays open; so does
//! what `additionalProperties` says something about, be it `true`. What a `not` or an `if` asks stays as it is.

use handfast_codegen::plan::{
    Arm, Candidate, Choice, Cover, ObjectTests, Plan, PlanIdx, PlanNode, Tags, Test, Union,
};

use super::Root;

/// The plan with the copies, and the test in it that asks the schema and its copy.
pub fn declared(root: Root<'_>) -> (Plan, PlanIdx) {
    let mut plan = root.plan.clone();
    let n = root.plan.iter().count();
    // Copies that apply to the value at hand, then those that a place has, then the one that refuses all, and the root.
    let added = plan.add(2 * n + 2, |added| {
        let copy =
            Copy { plan: root.plan, in_place: &added[..n], at_place: &added[n..2 * n], never: added[2 * n] };
        let in_place = root.plan.iter().map(|(_, node)| copy.node(node));
        let at_place = root.plan.iter().map(|(index, node)| copy.place(index, node));
        let never = bare(root.plan, root.node, vec![Test::Never]);
        let both = vec![Test::All(vec![root.node, copy.at_place[root.node.number()]])];
        in_place.chain(at_place).chain([never, bare(root.plan, root.node, both)]).collect()
    });
    let both = added[2 * n + 1];
    (plan, both)
}

/// A test at the place of another.
fn bare(plan: &Plan, at: PlanIdx, tests: Vec<Test>) -> PlanNode {
    PlanNode { schema: plan[at].schema, uri: plan[at].uri.clone(), tests, covers: Cover::default() }
}

struct Copy<'c> {
    plan: &'c Plan,
    in_place: &'c [PlanIdx],
    at_place: &'c [PlanIdx],
    never: PlanIdx,
}

impl Copy<'_> {
    /// What stands for `index` where it is applied to the value at hand.
    fn here(&self, index: PlanIdx) -> PlanIdx {
        self.in_place[index.number()]
    }

    /// What stands for `index` where it is applied to a member or an item.
    fn there(&self, index: PlanIdx) -> PlanIdx {
        self.at_place[index.number()]
    }

    fn place(&self, index: PlanIdx, node: &PlanNode) -> PlanNode {
        let mut tests = vec![Test::Reference(self.here(index))];
        if self.mentions_members(index, &mut Vec::new()) {
            tests.push(Test::UnevaluatedProperties(self.never));
        }
        PlanNode { tests, covers: Cover::default(), ..node.clone() }
    }

    fn mentions_members(&self, index: PlanIdx, seen: &mut Vec<PlanIdx>) -> bool {
        if seen.contains(&index) {
            return false;
        }
        seen.push(index);
        let node = &self.plan[index];
        let mut parts = node.tests.iter().flat_map(Test::in_place);
        !node.covers.properties.is_empty()
            || !node.covers.patterns.is_empty()
            || parts.any(|(part, _)| self.mentions_members(part, seen))
    }

    fn node(&self, node: &PlanNode) -> PlanNode {
        PlanNode { tests: node.tests.iter().map(|test| self.test(test)).collect(), ..node.clone() }
    }

    fn test(&self, test: &Test) -> Test {
        match test {
            Test::Array(tests) => {
                let mut tests = tests.clone();
                tests.prefix.iter_mut().chain(&mut tests.items).for_each(|part| *part = self.there(*part));
                Test::Array(tests)
            }
            Test::Object(tests) => Test::Object(self.object(tests)),
            Test::Reference(target) => Test::Reference(self.here(*target)),
            Test::All(parts) => Test::All(parts.iter().map(|part| self.here(*part)).collect()),
            // A copy accepts less, so that more than one may have to be asked; the schema itself sees that one accepts.
            Test::Any(union) | Test::One(union) => Test::Any(self.union(union)),
            Test::When { test, then, otherwise } => Test::When {
                test: *test,
                then: then.map(|part| self.here(part)),
                otherwise: otherwise.map(|part| self.here(part)),
            },
            Test::UnevaluatedItems(rest) => Test::UnevaluatedItems(self.there(*rest)),
            Test::UnevaluatedProperties(rest) => Test::UnevaluatedProperties(self.there(*rest)),
            _ => test.clone(),
        }
    }

    fn object(&self, tests: &ObjectTests) -> ObjectTests {
        let mut tests = tests.clone();
        let properties = tests.properties.iter_mut().filter_map(|(_, part)| part.as_mut());
        let patterns = tests.patterns.iter_mut().filter_map(|(_, part)| part.as_mut());
        properties.chain(patterns).chain(&mut tests.additional).for_each(|part| *part = self.there(*part));
        tests.dependent_schemas.iter_mut().for_each(|(_, part)| *part = self.here(*part));
        tests
    }

    fn union(&self, union: &Union) -> Union {
        let arm = |arm: &Arm| Arm { types: arm.types, choice: self.choice(&arm.choice) };
        Union {
            branches: union.branches.iter().map(|branch| self.here(*branch)).collect(),
            arms: union.arms.iter().map(arm).collect(),
        }
    }

    fn choice(&self, choice: &Choice) -> Choice {
        match choice {
            Choice::None => Choice::None,
            Choice::One(branch) => Choice::One(self.here(*branch)),
            Choice::Tagged(tags) => Choice::Tagged(Tags {
                property: tags.property.clone(),
                arms: tags.arms.iter().map(|(tag, branch)| (tag.clone(), self.here(*branch))).collect(),
            }),
            Choice::Several(candidates) => {
                let copy = |one: &Candidate| Candidate { branch: self.here(one.branch), ..one.clone() };
                Choice::Several(candidates.iter().map(copy).collect())
            }
        }
    }
}
