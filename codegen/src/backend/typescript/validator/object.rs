//! Limits of objects: named members are looked up; the others, where something is said of them, are walked over.

use super::constants::json;
use super::expression::{Expression, Step, indented, unless};
use super::{Print, Site};
use crate::backend::typescript::literal;
use crate::plan::{ObjectTests, PlanIdx};
use crate::pointer::escaped_token;

/// More names than these are looked up in a set.
const FEW_NAMES: usize = 8;

/// Names that every object inherits something under.
const INHERITED: &[&str] = &[
    "__defineGetter__",
    "__defineSetter__",
    "__lookupGetter__",
    "__lookupSetter__",
    "__proto__",
    "constructor",
    "hasOwnProperty",
    "isPrototypeOf",
    "propertyIsEnumerable",
    "toLocaleString",
    "toString",
    "valueOf",
];

impl Print<'_> {
    /// A member of the subject.
    pub fn member(&self, subject: &str, name: &str) -> String {
        if INHERITED.contains(&name) {
            return format!("{}({subject}, {})", self.runtime("member"), literal::string(name));
        }
        match literal::property(name) {
            quoted if quoted.starts_with('"') => format!("{subject}[{quoted}]"),
            plain => format!("{subject}.{plain}"),
        }
    }

    pub fn object_test(&self, tests: &ObjectTests, schema: &str, site: &Site) -> Vec<Step> {
        let subject = site.subject;
        let limit = |code: &str, operator: &str, limit: u64| {
            let size = format!("{}({subject})", self.runtime("size"));
            let valid = Expression::of(format!("{size} {operator} {limit}"));
            Step::Test(self.beyond(code, valid, &limit.to_string(), &size, schema, site))
        };
        let mut steps = Vec::new();
        steps.extend(tests.min_properties.map(|min| limit("minProperties", ">=", min)));
        steps.extend(tests.max_properties.map(|max| limit("maxProperties", "<=", max)));
        steps.extend(self.members_test(tests, schema, site));
        for (name, needed) in &tests.dependent_required {
            let needed = needed.iter().map(|needed| {
                let params = format!(
                    "{{ property: {}, because: {} }}",
                    literal::string(needed),
                    literal::string(name)
                );
                self.plain("dependentRequired", self.has(subject, needed), &params, schema, site)
            });
            steps.push(Step::Test(Expression::any([self.lacks(subject, name), Expression::all(needed)])));
        }
        for (name, test) in &tests.dependent_schemas {
            let test = self.invoke(*test, site);
            steps.push(Step::Test(Expression::any([self.lacks(subject, name), test])));
        }
        steps
    }

    /// Whether the subject has a member of that name.
    pub fn has(&self, subject: &str, name: &str) -> Expression {
        Expression::of(format!("{} !== undefined", self.member(subject, name)))
    }

    fn lacks(&self, subject: &str, name: &str) -> Expression {
        Expression::of(format!("{} === undefined", self.member(subject, name)))
    }

    /// What is said of members by their names. Violations come in the order of the names where more than a few are named,
    /// and then those of what is missing, as a walk over all members would find them.
    fn members_test(&self, tests: &ObjectTests, schema: &str, site: &Site) -> Vec<Step> {
        let mut named: Vec<_> = tests.named().collect();
        let walks = tests.walks();
        if walks {
            named.sort_by_key(|(name, ..)| *name);
        }
        let lookups = named.into_iter().map(|named| self.lookup(named, walks, schema, site));
        let lookups: Vec<_> = lookups.filter(|test| !test.is_always()).map(Step::Test).collect();
        let is_tested = tests.properties.iter().any(|(_, test)| test.is_some());
        let names = tests.names.map(|test| self.names_test(test, site));
        let others = self.others_test(tests, site);
        let n_passes = usize::from(is_tested) + usize::from(names.is_some()) + usize::from(others.is_some());
        let mut steps = Vec::new();
        let is_arranged = n_passes > 1 && walks && !site.is_quick && (names.is_some() || others.is_some());
        if is_arranged {
            steps.push(Step::Statements("const l = r ? r.length : 0;\n".to_owned()));
        }
        steps.extend(names);
        steps.extend(lookups);
        steps.extend(others);
        if is_arranged {
            let arranged = format!("{}(r, l, {})", self.runtime("arrange"), site.at);
            steps.push(Step::Test(Expression::any([Expression::of("!r"), Expression::of(arranged)])));
        }
        if walks && !tests.required.is_empty() && !site.is_quick {
            let names = json(&tests.required.clone().into());
            let told =
                format!("{}(r, {}, {schema}, {}, {names})", self.runtime("required"), site.at, site.subject);
            steps.push(Step::Test(Expression::any([Expression::of("!r"), Expression::of(told)])));
        }
        steps
    }

    /// A member that is looked up. Where all are walked over, what is missing is told of later.
    fn lookup(
        &self,
        (name, test, is_required): (&str, Option<PlanIdx>, bool),
        walks: bool,
        schema: &str,
        site: &Site,
    ) -> Expression {
        let absent = match (is_required, site.is_quick, walks) {
            (false, ..) => Expression::always(),
            (true, true, _) => Expression::never(),
            (true, false, true) => Expression::of("r"),
            (true, false, false) => {
                let more = format!(", {}, [{}]", site.subject, literal::string(name));
                site.or(Expression::never(), self.runtime("required"), schema, &more)
            }
        };
        let at = site.below(&literal::string(&format!("/{}", escaped_token(name))));
        let test = test.map(|test| self.invoke(test, &site.with("x", at))).filter(|test| !test.is_always());
        let member = self.member(site.subject, name);
        match test {
            None => Expression::any([Expression::of(format!("{member} !== undefined")), absent]),
            Some(test) => {
                let read = if test.mentions("x") { format!("(x = {member})") } else { member };
                Expression::choice(Expression::of(format!("{read} === undefined")), absent, test)
            }
        }
    }

    /// `propertyNames`
    fn names_test(&self, test: PlanIdx, site: &Site) -> Step {
        let test = self.invoke(test, &site.with("k", self.at_name(site)));
        self.each_member(site, &unless(&test, ""))
    }

    /// `patternProperties` and `additionalProperties`
    fn others_test(&self, tests: &ObjectTests, site: &Site) -> Option<Step> {
        let inner = site.with("x", self.at_name(site));
        let additional = tests.additional.map(|test| self.invoke(test, &inner));
        let patterns: Vec<_> = tests
            .patterns
            .iter()
            .map(|(regex, test)| {
                let test = test.map_or_else(Expression::always, |test| self.invoke(test, &inner));
                (self.matches(regex.as_str(), "k"), test)
            })
            .filter(|(_, test)| additional.is_some() || !test.is_always())
            .collect();
        let declared: Vec<_> = tests.properties.iter().map(|(name, _)| name.as_str()).collect();
        let known = self.is_one_of(&declared);
        let body = match additional {
            None if patterns.is_empty() => return None,
            None => patterns
                .into_iter()
                .map(|(matches, test)| unless(&Expression::any([matches.negated(), test]), ""))
                .collect(),
            Some(additional) if patterns.is_empty() => unless(&Expression::any([known, additional]), ""),
            Some(additional) => {
                let mut text = format!("let known = {known};\n");
                for (matches, test) in patterns {
                    let test = unless(&test, "  ");
                    text.push_str(&format!("if ({matches}) {{\n  known = true;\n{test}}}\n"));
                }
                text.push_str(&unless(&Expression::any([Expression::of("known"), additional]), ""));
                text
            }
        };
        Some(self.each_member(site, &body))
    }

    /// Whether `k` is one of these names.
    fn is_one_of(&self, names: &[&str]) -> Expression {
        if names.len() > FEW_NAMES {
            let set = self.constants.borrow_mut().set(&names.into());
            return Expression::of(format!("{set}.has(k)"));
        }
        Expression::any(names.iter().map(|name| Expression::of(format!("k === {}", literal::string(name)))))
    }

    fn at_name(&self, site: &Site) -> String {
        if site.is_quick { String::new() } else { format!("{}({}, k)", self.runtime("place"), site.at) }
    }

    /// A loop over members: `k` is the name of each, `x` the value.
    pub fn each_member(&self, site: &Site, body: &str) -> Step {
        let subject = site.subject;
        let names = if site.is_quick {
            format!("Object.keys({subject})")
        } else {
            format!("{}({subject}, r)", self.runtime("names"))
        };
        let skip = "  if (x === undefined) {\n    continue;\n  }\n";
        Step::Statements(format!(
            "for (const k of {names}) {{\n  x = {subject}[k];\n{skip}{}}}\n",
            indented(body, "  ")
        ))
    }
}
