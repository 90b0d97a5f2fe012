//! What a subschema asks of values of one kind, as a formula over what it applies.

use std::rc::Rc;

use handfast_codegen::model::JsonType;
use handfast_codegen::plan::{ArrayTests, NumberTest, ObjectTests, PlanIdx, PlanNode, Test, TextTest, Union};
use num_bigint::BigInt;
use num_rational::BigRational;
use serde_json::Value;

use super::classes::{Class, Classes};
use super::exact::rational;
use super::formula::{
    ArrayForm, FALSE, Form, Formula, Formulas, Kind, Names, NumberForm, ObjectForm, TRUE, TextForm, Values,
    kind_of,
};

/// Makes formulas of subschemas.
pub struct Expander<'e, 'p> {
    pub classes: &'e Classes<'p>,
    pub formulas: &'e mut Formulas,
    /// The side whose plan the subschema is in.
    pub(super) side: usize,
    pub(super) kind: Kind,
    pub(super) accept: bool,
}

/// What `class` accepts, or refuses, of values of `kind`.
pub fn expand(
    classes: &Classes<'_>,
    formulas: &mut Formulas,
    class: Class,
    accept: bool,
    kind: Kind,
) -> Formula {
    let (side, _) = classes.member(class);
    let node = classes.node(class);
    Expander { classes, formulas, side, kind, accept }.node(node)
}

impl Expander<'_, '_> {
    fn node(&mut self, node: &PlanNode) -> Formula {
        let mut parts = Vec::with_capacity(node.tests.len());
        for test in &node.tests {
            let part = self.test(node, test);
            parts.push(part);
        }
        self.join(parts)
    }

    /// All of them where the subschema is to accept; one of them, which says that a test fails, where it is to refuse.
    pub(super) fn join(&mut self, parts: Vec<Formula>) -> Formula {
        if self.accept { self.formulas.all(parts) } else { self.formulas.any(parts) }
    }

    /// What a test that says nothing of these values asks.
    pub(super) const fn silent(&self) -> Formula {
        Formulas::always(self.accept)
    }

    fn fails(&self) -> Formula {
        Formulas::always(!self.accept)
    }

    /// What the subschema accepts or refuses.
    pub(super) fn at(&mut self, node: PlanIdx, accept: bool) -> Formula {
        let class = self.classes.at(self.side, node);
        match self.classes.node(class).tests.as_slice() {
            [] => Formulas::always(accept),
            [Test::Never] => Formulas::always(!accept),
            _ => self.formulas.node(class, accept),
        }
    }

    fn number(&mut self, form: NumberForm) -> Formula {
        self.formulas.keep(Form::Number(form))
    }

    fn text(&mut self, form: TextForm) -> Formula {
        self.formulas.keep(Form::Text(form))
    }

    pub(super) fn array(&mut self, form: ArrayForm) -> Formula {
        self.formulas.keep(Form::Array(form))
    }

    fn object(&mut self, form: ObjectForm) -> Formula {
        self.formulas.keep(Form::Object(form))
    }

    fn test(&mut self, node: &PlanNode, test: &Test) -> Formula {
        match test {
            Test::Never => self.fails(),
            Test::Types(types) if self.kind == Kind::Number => {
                match (types.has(JsonType::Number), types.has(JsonType::Integer)) {
                    (true, _) => self.silent(),
                    (false, false) => self.fails(),
                    (false, true) => self.number(NumberForm::Multiple(one(), self.accept)),
                }
            }
            Test::Types(types) if types.has(self.kind) => self.silent(),
            Test::Types(_) => self.fails(),
            Test::Constant(value) => self.listed(std::slice::from_ref(value)),
            Test::Enumeration(values) => self.listed(values),
            Test::Number(test) if self.kind == Kind::Number => self.number_test(test),
            Test::Text(test) if self.kind == Kind::String => self.text_test(test),
            Test::Array(tests) if self.kind == Kind::Array => {
                let parts = self.array_tests(tests);
                self.join(parts)
            }
            Test::Object(tests) if self.kind == Kind::Object => {
                let parts = self.object_tests(tests);
                self.join(parts)
            }
            Test::Number(_) | Test::Text(_) | Test::Array(_) | Test::Object(_) => self.silent(),
            Test::Reference(target) => self.at(*target, self.accept),
            Test::All(parts) => {
                let parts = parts.iter().map(|part| self.at(*part, self.accept)).collect();
                self.join(parts)
            }
            Test::Any(union) => self.any(union),
            Test::One(union) => self.one(union),
            Test::Not(part) => self.at(*part, !self.accept),
            Test::When { test, then, otherwise } => self.when(*test, *then, *otherwise),
            Test::UnevaluatedItems(rest) if self.kind == Kind::Array => self.rest_of_items(node, *rest),
            Test::UnevaluatedProperties(rest) if self.kind == Kind::Object => {
                self.rest_of_properties(node, *rest)
            }
            Test::UnevaluatedItems(_) | Test::UnevaluatedProperties(_) => self.silent(),
        }
    }

    fn listed(&mut self, values: &[Value]) -> Formula {
        let of_kind: Vec<Value> =
            values.iter().filter(|value| kind_of(value) == self.kind).cloned().collect();
        if of_kind.is_empty() {
            return self.fails();
        }
        if self.accept || !matches!(self.kind, Kind::Array | Kind::Object) {
            return self.formulas.keep(Form::Listed(Values::of(&of_kind), self.accept));
        }
        let others: Vec<_> = of_kind.iter().map(|value| differs(self.formulas, value)).collect();
        self.formulas.all(others)
    }

    fn number_test(&mut self, test: &NumberTest) -> Formula {
        let (NumberTest::Minimum(limit)
        | NumberTest::Maximum(limit)
        | NumberTest::ExclusiveMinimum(limit)
        | NumberTest::ExclusiveMaximum(limit)
        | NumberTest::MultipleOf(limit)) = test;
        let Some(limit) = rational(limit) else { return self.formulas.keep(Form::Opaque(keyword(test))) };
        let accept = self.accept;
        let form = match test {
            NumberTest::Minimum(_) if accept => NumberForm::Low(limit, false),
            NumberTest::Minimum(_) => NumberForm::High(limit, true),
            NumberTest::Maximum(_) if accept => NumberForm::High(limit, false),
            NumberTest::Maximum(_) => NumberForm::Low(limit, true),
            NumberTest::ExclusiveMinimum(_) if accept => NumberForm::Low(limit, true),
            NumberTest::ExclusiveMinimum(_) => NumberForm::High(limit, false),
            NumberTest::ExclusiveMaximum(_) if accept => NumberForm::High(limit, true),
            NumberTest::ExclusiveMaximum(_) => NumberForm::Low(limit, false),
            NumberTest::MultipleOf(_) if limit <= BigRational::from(BigInt::ZERO) => {
                return self.formulas.keep(Form::Opaque("multipleOf"));
            }
            NumberTest::MultipleOf(_) => NumberForm::Multiple(limit, accept),
        };
        self.number(form)
    }

    fn text_test(&mut self, test: &TextTest) -> Formula {
        let accept = self.accept;
        let form = match test {
            TextTest::MinLength(limit) if accept => TextForm::Length(*limit, None),
            TextTest::MinLength(limit) => match limit.checked_sub(1) {
                Some(most) => TextForm::Length(0, Some(most)),
                None => return FALSE,
            },
            TextTest::MaxLength(limit) if accept => TextForm::Length(0, Some(*limit)),
            TextTest::MaxLength(limit) => TextForm::Length(limit.saturating_add(1), None),
            TextTest::Pattern(regex) => TextForm::Pattern(regex.as_str().into(), accept),
            TextTest::Format(format) => TextForm::Format(*format, accept),
        };
        self.text(form)
    }

    fn any(&mut self, union: &Union) -> Formula {
        let parts: Vec<_> = union.branches.iter().map(|branch| self.at(*branch, self.accept)).collect();
        if self.accept { self.formulas.any(parts) } else { self.formulas.all(parts) }
    }

    fn one(&mut self, union: &Union) -> Formula {
        let branches = &union.branches;
        let classes: Vec<_> = branches.iter().map(|branch| self.classes.at(self.side, *branch)).collect();
        if self.accept {
            return match classes.as_slice() {
                [_] => self.at(branches[0], true),
                _ => self.formulas.keep(Form::One(classes)),
            };
        }
        // None accepts it, or one and a later one do.
        let none: Vec<_> = branches.iter().map(|branch| self.at(*branch, false)).collect();
        let mut ways = vec![self.formulas.all(none)];
        for (number, branch) in branches.iter().enumerate() {
            let later: Vec<_> = branches[number + 1..].iter().map(|later| self.at(*later, true)).collect();
            let (first, later) = (self.at(*branch, true), self.formulas.any(later));
            ways.push(self.formulas.all([first, later]));
        }
        self.formulas.any(ways)
    }

    fn when(&mut self, test: PlanIdx, then: Option<PlanIdx>, otherwise: Option<PlanIdx>) -> Formula {
        let mut way = |holds: bool, branch: Option<PlanIdx>| {
            let test = self.at(test, holds);
            let branch = branch.map_or(self.silent(), |branch| self.at(branch, self.accept));
            self.formulas.all([test, branch])
        };
        let ways = [way(true, then), way(false, otherwise)];
        self.formulas.any(ways)
    }

    fn array_tests(&mut self, tests: &ArrayTests) -> Vec<Formula> {
        let accept = self.accept;
        let mut parts = Vec::new();
        let mut forms = Vec::new();
        if let Some(min) = tests.min_items.filter(|min| *min > 0) {
            let most = ArrayForm::Length(0, Some(min - 1));
            forms.push(if accept { ArrayForm::Length(min, None) } else { most });
        }
        if let Some(max) = tests.max_items {
            let more = ArrayForm::Length(max.saturating_add(1), None);
            forms.push(if accept { ArrayForm::Length(0, Some(max)) } else { more });
        }
        let items = tests.items.map(|items| (tests.prefix.len(), None, items));
        let prefix = tests.prefix.iter().enumerate().map(|(number, part)| (number, Some(number + 1), *part));
        for (from, to, part) in prefix.chain(items) {
            let part = self.at(part, accept);
            if part != self.silent() {
                let every = ArrayForm::Every(from, to, part);
                forms.push(if accept { every } else { ArrayForm::Some(from, to, part) });
            }
        }
        if let Some((part, min, max)) = tests.contains {
            let part = self.at(part, true);
            if accept {
                forms.push(ArrayForm::Count(part, min, max));
            } else {
                forms.extend(min.checked_sub(1).map(|most| ArrayForm::Count(part, 0, Some(most))));
                forms.extend(max.map(|max| ArrayForm::Count(part, max.saturating_add(1), None)));
            }
        }
        if tests.unique {
            forms.push(ArrayForm::Unique(accept));
        }
        parts.extend(forms.into_iter().map(|form| self.array(form)));
        parts
    }

    fn object_tests(&mut self, tests: &ObjectTests) -> Vec<Formula> {
        let accept = self.accept;
        let mut parts = Vec::new();
        if let Some(min) = tests.min_properties.filter(|min| *min > 0) {
            let fewer = ObjectForm::Size(0, Some(min - 1));
            parts.push(self.object(if accept { ObjectForm::Size(min, None) } else { fewer }));
        }
        if let Some(max) = tests.max_properties {
            let more = ObjectForm::Size(max.saturating_add(1), None);
            parts.push(self.object(if accept { ObjectForm::Size(0, Some(max)) } else { more }));
        }
        for name in &tests.required {
            parts.push(self.has(name, accept));
        }
        for (name, part) in &tests.properties {
            let names = Names::One(name.as_str().into());
            parts.extend(part.map(|part| self.members(names, part)));
        }
        for (regex, part) in &tests.patterns {
            let names = Names::Matching(regex.as_str().into());
            parts.extend(part.map(|part| self.members(names, part)));
        }
        if let Some(part) = tests.additional {
            let known = tests.properties.iter().map(|(name, _)| name.as_str());
            let patterns = tests.patterns.iter().map(|(regex, _)| regex.as_str());
            let names = rest(known, patterns);
            parts.push(self.members(names, part));
        }
        if let Some(names) = tests.names {
            let part = self.at(names, accept);
            let every = ObjectForm::EveryName(part);
            parts.push(self.object(if accept { every } else { ObjectForm::SomeName(part) }));
        }
        for (name, needed) in &tests.dependent_required {
            let needed: Vec<_> = needed.iter().map(|needed| self.has(needed, accept)).collect();
            let (absent, needed) = (self.has(name, !accept), self.join(needed));
            parts.push(self.unless(absent, needed));
        }
        for (name, part) in &tests.dependent_schemas {
            let (absent, part) = (self.has(name, !accept), self.at(*part, accept));
            parts.push(self.unless(absent, part));
        }
        parts
    }

    /// What holds unless something else does: one of both; where that is to fail, the opposites of both.
    fn unless(&mut self, absent: Formula, part: Formula) -> Formula {
        if self.accept { self.formulas.any([absent, part]) } else { self.formulas.all([absent, part]) }
    }

    pub(super) fn has(&mut self, name: &str, is_there: bool) -> Formula {
        self.object(ObjectForm::Has(name.into(), is_there))
    }

    fn members(&mut self, names: Names, part: PlanIdx) -> Formula {
        let part = self.at(part, self.accept);
        self.members_that(names, part)
    }

    /// All those members meet `part`; or, where the subschema is to refuse, one does.
    pub(super) fn members_that(&mut self, names: Names, part: Formula) -> Formula {
        match (self.accept, part) {
            (true, TRUE) => TRUE,
            (false, FALSE) => FALSE,
            (true, _) => self.object(ObjectForm::Every(names, part)),
            (false, _) => self.object(ObjectForm::Some(names, part)),
        }
    }
}

/// All names but those.
pub(super) fn rest<'n>(
    names: impl Iterator<Item = &'n str>,
    patterns: impl Iterator<Item = &'n str>,
) -> Names {
    fn sorted<'n>(all: impl Iterator<Item = &'n str>) -> Rc<[Rc<str>]> {
        let mut all: Vec<Rc<str>> = all.map(Into::into).collect();
        all.sort();
        all.dedup();
        all.into()
    }
    Names::Rest(sorted(names), sorted(patterns))
}

/// What no value equal to `value`, which is an array or an object, meets, and every other of its kind does.
fn differs(formulas: &mut Formulas, value: &Value) -> Formula {
    let mut ways = Vec::new();
    match value {
        Value::Array(items) => {
            let n = items.len() as u64;
            ways.extend(n.checked_sub(1).map(|most| ArrayForm::Length(0, Some(most))));
            ways.push(ArrayForm::Length(n + 1, None));
            for (number, item) in items.iter().enumerate() {
                let other = is_not(formulas, item);
                ways.push(ArrayForm::Some(number, Some(number + 1), other));
            }
            let ways: Vec<_> = ways.into_iter().map(|form| formulas.keep(Form::Array(form))).collect();
            formulas.any(ways)
        }
        Value::Object(members) => {
            let mut ways = Vec::new();
            for (name, member) in members {
                let name: Rc<str> = name.as_str().into();
                ways.push(ObjectForm::Has(Rc::clone(&name), false));
                let other = is_not(formulas, member);
                ways.push(ObjectForm::Some(Names::One(name), other));
            }
            let others = rest(members.keys().map(String::as_str), std::iter::empty());
            ways.push(ObjectForm::Some(others, TRUE));
            let ways: Vec<_> = ways.into_iter().map(|form| formulas.keep(Form::Object(form))).collect();
            formulas.any(ways)
        }
        _ => TRUE,
    }
}

/// Any value but that one, as a formula that makes sense of every kind.
fn is_not(formulas: &mut Formulas, value: &Value) -> Formula {
    formulas.keep(Form::Listed(Values::of(std::slice::from_ref(value)), false))
}

/// What values of `kind` are, that are none of `values`.
pub fn none_of(formulas: &mut Formulas, values: &[Value], kind: Kind) -> Formula {
    let of_kind: Vec<Value> = values.iter().filter(|value| kind_of(value) == kind).cloned().collect();
    if of_kind.is_empty() {
        return TRUE;
    }
    if !matches!(kind, Kind::Array | Kind::Object) {
        return formulas.keep(Form::Listed(Values::of(&of_kind), false));
    }
    let others: Vec<_> = of_kind.iter().map(|value| differs(formulas, value)).collect();
    formulas.all(others)
}

fn one() -> BigRational {
    BigRational::from(BigInt::from(1))
}

const fn keyword(test: &NumberTest) -> &'static str {
    match test {
        NumberTest::Minimum(_) => "minimum",
        NumberTest::Maximum(_) => "maximum",
        NumberTest::ExclusiveMinimum(_) => "exclusiveMinimum",
        NumberTest::ExclusiveMaximum(_) => "exclusiveMaximum",
        NumberTest::MultipleOf(_) => "multipleOf",
    }
}
