//! Validators: one function per subschema, printed from the plan.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::evaluated::Kind;
use super::literal::{self, string, strings, tuple};
use super::pattern::{Translated, translate};
use crate::model::{Regex, TypeSet};
use crate::plan::{Arm, ArrayTests, Choice, NumberTest, ObjectTests, Plan, PlanIdx, Test, TextTest, Union};
use crate::shape::Together;

/// The module of the validators, as others import it.
pub const MODULE: &str = "_validators";

/// Prints those validators that somebody asks for.
pub struct Validators<'p> {
    plan: &'p Plan,
    wanted: RefCell<BTreeSet<PlanIdx>>,
    /// Tests of several schemas that hold together, by their expression.
    together: RefCell<BTreeMap<String, String>>,
    patterns: RefCell<Vec<String>>,
    /// What functions look into.
    tables: RefCell<Vec<String>>,
}

/// Whether a test is one of values of some type.
type Belongs = fn(&Test) -> bool;

/// Tests of values of one type, and the expression that says whether a value is of it.
const KINDS: [(&str, Belongs); 4] = [
    ("is_number(value)", |test| matches!(test, Test::Number(_))),
    ("isinstance(value, str)", |test| matches!(test, Test::Text(_))),
    ("isinstance(value, list)", |test| matches!(test, Test::Array(_))),
    ("isinstance(value, dict)", |test| matches!(test, Test::Object(_))),
];

impl<'p> Validators<'p> {
    pub fn of(plan: &'p Plan) -> Self {
        let (wanted, together) = <(RefCell<_>, RefCell<_>)>::default();
        let (patterns, tables) = <(RefCell<_>, RefCell<_>)>::default();
        Self { plan, wanted, together, patterns, tables }
    }

    pub fn plan(&self) -> &'p Plan {
        self.plan
    }

    /// The function that tests instances of these schemas, as another module names it.
    pub fn test(&self, together: &Together) -> String {
        let names: Vec<_> = together.schemas().iter().map(|it| self.name(self.plan.index(*it))).collect();
        match (names.as_slice(), together.within()) {
            ([], None) => "anything".to_owned(),
            ([one], None) => format!("{MODULE}.{one}"),
            (names, within) => format!("{MODULE}.{}", self.conjunction(names, within)),
        }
    }

    fn conjunction(&self, names: &[String], within: Option<TypeSet>) -> String {
        let calls = names.iter().map(|name| format!("{name}(value, at, report)"));
        let kinds = within.map(|types| {
            let names = types.iter().map(|it| it.name());
            format!("of_kinds({})(value, at, report)", names.map(string).collect::<Vec<_>>().join(", "))
        });
        let expression = kinds.into_iter().chain(calls).collect::<Vec<_>>().join(" and ");
        let mut together = self.together.borrow_mut();
        let number = together.len();
        together.entry(expression).or_insert_with(|| format!("all{number}")).clone()
    }

    /// The function of a test, which is printed because somebody asks for its name.
    pub fn name(&self, index: PlanIdx) -> String {
        let index = self.plan.target(index);
        self.wanted.borrow_mut().insert(index);
        format!("n{}", index.number())
    }

    /// Whether a test accepts `subject`, as an expression.
    pub fn accepts(&self, index: PlanIdx, subject: &str) -> String {
        format!("{}({subject}, None, report.quick())", self.name(index))
    }

    /// A regular expression's function.
    pub fn pattern(&self, regex: &Regex) -> String {
        let mut patterns = self.patterns.borrow_mut();
        let source = regex.as_str();
        let number = patterns.iter().position(|it| it == source).unwrap_or_else(|| {
            patterns.push(source.to_owned());
            patterns.len() - 1
        });
        format!("r{number}")
    }

    /// The functions, and those that they ask for; the tables that they look into come behind them.
    pub fn print(&self) -> String {
        let mut functions: BTreeMap<PlanIdx, String> = BTreeMap::new();
        let next = |printed: &BTreeMap<_, _>| {
            self.wanted.borrow().iter().find(|index| !printed.contains_key(*index)).copied()
        };
        let mut looks = BTreeMap::new();
        while let Some(index) = next(&functions) {
            functions.insert(index, self.function(index));
            self.looks(index, &mut looks);
        }
        let mut conjunctions = String::new();
        for (expression, name) in self.together.borrow().iter() {
            conjunctions.push_str(&format!("\n\ndef {name}{SIGNATURE}\n    return {expression}\n"));
        }
        let functions: String = functions.into_values().chain(looks.into_values()).collect();
        let tables = self.tables.borrow().concat();
        let tables = if tables.is_empty() { tables } else { format!("\n\n{tables}") };
        format!("{}{functions}{conjunctions}{tables}", self.print_patterns())
    }

    fn print_patterns(&self) -> String {
        let print = |(number, source): (usize, &String)| {
            let Translated { source: translated, needs_regex } =
                translation(source).unwrap_or(Translated { source: "(?!)".to_owned(), needs_regex: false });
            let engine = if needs_regex { "regex" } else { "re" };
            format!("# {}\nr{number} = {engine}.compile({}).search\n", string(source), string(&translated))
        };
        self.patterns.borrow().iter().enumerate().map(print).collect()
    }

    /// The expressions that the package `regex` is needed for.
    pub fn needs_regex(&self) -> bool {
        let needs = |source: &String| translation(source).is_ok_and(|it| it.needs_regex);
        self.patterns.borrow().iter().any(needs)
    }

    /// Whether any function is printed that looks for a pattern.
    pub fn has_patterns(&self) -> bool {
        !self.patterns.borrow().is_empty()
    }

    fn function(&self, index: PlanIdx) -> String {
        let node = &self.plan[index];
        let is_recursive = self.plan.is_recursive(index);
        let mut body = Body::default();
        let types = node
            .tests
            .iter()
            .find_map(|test| if let Test::Types(types) = test { Some(*types) } else { None });
        if let Some(types) = types.filter(|types| *types != TypeSet::ALL) {
            let names = strings(types.iter().map(|it| it.name()));
            body.step(&format!("rule.types(value, {names}, at, s, report)"));
        }
        for (is_of_kind, belongs) in KINDS {
            let steps: Vec<_> =
                node.tests.iter().filter(|test| belongs(test)).flat_map(|test| self.of_kind(test)).collect();
            body.group(is_of_kind, &steps);
        }
        let mut unions = String::new();
        for (number, test) in node.tests.iter().enumerate() {
            self.other(index, number, test, &mut body, &mut unions);
        }
        let name = format!("n{}", index.number());
        format!("\n\ndef {name}{SIGNATURE}\n{}{unions}", body.print(&node.uri, is_recursive))
    }

    fn of_kind(&self, test: &Test) -> Vec<String> {
        match test {
            Test::Number(test) => vec![number(test)],
            Test::Text(test) => vec![self.text(test)],
            Test::Array(tests) => self.array(tests),
            Test::Object(tests) => self.object(tests),
            _ => Vec::new(),
        }
    }

    fn other(&self, index: PlanIdx, number: usize, test: &Test, body: &mut Body, unions: &mut String) {
        let call = |part: PlanIdx| format!("{}(value, at, report)", self.name(part));
        let union_name = format!("u{}_{number}", index.number());
        match test {
            Test::Types(_) | Test::Number(_) | Test::Text(_) | Test::Array(_) | Test::Object(_) => {}
            Test::Never => body.step("rule.never(at, s, report)"),
            Test::Constant(constant) => {
                body.step(&format!("rule.constant(value, {}, at, s, report)", literal::value(constant)));
            }
            Test::Enumeration(values) => {
                let values = tuple(values.iter().map(literal::value));
                body.step(&format!("rule.enumeration(value, {values}, at, s, report)"));
            }
            Test::Reference(target) => body.step(&call(*target)),
            Test::All(parts) => parts.iter().for_each(|part| body.step(&call(*part))),
            Test::Any(union) => body.step(&self.union("anyOf", union, &union_name, index, unions)),
            Test::One(union) => body.step(&self.union("oneOf", union, &union_name, index, unions)),
            Test::Not(part) => {
                body.step(&format!("rule.negated({}, value, at, s, report)", self.name(*part)));
            }
            Test::When { test, then, otherwise } => {
                let branch = |part: &Option<PlanIdx>| part.map_or("True".to_owned(), call);
                let (then, otherwise, test) = (branch(then), branch(otherwise), self.accepts(*test, "value"));
                body.step(&format!("({then} if {test} else {otherwise})"));
            }
            Test::UnevaluatedItems(rest) => {
                let look = self.look(index, Kind::Items);
                let rest = format!(
                    "rule.other_items(value, lambda index, item: {look}, {}, at, report)",
                    self.name(*rest)
                );
                body.step(&format!("(not isinstance(value, list) or {rest})"));
            }
            Test::UnevaluatedProperties(rest) => {
                let look = self.look(index, Kind::Members);
                let rest = format!(
                    "rule.other_members(value, lambda name: {look}, {}, at, report)",
                    self.name(*rest)
                );
                body.step(&format!("(not isinstance(value, dict) or {rest})"));
            }
        }
    }

    fn text(&self, test: &TextTest) -> String {
        match test {
            TextTest::MinLength(limit) => format!("rule.min_length(value, {limit}, at, s, report)"),
            TextTest::MaxLength(limit) => format!("rule.max_length(value, {limit}, at, s, report)"),
            TextTest::Pattern(regex) => {
                let (source, matches) = (string(regex.as_str()), self.pattern(regex));
                format!("rule.pattern(value, {source}, {matches}, at, s, report)")
            }
            TextTest::Format(format) => {
                let function = format.name().replace('-', "_");
                format!("rule.format(value, {}, formats.{function}, at, s, report)", string(format.name()))
            }
        }
    }

    fn array(&self, tests: &ArrayTests) -> Vec<String> {
        let ArrayTests { min_items, max_items, prefix, items, contains, unique } = tests;
        let mut steps = Vec::new();
        steps.extend(min_items.map(|limit| format!("rule.min_items(value, {limit}, at, s, report)")));
        steps.extend(max_items.map(|limit| format!("rule.max_items(value, {limit}, at, s, report)")));
        if !prefix.is_empty() || items.is_some() {
            let prefix = tuple(prefix.iter().map(|test| self.name(*test)));
            let items = items.map_or("None".to_owned(), |test| self.name(test));
            steps.push(format!("rule.each_item(value, {prefix}, {items}, at, report)"));
        }
        steps.extend(contains.map(|(test, least, most)| {
            let most = most.map_or("None".to_owned(), |most| most.to_string());
            format!("rule.contains(value, {}, {least}, {most}, at, s, report)", self.name(test))
        }));
        steps.extend(unique.then(|| "rule.unique_items(value, at, s, report)".to_owned()));
        steps
    }

    fn object(&self, tests: &ObjectTests) -> Vec<String> {
        let mut steps = Vec::new();
        let limit = |name: &str, limit: u64| format!("rule.{name}(value, {limit}, at, s, report)");
        steps.extend(tests.min_properties.map(|it| limit("min_properties", it)));
        steps.extend(tests.max_properties.map(|it| limit("max_properties", it)));
        steps.extend(self.members(tests));
        if !tests.required.is_empty() {
            let names = strings(tests.required.iter().map(String::as_str));
            steps.push(format!("rule.required(value, {names}, at, s, report)"));
        }
        for (name, needed) in &tests.dependent_required {
            let (name, needed) = (string(name), strings(needed.iter().map(String::as_str)));
            steps.push(format!("rule.dependent_required(value, {name}, {needed}, at, s, report)"));
        }
        for (name, test) in &tests.dependent_schemas {
            let (name, test) = (string(name), self.name(*test));
            steps.push(format!("({name} not in value or {test}(value, at, report))"));
        }
        steps
    }

    /// What is asked of every member.
    fn members(&self, tests: &ObjectTests) -> Option<String> {
        let name = |test: &Option<PlanIdx>| test.map_or("None".to_owned(), |test| self.name(test));
        let mut more = String::new();
        if !tests.patterns.is_empty() {
            let patterns = tests
                .patterns
                .iter()
                .map(|(regex, test)| format!("({}, {})", self.pattern(regex), name(test)));
            more.push_str(&format!(", patterns={}", tuple(patterns)));
        }
        if tests.additional.is_some() {
            more.push_str(&format!(", additional={}", name(&tests.additional)));
        }
        if tests.names.is_some() {
            more.push_str(&format!(", names={}", name(&tests.names)));
        }
        if tests.properties.is_empty() && more.is_empty() {
            return None;
        }
        let properties =
            tests.properties.iter().map(|(key, test)| format!("{}: {}", string(key), name(test)));
        let properties = format!("{{{}}}", properties.collect::<Vec<_>>().join(", "));
        let table = self.table("dict[str, Test | None]", &properties);
        Some(format!("rule.each_member(value, {table}, at, report{more})"))
    }

    /// The name of a table, which is printed behind the functions that stand in it.
    fn table(&self, of: &str, content: &str) -> String {
        let mut tables = self.tables.borrow_mut();
        let number = tables.len();
        tables.push(format!("t{number}: {of} = {content}\n"));
        format!("t{number}")
    }

    /// The verdict of the branches that can accept a value: a call, of a function of its own where its type decides.
    fn union(
        &self,
        keyword: &str,
        union: &Union,
        name: &str,
        index: PlanIdx,
        functions: &mut String,
    ) -> String {
        if let [Arm { choice, .. }] = union.arms.as_slice() {
            return self.chosen(keyword, choice);
        }
        let uri = string(&self.plan[index].uri);
        let mut text = format!("\n\ndef {name}{SIGNATURE}\n    s = {uri}\n    actual = kind(value)\n");
        for (number, Arm { types, choice }) in union.arms.iter().enumerate() {
            let verdict = self.chosen(keyword, choice);
            let names: Vec<_> = types.iter().map(|it| string(it.name())).collect();
            match names.as_slice() {
                _ if number + 1 == union.arms.len() => text.push_str(&format!("    return {verdict}\n")),
                [one] => text.push_str(&format!("    if actual == {one}:\n        return {verdict}\n")),
                _ => {
                    let names = names.join(", ");
                    text.push_str(&format!("    if actual in ({names}):\n        return {verdict}\n"));
                }
            }
        }
        functions.push_str(&text);
        format!("{name}(value, at, report)")
    }

    fn chosen(&self, keyword: &str, choice: &Choice) -> String {
        let function = if keyword == "anyOf" { "any_of" } else { "one_of" };
        match choice {
            Choice::None => format!("rule.{function}((), value, at, s, report)"),
            Choice::One(branch) => format!("{}(value, at, report)", self.name(*branch)),
            Choice::Several(candidates) => {
                let tests = tuple(candidates.iter().map(|it| self.name(it.branch)));
                format!("rule.{function}({tests}, value, at, s, report)")
            }
            Choice::Tagged(tags) => {
                let arm =
                    |(tag, test): &(_, PlanIdx)| format!("({}, {})", literal::value(tag), self.name(*test));
                let property = string(&tags.property);
                let arms = self.table("tuple[tuple[Any, Test], ...]", &tuple(tags.arms.iter().map(arm)));
                format!("rule.tagged(value, {}, {property}, {arms}, at, s, report)", string(keyword))
            }
        }
    }
}

/// The parameters of every test.
pub const SIGNATURE: &str = "(value: Any, at: At, report: Report) -> bool:";

/// An expression of Python's that matches as one of a schema's.
///
/// # Errors
/// What Python has no word for.
pub fn translation(source: &str) -> Result<Translated, String> {
    translate(source, Regex::is_unicode(source))
}

fn number(test: &NumberTest) -> String {
    let (function, limit) = match test {
        NumberTest::Minimum(limit) => ("minimum", limit),
        NumberTest::Maximum(limit) => ("maximum", limit),
        NumberTest::ExclusiveMinimum(limit) => ("exclusive_minimum", limit),
        NumberTest::ExclusiveMaximum(limit) => ("exclusive_maximum", limit),
        NumberTest::MultipleOf(limit) => ("multiple_of", limit),
    };
    format!("rule.{function}(value, {limit}, at, s, report)")
}

/// The body of a test: steps, each of which is taken while the verdict is open or violations are collected.
#[derive(Default)]
struct Body {
    lines: String,
    n_steps: usize,
}

impl Body {
    fn step(&mut self, expression: &str) {
        if self.n_steps == 0 {
            self.lines.push_str(&format!("    valid = {expression}\n"));
        } else {
            self.lines.push_str(&format!(
                "    if valid or report.collects:\n        valid = {expression} and valid\n"
            ));
        }
        self.n_steps += 1;
    }

    /// Steps for values of one type. Where `type` has failed, they say nothing.
    fn group(&mut self, condition: &str, steps: &[String]) {
        if steps.is_empty() {
            return;
        }
        if self.n_steps == 0 {
            self.lines.push_str("    valid = True\n");
        }
        self.n_steps += 1;
        self.lines.push_str(&format!("    if valid and {condition}:\n"));
        for (number, expression) in steps.iter().enumerate() {
            if number == 0 {
                self.lines.push_str(&format!("        valid = {expression}\n"));
            } else {
                self.lines.push_str(&format!(
                    "        if valid or report.collects:\n            valid = {expression} and valid\n"
                ));
            }
        }
    }

    fn print(self, uri: &str, is_recursive: bool) -> String {
        let mut text = format!("    s = {}\n", string(uri));
        if is_recursive {
            text.push_str("    if not report.enter():\n        return rule.too_deep(at, s, report)\n");
        }
        text.push_str(if self.n_steps == 0 { "    valid = True\n" } else { &self.lines });
        text.push_str(if is_recursive { "    return report.leave(valid)\n" } else { "    return valid\n" });
        text
    }
}
