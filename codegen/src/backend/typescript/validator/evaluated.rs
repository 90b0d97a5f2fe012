//! What `unevaluatedProperties` and `unevaluatedItems` ask: functions that tell whether the keywords of a subschema look at a
//! member or an item.

use super::expression::{Expression, Step, returning, unless};
use super::node::each_item;
use super::{Print, Site};
use crate::backend::typescript::literal;
use crate::plan::{Holds, PlanIdx, Test};

/// Members or items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Members,
    Items,
}

/// What a function looks for, and at which test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Look {
    kind: Kind,
    index: PlanIdx,
}

impl Look {
    fn name(self) -> String {
        let prefix = if self.kind == Kind::Members { "m" } else { "i" };
        format!("{prefix}{}", self.index.number())
    }

    /// What stands for the place that is asked about: in a call, and in the parameters.
    const fn place(self) -> (&'static str, &'static str) {
        match self.kind {
            Kind::Members => ("k", "k: string"),
            Kind::Items => ("i, y", "i: number, y: any"),
        }
    }
}

impl Print<'_> {
    pub fn unevaluated_properties(&self, index: PlanIdx, rest: PlanIdx, site: &Site) -> Step {
        let at =
            if site.is_quick { String::new() } else { format!("{}({}, k)", self.runtime("place"), site.at) };
        let rest = self.invoke(rest, &site.with("x", at));
        let looks = self.look(Look { kind: Kind::Members, index }, site.subject);
        let Step::Statements(each) = self.each_member(site, &unless(&Expression::any([looks, rest]), ""))
        else {
            return Step::Test(Expression::always());
        };
        let guard =
            super::node::of_kinds([crate::model::JsonType::Object].into_iter().collect(), site.subject);
        Step::Statements(format!("if ({guard}) {{\n{}}}\n", super::expression::indented(&each, "  ")))
    }

    pub fn unevaluated_items(&self, index: PlanIdx, rest: PlanIdx, site: &Site) -> Step {
        let subject = site.subject;
        let rest = self.invoke(rest, &site.with("y", site.below("\"/\" + i")));
        let looks = self.look(Look { kind: Kind::Items, index }, subject);
        let test = Expression::any([looks, rest]);
        let (body, is_read) = (unless(&test, ""), test.mentions("y"));
        let range = format!("let i = 0; i < {subject}.length; i++");
        let each = each_item(&range, subject, is_read.then_some("const y"), &body);
        Step::Statements(format!(
            "if (Array.isArray({subject})) {{\n{}}}\n",
            super::expression::indented(&each, "  ")
        ))
    }

    /// The function of a look.
    pub fn look_function(&self, look: Look) -> String {
        let node = &self.unit.plan[look.index];
        let covers = &node.covers;
        let looks_at_the_rest = match look.kind {
            Kind::Members => covers.rest_of_properties,
            Kind::Items => covers.rest_of_items,
        };
        let looks = if looks_at_the_rest { Expression::always() } else { self.look(look, "v") };
        let depth = if self.is_deep(look.index) { ", d: number" } else { "" };
        let uri = node.uri.replace(literal::is_invisible, " ");
        let (name, (_, parameters)) = (look.name(), look.place());
        let body = returning(&looks);
        format!(
            "// What {uri} looks at.\nfunction {name}(v: any, {parameters}{depth}): unknown {{\n{body}}}\n"
        )
    }

    fn is_deep(&self, index: PlanIdx) -> bool {
        self.deep.contains(&index) || self.deep.contains(&self.unit.plan.target(index))
    }

    /// Whether the keywords of a node, or what it applies in place, look at a member or an item.
    fn look(&self, look: Look, subject: &'static str) -> Expression {
        let own = self.own_looks(look);
        let applied = self.unit.plan[look.index].tests.iter().flat_map(Test::in_place);
        let applied = applied.map(|(part, holds)| self.look_of_part(part, holds, look.kind, subject));
        Expression::any(own.into_iter().chain(applied))
    }

    fn own_looks(&self, look: Look) -> Vec<Expression> {
        let covers = &self.unit.plan[look.index].covers;
        match look.kind {
            Kind::Members if covers.all_properties => vec![Expression::always()],
            Kind::Members => {
                let names = covers.properties.iter();
                let names = names.map(|known| Expression::of(format!("k === {}", literal::string(known))));
                let patterns = covers.patterns.iter().map(|regex| self.matches(regex.as_str(), "k"));
                names.chain(patterns).collect()
            }
            Kind::Items if covers.all_items => vec![Expression::always()],
            Kind::Items => {
                let prefix = Expression::of(format!("i < {}", covers.n_prefix));
                let contains = covers.contains.map(|test| self.accepts(test, "y"));
                (covers.n_prefix > 0).then_some(prefix).into_iter().chain(contains).collect()
            }
        }
    }

    fn look_of_part(&self, part: PlanIdx, holds: Holds<'_>, kind: Kind, subject: &'static str) -> Expression {
        let look = Look { kind, index: part };
        self.looks.borrow_mut().insert(look);
        let depth = if self.is_deep(part) { ", d" } else { "" };
        let looks = Expression::of(format!("{}({subject}, {}{depth})", look.name(), look.place().0));
        let condition = match holds {
            Holds::Always => Expression::always(),
            Holds::WhenValid => self.accepts(part, subject),
            Holds::After(test, true) => self.accepts(test, subject),
            Holds::After(test, false) => self.accepts(test, subject).negated(),
            Holds::With(name) => self.has(subject, name),
        };
        Expression::all([condition, looks])
    }
}
