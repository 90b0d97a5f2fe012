//! Validators: one function per subschema that is more than a line, printed from the plan, and `isX` and `validateX` for
//! every named type.
//!
//! A function takes a value, the list of violations if they are wanted, and the value's place; those from which a schema that
//! refers to itself can be reached also take how deep they are in it. Without a list nothing is allocated and the first
//! violation ends it; with one, every test runs. What a function returns is truthy where validation goes on. The assertions
//! themselves, formats among them, are functions of the runtime beside the output, so that a bundler drops what is not used.

mod constants;
mod evaluated;
mod expression;
mod node;
mod object;
mod union;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::literal;
use super::table::{Content, Declaration, Table};
use crate::backend::Unit;
use crate::plan::{PlanIdx, Test};
use crate::shape::Together;
use constants::Constants;
use evaluated::Look;
use expression::{Expression, Step, body};

/// The name of the runtime's file, as it is imported.
const RUNTIME: &str = "./handfast.js";

/// What stands above the validators.
const HEADING: &str = "\
// Validators. What a test returns is truthy where validation goes on: it ends at the first violation, or collects all in `r`.
// Behind the test of its type a value is taken for what it is, hence `any`.
";

/// The validators of a unit.
pub struct Validators {
    /// The statements that import what they need.
    pub imports: Option<String>,
    /// The functions.
    pub sections: Vec<String>,
}

/// Prints the validators of everything in `table`.
pub fn validators(unit: &Unit<'_>, table: &Table) -> Validators {
    let print = Print {
        unit,
        deep: deep(unit),
        wanted: RefCell::default(),
        looks: RefCell::default(),
        imports: RefCell::default(),
        constants: RefCell::default(),
    };
    let entries: Vec<String> = table.in_order().map(|declaration| print.entry(declaration)).collect();
    if entries.is_empty() {
        return Validators { imports: None, sections: Vec::new() };
    }
    let functions = print.functions();
    let words = entries.iter().chain(&functions).flat_map(|code| words(code));
    let constants = print.constants.borrow().print(&words.filter(|word| Constants::may_name(word)).collect());
    let sections: Vec<_> =
        [HEADING.to_owned()].into_iter().chain(entries).chain(constants).chain(functions).collect();
    Validators { imports: Some(print.import(&sections)), sections }
}

/// What printing needs to know, and what has been asked for.
struct Print<'p> {
    unit: &'p Unit<'p>,
    /// The tests that can lead to one which refers to itself.
    deep: HashSet<PlanIdx>,
    /// What has been asked for since the last look.
    wanted: RefCell<BTreeSet<PlanIdx>>,
    looks: RefCell<BTreeSet<Look>>,
    imports: RefCell<BTreeSet<&'static str>>,
    constants: RefCell<Constants>,
}

impl Print<'_> {
    /// A function of the runtime.
    fn runtime(&self, name: &'static str) -> &'static str {
        self.imports.borrow_mut().insert(name);
        name
    }

    /// The imports of what `sections` call.
    fn import(&self, sections: &[String]) -> String {
        let calls: HashSet<_> = sections.iter().flat_map(|code| calls(code)).collect();
        let imports = self.imports.borrow();
        let called = imports.iter().copied().filter(|name| calls.contains(name));
        let list = called.chain(["type Violation"]).collect::<Vec<_>>().join(", ");
        format!(
            "import {{ {list} }} from \"{RUNTIME}\";\n\nexport type {{ Violation }} from \"{RUNTIME}\";\n"
        )
    }

    /// `isX` and `validateX` of a named type.
    fn entry(&self, declaration: &Declaration) -> String {
        let name = &declaration.name;
        let together = match &declaration.content {
            Content::Undescribed => None,
            Content::Alias(together) | Content::Whole(together) => Some(together.clone()),
            Content::WithoutNull(together) => Some(together.clone().without_null()),
        };
        let tests = |is_quick| together.iter().map(|it| self.together(it, is_quick)).next();
        let (asks, collects) = (tests(true), tests(false));
        let asks = asks.filter(|test| !test.is_always());
        let collects = collects.filter(|test| !test.is_always());
        let asked = asks.map_or_else(|| "true".to_owned(), |test| test.negated().negated().to_string());
        let value = if asked == "true" { "_value" } else { "value" };
        let collected = collects
            .map_or_else(|| "[]".to_owned(), |test| format!("{}((r) => {test})", self.runtime("collect")));
        format!(
            "/** Whether a value is a valid `{name}`. */\n\
             export function is{name}({value}: unknown): {value} is {name} {{\n  return {asked};\n}}\n\n\
             /** Everything that keeps a value from being a valid `{name}`. */\n\
             export function validate{name}({value}: unknown): Violation[] {{\n  return {collected};\n}}\n"
        )
    }

    /// The tests of what holds together.
    fn together(&self, together: &Together, is_quick: bool) -> Expression {
        let site = Site { subject: "value", at: "\"\"".to_owned(), is_quick, is_root: true };
        let types = together.within().map(|types| {
            let schema = together.first().map_or("", |schema| &self.unit.schemas[schema].location.uri);
            let schema = self.constants.borrow_mut().location(schema);
            self.types_test(types, &schema, &site)
        });
        let tests = together.schemas().iter().map(|schema| self.invoke(self.unit.plan.index(*schema), &site));
        Expression::all(types.into_iter().chain(tests))
    }

    /// Every function that was asked for, and those that these ask for.
    fn functions(&self) -> Vec<String> {
        let mut nodes = BTreeMap::new();
        let mut looks = BTreeMap::new();
        loop {
            let node = self.wanted.borrow_mut().pop_first();
            let look = if node.is_none() { self.looks.borrow_mut().pop_first() } else { None };
            match (node, look) {
                (Some(index), _) if nodes.contains_key(&index) => {}
                (Some(index), _) => drop(nodes.insert(index, self.function(index))),
                (None, Some(look)) if looks.contains_key(&look) => {}
                (None, Some(look)) => drop(looks.insert(look, self.look_function(look))),
                (None, None) => break,
            }
        }
        nodes.into_values().chain(looks.into_values()).collect()
    }

    fn function(&self, index: PlanIdx) -> String {
        let node = &self.unit.plan[index];
        let site = Site { subject: "v", at: "a".to_owned(), is_quick: false, is_root: false };
        let mut steps = self.steps(index, &site);
        if self.unit.plan.is_recursive(index) {
            let schema = self.constants.borrow_mut().location(&node.uri);
            let too_deep = format!("r && {}(r, a, {schema})", self.runtime("tooDeep"));
            let enter = format!("if (d >= {MAX_DEPTH}) {{\n  return {too_deep};\n}}\nd++;\n");
            steps.insert(0, Step::Statements(enter));
        }
        let body = body(&steps);
        let depth = if self.deep.contains(&index) { "d: number, " } else { "" };
        let name = function_name(index);
        let comment = node.uri.replace(literal::is_invisible, " ");
        format!(
            "// {comment}\nfunction {name}(v: any, {depth}r?: Violation[], a?: string): unknown {{\n{}{body}}}\n",
            locals(&body)
        )
    }

    /// A test: short ones in place, others as a call.
    fn invoke(&self, index: PlanIdx, site: &Site) -> Expression {
        let index = self.unit.plan.target(index);
        if self.is_short(index) && !site.is_root {
            return self.short(index, site);
        }
        if self.unit.plan[index].tests.is_empty() {
            return Expression::always();
        }
        self.wanted.borrow_mut().insert(index);
        let mut arguments = site.subject.to_owned();
        if self.deep.contains(&index) {
            arguments.push_str(if site.is_root { ", 0" } else { ", d" });
        }
        match (site.is_quick, site.is_root, site.at.as_str()) {
            (true, ..) => {}
            (false, true, at) | (false, false, at @ "a") => arguments.push_str(&format!(", r, {at}")),
            (false, false, at) => arguments.push_str(&format!(", r, r && {at}")),
        }
        Expression::of(format!("{}({arguments})", function_name(index)))
    }

    /// Whether a test accepts the subject.
    fn accepts(&self, index: PlanIdx, subject: &'static str) -> Expression {
        self.invoke(index, &Site { subject, at: String::new(), is_quick: true, is_root: false })
    }
}

/// Deeper than this a value is a violation.
const MAX_DEPTH: u32 = 256;

/// The code around a test.
#[derive(Debug, Clone)]
struct Site {
    /// The variable that holds what is tested.
    subject: &'static str,
    /// An expression of where that stands; read only where violations are collected.
    at: String,
    /// Whether violations are of no interest, and there is no `r`.
    is_quick: bool,
    /// Whether it is in a function that users call.
    is_root: bool,
}

impl Site {
    /// `valid`, or else what tells of the violation: a call of `function` with `more` arguments.
    fn or(&self, valid: Expression, function: &str, schema: &str, more: &str) -> Expression {
        if self.is_quick {
            return valid;
        }
        let at = &self.at;
        let told = format!("{function}(r, {at}, {schema}{more})");
        let told = if self.is_root {
            Expression::of(told)
        } else {
            Expression::all([Expression::of("r"), Expression::of(told)])
        };
        Expression::any([valid, told])
    }

    /// The place of a member or item.
    fn below(&self, token: &str) -> String {
        match (self.is_quick, token) {
            (true, _) => String::new(),
            (false, token) => format!("{} + {token}", self.at),
        }
    }

    fn with(&self, subject: &'static str, at: String) -> Self {
        Self { subject, at, is_quick: self.is_quick, is_root: false }
    }
}

/// The names and keywords of `code`, and the words of its strings.
fn words(code: &str) -> impl Iterator<Item = &str> {
    code.split(|part: char| !part.is_ascii_alphanumeric())
}

/// The words of `code` before a parenthesis.
fn calls(code: &str) -> impl Iterator<Item = &str> {
    code.split('(').filter_map(|before| words(before).last())
}

fn function_name(index: PlanIdx) -> String {
    format!("n{}", index.number())
}

/// The variables that a body assigns, declared.
fn locals(body: &str) -> String {
    let declared = [("x", "any"), ("n", "number")];
    let assigned = declared
        .iter()
        .filter(|(name, _)| body.contains(&format!("({name} = ")) || body.contains(&format!(" {name} = ")));
    assigned.map(|(name, of)| format!("  let {name}: {of};\n")).collect()
}

/// The tests from which one that refers to itself can be reached.
fn deep(unit: &Unit<'_>) -> HashSet<PlanIdx> {
    let plan = unit.plan;
    let mut callers: BTreeMap<PlanIdx, Vec<PlanIdx>> = BTreeMap::new();
    for (index, node) in plan.iter() {
        let parts = node.tests.iter().flat_map(Test::parts).chain(node.covers.contains);
        parts.for_each(|part| callers.entry(plan.target(part)).or_default().push(index));
    }
    let mut open: Vec<_> = plan.iter().map(|(index, _)| index).filter(|it| plan.is_recursive(*it)).collect();
    let mut found = HashSet::new();
    while let Some(index) = open.pop() {
        if found.insert(index) {
            open.extend(callers.get(&index).into_iter().flatten());
        }
    }
    found
}
