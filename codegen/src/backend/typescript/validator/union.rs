//! `anyOf` and `oneOf`: only the branches that can accept a value are asked.

use super::expression::Expression;
use super::node::of_kinds;
use super::{Print, Site};
use crate::backend::typescript::literal;
use crate::plan::{Arm, Candidate, Choice, Tags, Union};

/// More members than these are not looked up before a candidate is asked.
const MAX_LOOKUPS: usize = 2;

/// Of more strings than these a candidate is asked itself.
const MAX_TEXTS: usize = 8;

impl Print<'_> {
    pub fn union_test(&self, code: &str, union: &Union, schema: &str, site: &Site) -> Expression {
        // The last arm takes what is left, which may be no JSON at all: best one that accepts nothing, at worst one that
        // reads no members.
        let rank = |arm: &&Arm| match arm.choice {
            Choice::Tagged(_) => 0,
            Choice::None => 2,
            _ => 1,
        };
        let mut arms: Vec<_> = union.arms.iter().collect();
        arms.sort_by_key(rank);
        let Some(last) = arms.pop() else { return Expression::always() };
        let last = self.choice_test(code, &last.choice, schema, site);
        arms.into_iter().rev().fold(last, |otherwise, arm| {
            let chosen = self.choice_test(code, &arm.choice, schema, site);
            Expression::choice(of_kinds(arm.types, site.subject), chosen, otherwise)
        })
    }

    fn choice_test(&self, code: &str, choice: &Choice, schema: &str, site: &Site) -> Expression {
        match (choice, code) {
            (Choice::None, "anyOf") => self.plain(code, Expression::never(), "{}", schema, site),
            (Choice::None, _) => self.plain(code, Expression::never(), "{ accepted: 0 }", schema, site),
            (Choice::One(branch), _) => self.invoke(*branch, site),
            (Choice::Tagged(tags), _) => self.tagged_test(code, tags, schema, site),
            (Choice::Several(branches), "anyOf") => {
                let accepts = branches.iter().map(|branch| self.candidate_test(branch, site));
                self.plain(code, Expression::any(accepts), "{}", schema, site)
            }
            (Choice::Several(branches), _) => {
                let accepts = branches.iter().map(|branch| {
                    let accepts = self.candidate_test(branch, site);
                    format!("({})", Expression::choice(accepts, Expression::of("1"), Expression::of("0")))
                });
                let n_accepted = accepts.collect::<Vec<_>>().join(" + ");
                let valid = Expression::of(format!("(n = {n_accepted}) === 1"));
                self.plain(code, valid, "{ accepted: n }", schema, site)
            }
        }
    }

    /// Whether a candidate accepts, the cheapest reason against it first.
    fn candidate_test(&self, candidate: &Candidate, site: &Site) -> Expression {
        let Candidate { branch, needs, wants } = candidate;
        let subject = site.subject;
        let accepts = self.accepts(*branch, subject);
        let is_wanted = |need: &&String| wants.iter().any(|(name, _)| name == *need);
        let wanted = wants.iter().filter(|(_, texts)| texts.len() <= MAX_TEXTS).map(|(name, texts)| {
            let member = self.member(subject, name);
            let absent = (!needs.contains(name)).then(|| Expression::of(format!("{member} === undefined")));
            let texts =
                texts.iter().map(|text| Expression::of(format!("{member} === {}", literal::string(text))));
            Expression::any(absent.into_iter().chain(texts))
        });
        let needed = needs.iter().filter(|need| !is_wanted(need)).map(|name| self.has(subject, name));
        let tests: Vec<_> = wanted.chain(needed).take(MAX_LOOKUPS).collect();
        Expression::all(tests.into_iter().chain([accepts]))
    }

    /// The branch that a property selects.
    fn tagged_test(&self, code: &str, tags: &Tags, schema: &str, site: &Site) -> Expression {
        let Tags { property, arms } = tags;
        let expected: Vec<_> = arms.iter().map(|(tag, _)| tag.clone()).collect();
        let more = format!(
            ", \"{code}\", {}, {}, {}",
            literal::string(property),
            super::constants::json(&expected.into()),
            site.subject
        );
        let otherwise = site.or(Expression::never(), self.runtime("untagged"), schema, &more);
        let member = self.member(site.subject, property);
        let mut arms = arms.iter();
        let Some((first, branch)) = arms.next() else { return otherwise };
        let first = (Expression::of(format!("(x = {member}) === {}", super::constants::json(first))), branch);
        let others = arms.map(|(tag, branch)| (self.equals(tag, "x"), branch));
        let all: Vec<_> = std::iter::once(first).chain(others).collect();
        all.into_iter().rev().fold(otherwise, |otherwise, (is_meant, branch)| {
            Expression::choice(is_meant, self.invoke(*branch, site), otherwise)
        })
    }
}
