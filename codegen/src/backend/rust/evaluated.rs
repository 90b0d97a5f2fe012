//! What `unevaluatedProperties` and `unevaluatedItems` ask: functions that tell whether the keywords of a subschema look at a
//! member or an item.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::Print;
use super::validator::Subject;
use crate::plan::{Holds, PlanIdx, Test};

/// Members or items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Members,
    Items,
}

impl Kind {
    /// The function that tells what the test of `index` looks at.
    fn function(self, index: PlanIdx) -> Ident {
        let prefix = if self == Self::Members { "members" } else { "items" };
        format_ident!("{prefix}{}", index.number())
    }

    /// What stands for the place that is asked about: in a call, and in the parameters.
    fn place(self) -> (TokenStream, TokenStream) {
        match self {
            Self::Members => (quote!(name), quote!(name: &str)),
            Self::Items => (quote!(index, item), quote!(index: usize, item: &Value)),
        }
    }
}

impl Print<'_> {
    pub fn unevaluated_properties(&self, index: PlanIdx, rest: PlanIdx) -> TokenStream {
        let (looks, rest) = (self.look(index, Kind::Members), self.call(rest, Subject::Value));
        quote!(match value {
            Value::Object(members) => rule::each(members, R::COLLECTS, |(name, member)| {
                #looks || { let (value, at) = (member, R::key(&at, name)); #rest }
            }),
            _ => true,
        })
    }

    pub fn unevaluated_items(&self, index: PlanIdx, rest: PlanIdx) -> TokenStream {
        let (looks, rest) = (self.look(index, Kind::Items), self.call(rest, Subject::Value));
        quote!(match value {
            Value::Array(items) => rule::each(items.iter().enumerate(), R::COLLECTS, |(index, item)| {
                #looks || { let (value, at) = (item, R::index(&at, index)); #rest }
            }),
            _ => true,
        })
    }

    /// The functions that the tests of `reachable` ask, and those which these ask in turn.
    pub fn looks(&self, reachable: &BTreeSet<PlanIdx>) -> TokenStream {
        let parts = |index: PlanIdx| {
            let tests = self.unit.plan[index].tests.iter();
            tests.flat_map(Test::in_place).map(|(part, _)| part).collect::<Vec<_>>()
        };
        let mut queue = Vec::new();
        for index in reachable {
            for test in &self.unit.plan[*index].tests {
                let kind = match test {
                    Test::UnevaluatedProperties(_) => Kind::Members,
                    Test::UnevaluatedItems(_) => Kind::Items,
                    _ => continue,
                };
                queue.extend(parts(*index).into_iter().map(|part| (kind, part)));
            }
        }
        let mut seen: BTreeSet<(Kind, PlanIdx)> = queue.iter().copied().collect();
        while let Some((kind, index)) = queue.pop() {
            queue.extend(parts(index).into_iter().map(|part| (kind, part)).filter(|part| seen.insert(*part)));
        }
        let functions = seen.into_iter().map(|(kind, index)| self.look_function(index, kind));
        quote!(#(#functions)*)
    }

    fn look_function(&self, index: PlanIdx, kind: Kind) -> TokenStream {
        let (name, (_, parameters)) = (kind.function(index), kind.place());
        let covers = &self.unit.plan[index].covers;
        let looks_at_the_rest =
            if kind == Kind::Members { covers.rest_of_properties } else { covers.rest_of_items };
        let body = if looks_at_the_rest { quote!(true) } else { self.look(index, kind) };
        quote!(fn #name<R: Report>(value: &Value, #parameters, report: &mut R) -> bool { #body })
    }

    /// Whether the keywords of a node, or what it applies in place, look at a member or an item.
    fn look(&self, index: PlanIdx, kind: Kind) -> TokenStream {
        let node = &self.unit.plan[index];
        let applied = node
            .tests
            .iter()
            .flat_map(Test::in_place)
            .map(|(part, holds)| self.look_of_part(part, holds, kind));
        let looks: Vec<_> = self.own_looks(index, kind).into_iter().chain(applied).collect();
        if looks.is_empty() { quote!(false) } else { quote!((#(#looks)||*)) }
    }

    fn own_looks(&self, index: PlanIdx, kind: Kind) -> Vec<TokenStream> {
        let covers = &self.unit.plan[index].covers;
        match kind {
            Kind::Members if covers.all_properties => vec![quote!(true)],
            Kind::Members => {
                let names = covers.properties.iter().map(|known| quote!(name == #known));
                let patterns = covers.patterns.iter().map(|regex| {
                    let pattern = self.pattern(regex.as_str());
                    quote!(#pattern.is_match(name))
                });
                names.chain(patterns).collect()
            }
            Kind::Items if covers.all_items => vec![quote!(true)],
            Kind::Items => {
                let n_prefix = covers.n_prefix;
                let contains = covers.contains.map(|test| {
                    let accepts = self.accepts(test, Subject::Value);
                    quote!({ let value = item; #accepts })
                });
                (n_prefix > 0).then(|| quote!(index < #n_prefix)).into_iter().chain(contains).collect()
            }
        }
    }

    fn look_of_part(&self, part: PlanIdx, holds: Holds<'_>, kind: Kind) -> TokenStream {
        let (function, (place, _)) = (kind.function(part), kind.place());
        let looks = quote!(#function(value, #place, report));
        match holds {
            Holds::Always => looks,
            Holds::WhenValid => {
                let accepts = self.accepts(part, Subject::Value);
                quote!(#accepts && #looks)
            }
            Holds::After(test, true) => {
                let accepts = self.accepts(test, Subject::Value);
                quote!(#accepts && #looks)
            }
            Holds::After(test, false) => {
                let accepts = self.accepts(test, Subject::Value);
                quote!(!#accepts && #looks)
            }
            Holds::With(name) => quote!(value.get(#name).is_some() && #looks),
        }
    }
}
