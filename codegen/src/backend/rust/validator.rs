//! Validators: one generic function per subschema that is more than a line, printed from the plan.

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use serde_json::{Number, Value};

use super::Print;
use super::docs::one_line;
use super::ident::ident;
use super::value;
use crate::model::{JsonType, TypeSet};
use crate::names::snake_case;
use crate::plan::{ArrayTests, NumberTest, PlanIdx, Test, TextTest};

/// Tests one after the other: all of them where violations are collected, else up to the first that fails.
pub fn in_sequence(tests: Vec<TokenStream>) -> TokenStream {
    let mut tests = tests.into_iter();
    let Some(first) = tests.next() else {
        return quote! { let _ = (value, at, report); true };
    };
    let mut rest = tests.peekable();
    if rest.peek().is_none() {
        return first;
    }
    quote! {
        let mut valid = #first;
        #(if valid || R::COLLECTS { valid &= #rest; })*
        valid
    }
}

/// What is tested, in the code around a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// `value: &Value`
    Value,
    /// `name: &str`, the name of a member.
    Name,
}

impl Subject {
    /// The variable.
    pub fn variable(self) -> TokenStream {
        if self == Self::Value { quote!(value) } else { quote!(name) }
    }
}

/// The code around a test.
#[derive(Debug, Clone, Copy)]
pub struct Site<'s> {
    /// What is tested.
    pub subject: Subject,
    /// An expression of the schema's location.
    schema: &'s TokenStream,
    /// Whether violations are of no interest, and there is no `R`.
    is_quick: bool,
}

impl Site<'_> {
    /// Where the subject stands.
    pub fn at(&self) -> TokenStream {
        if self.is_quick { quote!(At::Root) } else { quote!(at) }
    }

    /// Who is told of violations.
    pub fn report(&self) -> TokenStream {
        if self.is_quick { quote!(&mut report.quick()) } else { quote!(report) }
    }

    /// Whether a test goes on: until the verdict is known, or to its end where violations are collected.
    pub fn goes_on(&self, is_open: &TokenStream) -> TokenStream {
        if self.is_quick { quote!(#is_open) } else { quote!((#is_open || R::COLLECTS)) }
    }

    /// The last three arguments of every assertion.
    pub fn told(&self) -> TokenStream {
        let (at, schema, report) = (self.at(), self.schema, self.report());
        quote!(#at, #schema, #report)
    }

    /// An expression of tests in a sequence.
    pub fn all(&self, tests: Vec<TokenStream>) -> TokenStream {
        match tests.as_slice() {
            [] => quote!(true),
            [one] => one.clone(),
            all if self.is_quick => quote!((#(#all)&&*)),
            _ => {
                let tests = in_sequence(tests);
                quote!({ #tests })
            }
        }
    }
}

impl Print<'_> {
    /// The function of a test, which is printed because somebody asks for its name.
    pub fn test_name(&self, index: PlanIdx) -> Ident {
        self.function_name(index, Subject::Value)
    }

    fn function_name(&self, index: PlanIdx, subject: Subject) -> Ident {
        self.wanted.borrow_mut().insert((index, subject));
        match subject {
            Subject::Value => format_ident!("n{}", index.number()),
            Subject::Name => format_ident!("name{}", index.number()),
        }
    }

    /// All validators that the items have asked for, and those that these ask for.
    pub fn validators(&self) -> TokenStream {
        let mut functions = BTreeMap::new();
        let next = |printed: &BTreeMap<_, _>| {
            self.wanted.borrow().iter().find(|it| !printed.contains_key(*it)).copied()
        };
        while let Some((index, subject)) = next(&functions) {
            functions.insert((index, subject), self.function(index, subject));
        }
        let indices = functions.keys().map(|(index, _)| *index).collect();
        let functions = functions.values();
        let looks = self.looks(&indices);
        quote!(#(#functions)* #looks)
    }

    fn function(&self, index: PlanIdx, subject: Subject) -> TokenStream {
        let uri = &self.unit.plan[index].uri;
        let name = self.function_name(index, subject);
        let schema = quote!(SCHEMA);
        let site = Site { subject, schema: &schema, is_quick: false };
        let mut body = in_sequence(self.tests(index, site));
        if self.unit.plan.is_recursive(index) {
            body = quote! {
                if !report.depth().enter() {
                    return rule::too_deep(at, SCHEMA, report);
                }
                let valid = { #body };
                report.depth().leave();
                valid
            };
        }
        let doc = format!(" {}", one_line(uri));
        let subject = match subject {
            Subject::Value => quote!(value: &Value),
            Subject::Name => quote!(name: &str),
        };
        quote! {
            #[doc = #doc]
            fn #name<R: Report>(#subject, at: At<'_>, report: &mut R) -> bool {
                const SCHEMA: &str = #uri;
                #body
            }
        }
    }

    /// A test as an expression of type `bool`, which is told of violations: a call, or, where it is short, the test.
    pub fn call(&self, index: PlanIdx, subject: Subject) -> TokenStream {
        self.invoke(index, Site { subject, schema: &TokenStream::new(), is_quick: false })
    }

    /// Whether a test accepts the subject, as an expression.
    pub fn accepts(&self, index: PlanIdx, subject: Subject) -> TokenStream {
        self.invoke(index, Site { subject, schema: &TokenStream::new(), is_quick: true })
    }

    /// A test of the same subject, in the same way.
    pub fn invoke(&self, index: PlanIdx, site: Site<'_>) -> TokenStream {
        let index = self.unit.plan.target(index);
        let node = &self.unit.plan[index];
        let uri = &node.uri;
        let schema = quote!(#uri);
        let site = Site { schema: &schema, ..site };
        if is_short(&node.tests) {
            return site.all(self.tests(index, site));
        }
        let (name, subject) = (self.function_name(index, site.subject), site.subject.variable());
        let (at, report) = (site.at(), site.report());
        quote!(#name(#subject, #at, #report))
    }

    /// The tests of a node, each an expression.
    fn tests(&self, index: PlanIdx, site: Site<'_>) -> Vec<TokenStream> {
        let tests = &self.unit.plan[index].tests;
        let of_type = match site.subject {
            Subject::Value => self.by_type(tests, site),
            Subject::Name => self.of_name(tests, site),
        };
        let others = tests.iter().filter_map(|test| self.test(index, test, site));
        of_type.into_iter().chain(others).collect()
    }

    /// The tests that depend on the type of the value, as one `match`.
    fn by_type(&self, tests: &[Test], site: Site<'_>) -> Option<TokenStream> {
        let types = types(tests);
        let (mut arms, mut untested) = (Vec::new(), Vec::new());
        for (kind, variant, binding) in KINDS {
            let is_integer = kind == JsonType::Number && types.is_some_and(|types| !types.has(kind));
            let sought = if is_integer { JsonType::Integer } else { kind };
            if types.is_some_and(|types| !types.has(sought)) {
                continue;
            }
            let inner: Vec<_> = tests.iter().filter_map(|test| self.of_kind(test, kind, site)).collect();
            let (variant, binding, is_tested) = (ident(variant), ident(binding), !inner.is_empty());
            let inner = site.all(inner);
            match (is_integer, is_tested) {
                (true, _) => arms.push(quote!(Value::Number(number) if rule::is_integer(number) => #inner,)),
                (false, true) => arms.push(quote!(Value::#variant(#binding) => #inner,)),
                (false, false) => untested.push(quote!(Value::#variant { .. })),
            }
        }
        let Some(types) = types else {
            return (!arms.is_empty()).then(|| quote!(match value { #(#arms)* _ => true }));
        };
        let (names, told) = (names(types), site.told());
        let untested = (!untested.is_empty()).then(|| quote!(#(#untested)|* => true,));
        Some(quote!(match value { #(#arms)* #untested _ => rule::wrong_type(value, #names, #told) }))
    }

    /// The tests of a string whose type is known.
    fn of_name(&self, tests: &[Test], site: Site<'_>) -> Option<TokenStream> {
        if let Some(types) = types(tests).filter(|types| !types.has(JsonType::String)) {
            let (names, told) = (names(types), site.told());
            return Some(quote!(rule::wrong_type(name, #names, #told)));
        }
        let inner: Vec<_> =
            tests.iter().filter_map(|test| self.of_kind(test, JsonType::String, site)).collect();
        (!inner.is_empty()).then(|| site.all(inner))
    }

    /// A test of values of one type.
    fn of_kind(&self, test: &Test, kind: JsonType, site: Site<'_>) -> Option<TokenStream> {
        match (test, kind) {
            (Test::Number(test), JsonType::Number) => Some(number(test, site)),
            (Test::Text(test), JsonType::String) => Some(self.text_test(test, site)),
            (Test::Array(tests), JsonType::Array) => Some(self.array_test(tests, site)),
            (Test::Object(tests), JsonType::Object) => Some(self.object_test(tests, site)),
            _ => None,
        }
    }

    /// A test that does not depend on the type.
    fn test(&self, index: PlanIdx, test: &Test, site: Site<'_>) -> Option<TokenStream> {
        let told = site.told();
        Some(match test {
            Test::Types(_) | Test::Number(_) | Test::Text(_) | Test::Array(_) | Test::Object(_) => {
                return None;
            }
            Test::Never => quote!(rule::never(#told)),
            Test::Constant(constant) => self.constant_test(constant, site),
            Test::Enumeration(values) => self.enumeration_test(values, site),
            Test::Reference(target) => self.invoke(*target, site),
            Test::All(parts) => site.all(parts.iter().map(|part| self.invoke(*part, site)).collect()),
            Test::Any(union) => self.any(union, site),
            Test::One(union) => self.one(union, site),
            Test::Not(part) => {
                let accepts = self.accepts(*part, site.subject);
                quote!(rule::not(#accepts, #told))
            }
            Test::When { test, then, otherwise } => {
                let test = self.accepts(*test, site.subject);
                let branch = |part: &Option<PlanIdx>| {
                    part.map_or_else(|| quote!(true), |part| self.invoke(part, site))
                };
                let (then, otherwise) = (branch(then), branch(otherwise));
                quote!(if #test { #then } else { #otherwise })
            }
            // A name has no items and no members.
            Test::UnevaluatedItems(_) | Test::UnevaluatedProperties(_) if site.subject == Subject::Name => {
                return None;
            }
            Test::UnevaluatedItems(rest) => self.unevaluated_items(index, *rest),
            Test::UnevaluatedProperties(rest) => self.unevaluated_properties(index, *rest),
        })
    }

    fn constant_test(&self, constant: &Value, site: Site<'_>) -> TokenStream {
        let (subject, told) = (site.subject.variable(), site.told());
        if let Value::String(text) = constant {
            return quote!(rule::constant_text(#subject, #text, #told));
        }
        let json = value::json(constant, self.krate);
        quote!({
            static EXPECTED: LazyLock<Value> = LazyLock::new(|| #json);
            rule::constant(#subject, &EXPECTED, #told)
        })
    }

    fn enumeration_test(&self, values: &[Value], site: Site<'_>) -> TokenStream {
        let (subject, told) = (site.subject.variable(), site.told());
        let texts: Option<Vec<_>> = values.iter().map(Value::as_str).collect();
        if let Some(texts) = texts.filter(|texts| !texts.is_empty()) {
            return quote!(rule::enumeration_text(#subject, |text| matches!(text, #(#texts)|*), &[#(#texts),*], #told));
        }
        let values = values.iter().map(|value| value::json(value, self.krate));
        quote!({
            static EXPECTED: LazyLock<Vec<Value>> = LazyLock::new(|| vec![#(#values),*]);
            rule::enumeration(#subject, &EXPECTED, #told)
        })
    }

    fn text_test(&self, test: &TextTest, site: Site<'_>) -> TokenStream {
        let told = site.told();
        let text = if site.subject == Subject::Name { quote!(name) } else { quote!(text) };
        match test {
            TextTest::MinLength(limit) => quote!(rule::min_length(#text, #limit, #told)),
            TextTest::MaxLength(limit) => quote!(rule::max_length(#text, #limit, #told)),
            TextTest::Pattern(regex) => {
                let (source, pattern) = (regex.as_str(), self.pattern(regex.as_str()));
                quote!(rule::pattern(#text, #source, |text| #pattern.is_match(text), #told))
            }
            TextTest::Format(format) => {
                let (name, function) = (format.name(), ident(&snake_case(format.name())));
                quote!(rule::format(#text, #name, format::#function, #told))
            }
        }
    }

    fn array_test(&self, tests: &ArrayTests, site: Site<'_>) -> TokenStream {
        let told = site.told();
        let mut parts = Vec::new();
        parts.extend(tests.min_items.map(|limit| quote!(rule::min_items(items, #limit, #told))));
        parts.extend(tests.max_items.map(|limit| quote!(rule::max_items(items, #limit, #told))));
        if !tests.prefix.is_empty() || tests.items.is_some() {
            parts.push(self.each_item(tests));
        }
        parts.extend(tests.contains.map(|(test, min, max)| {
            let accepts = self.accepts(test, Subject::Value);
            let max = max.map_or_else(|| quote!(None), |max| quote!(Some(#max)));
            quote!(rule::contains(items.iter().filter(|&value| #accepts).count(), #min, #max, #told))
        }));
        parts.extend(tests.unique.then(|| quote!(rule::unique_items(items, #told))));
        site.all(parts)
    }

    fn each_item(&self, tests: &ArrayTests) -> TokenStream {
        let prefix = tests.prefix.iter().map(|test| self.call(*test, Subject::Value));
        let positions = 0..tests.prefix.len();
        let others = tests.items.map_or_else(|| quote!(true), |test| self.call(test, Subject::Value));
        let test = if tests.prefix.is_empty() {
            others
        } else {
            quote!(match index { #(#positions => #prefix,)* _ => #others })
        };
        quote!(rule::each(items.iter().enumerate(), R::COLLECTS, |(index, value)| {
            let at = R::index(&at, index);
            #test
        }))
    }

    /// An expression of a compiled regular expression, of which there is one per place.
    pub fn pattern(&self, source: &str) -> TokenStream {
        let krate = self.krate;
        quote!({
            static PATTERN: LazyLock<#krate::Pattern> = LazyLock::new(|| #krate::Pattern::new(#source));
            &PATTERN
        })
    }
}

/// The types that a JSON text tells apart, with the variants of `Value` and names for what these hold.
const KINDS: [(JsonType, &str, &str); 6] = [
    (JsonType::Null, "Null", "null"),
    (JsonType::Boolean, "Bool", "boolean"),
    (JsonType::Number, "Number", "number"),
    (JsonType::String, "String", "text"),
    (JsonType::Array, "Array", "items"),
    (JsonType::Object, "Object", "members"),
];

/// The patterns of the values of some types.
pub fn patterns(types: TypeSet) -> TokenStream {
    let variants = KINDS.iter().filter(|(kind, ..)| types.has(*kind)).map(|(_, variant, _)| ident(variant));
    quote!(#(Value::#variants { .. })|*)
}

/// `type`, unless it says nothing.
fn types(tests: &[Test]) -> Option<TypeSet> {
    let found = tests.iter().find_map(|test| if let Test::Types(types) = test { Some(*types) } else { None });
    found.filter(|types| *types != TypeSet::ALL)
}

fn names(types: TypeSet) -> TokenStream {
    let names = types.iter().map(|json_type| json_type.name());
    quote!(&[#(#names),*])
}

/// Whether tests are shorter than a function of their own.
fn is_short(tests: &[Test]) -> bool {
    let is_leaf = |test: &Test| match test {
        Test::Never | Test::Types(_) | Test::Number(_) => true,
        Test::Text(test) => !matches!(test, TextTest::Pattern(_)),
        Test::Constant(constant) => constant.is_string(),
        Test::Enumeration(values) => values.len() <= 4 && values.iter().all(Value::is_string),
        _ => false,
    };
    tests.len() <= 3 && tests.iter().all(is_leaf)
}

fn number(test: &NumberTest, site: Site<'_>) -> TokenStream {
    let (function, number) = match test {
        NumberTest::Minimum(number) => ("minimum", number),
        NumberTest::Maximum(number) => ("maximum", number),
        NumberTest::ExclusiveMinimum(number) => ("exclusive_minimum", number),
        NumberTest::ExclusiveMaximum(number) => ("exclusive_maximum", number),
        NumberTest::MultipleOf(number) => ("multiple_of", number),
    };
    let (function, limit, told) = (format_ident!("{function}"), limit(number), site.told());
    quote!(rule::#function(number, #limit, #told))
}

/// A limit as the runtime takes it.
pub fn limit(number: &Number) -> TokenStream {
    let number_literal = value::literal(number);
    if number.is_f64() {
        quote!(Limit::Float(#number_literal))
    } else {
        quote!(Limit::Integer(#number_literal as i128))
    }
}
