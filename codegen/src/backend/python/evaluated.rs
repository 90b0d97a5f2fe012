//! What `unevaluatedProperties` and `unevaluatedItems` ask: functions that tell whether the keywords of a subschema look at
//! a member or an item.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::literal::string;
use super::validator::Validators;
use crate::plan::{Holds, PlanIdx, Test};

/// Members or items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Members,
    Items,
}

impl Kind {
    /// The function that tells what the test of `index` looks at.
    fn function(self, index: PlanIdx) -> String {
        format!("{}{}", if self == Self::Members { "members" } else { "items" }, index.number())
    }

    /// What stands for the place that is asked about: in a call, and in the parameters.
    fn place(self) -> (&'static str, &'static str) {
        match self {
            Self::Members => ("name", "name: str"),
            Self::Items => ("index, item", "index: int, item: Any"),
        }
    }
}

impl Validators<'_> {
    /// Prints the functions that the test of `index` asks, and those which these ask in turn.
    pub fn looks(&self, index: PlanIdx, printed: &mut BTreeMap<(Kind, PlanIdx), String>) {
        let parts = |index: PlanIdx| {
            let tests = self.plan()[index].tests.iter();
            tests.flat_map(Test::in_place).map(|(part, _)| part).collect::<Vec<_>>()
        };
        let mut queue = Vec::new();
        for test in &self.plan()[index].tests {
            let kind = match test {
                Test::UnevaluatedProperties(_) => Kind::Members,
                Test::UnevaluatedItems(_) => Kind::Items,
                _ => continue,
            };
            queue.extend(parts(index).into_iter().map(|part| (kind, part)));
        }
        while let Some((kind, index)) = queue.pop() {
            if let Entry::Vacant(place) = printed.entry((kind, index)) {
                place.insert(self.look_function(index, kind));
                queue.extend(parts(index).into_iter().map(|part| (kind, part)));
            }
        }
    }

    fn look_function(&self, index: PlanIdx, kind: Kind) -> String {
        let (name, (_, parameters)) = (kind.function(index), kind.place());
        let covers = &self.plan()[index].covers;
        let looks_at_the_rest =
            if kind == Kind::Members { covers.rest_of_properties } else { covers.rest_of_items };
        let body = if looks_at_the_rest { "True".to_owned() } else { self.look(index, kind) };
        format!("\n\ndef {name}(value: Any, {parameters}, report: Report) -> bool:\n    return {body}\n")
    }

    /// Whether the keywords of a node, or what it applies in place, look at a member or an item.
    pub fn look(&self, index: PlanIdx, kind: Kind) -> String {
        let tests = self.plan()[index].tests.iter();
        let applied =
            tests.flat_map(Test::in_place).map(|(part, holds)| self.look_of_part(part, holds, kind));
        let looks: Vec<_> = self.own_looks(index, kind).into_iter().chain(applied).collect();
        if looks.is_empty() { "False".to_owned() } else { format!("({})", looks.join(" or ")) }
    }

    fn own_looks(&self, index: PlanIdx, kind: Kind) -> Vec<String> {
        let covers = &self.plan()[index].covers;
        match kind {
            Kind::Members if covers.all_properties => vec!["True".to_owned()],
            Kind::Members => {
                let names = covers.properties.iter().map(|known| format!("name == {}", string(known)));
                let patterns =
                    covers.patterns.iter().map(|regex| format!("{}(name) is not None", self.pattern(regex)));
                names.chain(patterns).collect()
            }
            Kind::Items if covers.all_items => vec!["True".to_owned()],
            Kind::Items => {
                let prefix = (covers.n_prefix > 0).then(|| format!("index < {}", covers.n_prefix));
                prefix.into_iter().chain(covers.contains.map(|test| self.accepts(test, "item"))).collect()
            }
        }
    }

    fn look_of_part(&self, part: PlanIdx, holds: Holds<'_>, kind: Kind) -> String {
        let (function, (place, _)) = (kind.function(part), kind.place());
        let looks = format!("{function}(value, {place}, report)");
        match holds {
            Holds::Always => looks,
            Holds::WhenValid => format!("{} and {looks}", self.accepts(part, "value")),
            Holds::After(test, true) => format!("{} and {looks}", self.accepts(test, "value")),
            Holds::After(test, false) => format!("not {} and {looks}", self.accepts(test, "value")),
            Holds::With(name) => format!("{} in value and {looks}", string(name)),
        }
    }
}
