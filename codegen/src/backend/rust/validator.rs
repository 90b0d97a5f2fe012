//! Validators: one generic function per subschema, printed from the plan.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use serde_json::{Number, Value};

use super::Print;
use super::ident::ident;
use super::value;
use crate::model::Regex;
use crate::names::snake_case;
use crate::plan::{ArrayTests, Dispatch, NumberTest, ObjectTests, PlanIdx, Test, TextTest, Union};

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

impl Print<'_> {
    pub fn test_name(&self, index: PlanIdx) -> Ident {
        format_ident!("n{}", index.number())
    }

    /// All validators that the types lead to.
    pub fn validators(&self) -> TokenStream {
        let reachable = self.reachable();
        let functions = reachable.iter().map(|index| self.function(*index));
        let looks = self.looks(&reachable);
        quote!(#(#functions)* #looks)
    }

    fn reachable(&self) -> BTreeSet<PlanIdx> {
        let roots =
            self.table.items.iter().filter(|item| !matches!(item.kind, super::types::ItemKind::Alias(_)));
        let mut queue: Vec<_> =
            roots.flat_map(|item| item.together.schemas()).map(|it| self.unit.plan.index(*it)).collect();
        let mut seen: BTreeSet<PlanIdx> = queue.iter().copied().collect();
        while let Some(index) = queue.pop() {
            let next = self.unit.plan[index].tests.iter().flat_map(Test::parts);
            queue.extend(next.filter(|part| seen.insert(*part)));
        }
        seen
    }

    fn function(&self, index: PlanIdx) -> TokenStream {
        let node = &self.unit.plan[index];
        let (name, uri) = (self.test_name(index), &node.uri);
        let body = in_sequence(node.tests.iter().map(|test| self.test(index, test)).collect());
        let doc = format!(" {}", uri.escape_debug());
        quote! {
            #[doc = #doc]
            fn #name<R: Report>(value: &Value, at: At<'_>, report: &mut R) -> bool {
                const SCHEMA: &str = #uri;
                #body
            }
        }
    }

    /// One test as an expression of type `bool`.
    fn test(&self, index: PlanIdx, test: &Test) -> TokenStream {
        match test {
            Test::Never => quote!(rule::never(at, SCHEMA, report)),
            Test::Types(types) => {
                let names = types.iter().map(|json_type| json_type.name());
                quote!(rule::types(value, &[#(#names),*], at, SCHEMA, report))
            }
            Test::Constant(Value::String(text)) => {
                quote!(rule::constant_text(value, #text, at, SCHEMA, report))
            }
            Test::Constant(constant) => {
                let constant = value::json(constant, self.krate);
                quote!({
                    static EXPECTED: LazyLock<Value> = LazyLock::new(|| #constant);
                    rule::constant(value, &EXPECTED, at, SCHEMA, report)
                })
            }
            Test::Enumeration(values) => self.enumeration(values),
            Test::Number(test) => number(test),
            Test::Text(test) => self.text(test),
            Test::Array(tests) => self.array(tests),
            Test::Object(tests) => self.object(tests),
            Test::Reference(target) => self.call(*target),
            Test::All(parts) => {
                let tests = in_sequence(parts.iter().map(|part| self.call(*part)).collect());
                quote!({ #tests })
            }
            Test::Any(union) => self.any(union),
            Test::One(union) => self.one(union),
            Test::Not(part) => {
                let accepts = self.accepts(*part, &quote!(value));
                quote!(rule::not(#accepts, at, SCHEMA, report))
            }
            Test::When { test, then, otherwise } => {
                let test = self.accepts(*test, &quote!(value));
                let branch =
                    |part: &Option<PlanIdx>| part.map_or_else(|| quote!(true), |part| self.call(part));
                let (then, otherwise) = (branch(then), branch(otherwise));
                quote!(if #test { #then } else { #otherwise })
            }
            Test::UnevaluatedItems(rest) => self.unevaluated_items(index, *rest),
            Test::UnevaluatedProperties(rest) => self.unevaluated_properties(index, *rest),
        }
    }

    fn call(&self, index: PlanIdx) -> TokenStream {
        let name = self.test_name(index);
        quote!(#name(value, at, report))
    }

    pub fn accepts(&self, index: PlanIdx, value: &TokenStream) -> TokenStream {
        let name = self.test_name(index);
        quote!(#name(#value, At::Root, &mut Quick))
    }

    fn enumeration(&self, values: &[Value]) -> TokenStream {
        let texts: Option<Vec<_>> = values.iter().map(Value::as_str).collect();
        if let Some(texts) = texts {
            return quote!(rule::enumeration_text(value, &[#(#texts),*], at, SCHEMA, report));
        }
        let values = values.iter().map(|value| value::json(value, self.krate));
        quote!({
            static EXPECTED: LazyLock<Vec<Value>> = LazyLock::new(|| vec![#(#values),*]);
            rule::enumeration(value, &EXPECTED, at, SCHEMA, report)
        })
    }

    fn any(&self, union: &Union) -> TokenStream {
        let accepts = union.branches.iter().map(|branch| self.accepts(*branch, &quote!(value)));
        self.dispatched("anyOf", union)
            .unwrap_or_else(|| quote!(rule::any_of(#(#accepts)||*, at, SCHEMA, report)))
    }

    fn one(&self, union: &Union) -> TokenStream {
        let accepts = union.branches.iter().map(|branch| self.accepts(*branch, &quote!(value)));
        self.dispatched("oneOf", union)
            .unwrap_or_else(|| quote!(rule::one_of(#(usize::from(#accepts))+*, at, SCHEMA, report)))
    }

    fn dispatched(&self, keyword: &str, union: &Union) -> Option<TokenStream> {
        let Dispatch { property, arms } = union.dispatch.as_ref()?;
        let tags: Vec<_> = arms.iter().map(|(tag, _)| tag).collect();
        let calls = arms.iter().map(|(_, branch)| self.call(union.branches[*branch]));
        Some(quote! {
            match value.get(#property).and_then(Value::as_str) {
                #(Some(#tags) => #calls,)*
                _ => rule::tag(value, #keyword, #property, &[#(#tags),*], at, SCHEMA, report),
            }
        })
    }

    fn text(&self, test: &TextTest) -> TokenStream {
        match test {
            TextTest::MinLength(limit) => quote!(rule::min_length(value, #limit, at, SCHEMA, report)),
            TextTest::MaxLength(limit) => quote!(rule::max_length(value, #limit, at, SCHEMA, report)),
            TextTest::Pattern(regex) => {
                let (source, pattern) = (regex.as_str(), self.pattern(regex.as_str()));
                quote!(rule::pattern(value, #source, |text| #pattern.is_match(text), at, SCHEMA, report))
            }
            TextTest::Format(format) => {
                let (name, function) = (format.name(), ident(&snake_case(format.name())));
                quote!(rule::format(value, #name, format::#function, at, SCHEMA, report))
            }
        }
    }

    fn array(&self, tests: &ArrayTests) -> TokenStream {
        let mut parts = Vec::new();
        parts.extend(tests.min_items.map(|limit| quote!(rule::min_items(items, #limit, at, SCHEMA, report))));
        parts.extend(tests.max_items.map(|limit| quote!(rule::max_items(items, #limit, at, SCHEMA, report))));
        if !tests.prefix.is_empty() || tests.items.is_some() {
            parts.push(self.each_item(tests));
        }
        parts.extend(tests.contains.map(|(test, min, max)| {
            let accepts = self.accepts(test, &quote!(item));
            let max = max.map_or_else(|| quote!(None), |max| quote!(Some(#max)));
            quote!({
                let n_found = items.iter().filter(|item| #accepts).count();
                rule::contains(n_found, #min, #max, at, SCHEMA, report)
            })
        }));
        parts.extend(tests.unique.then(|| quote!(rule::unique_items(items, at, SCHEMA, report))));
        let tests = in_sequence(parts);
        quote!(match value { Value::Array(items) => { #tests } _ => true })
    }

    fn each_item(&self, tests: &ArrayTests) -> TokenStream {
        let item = |index: &PlanIdx| {
            let name = self.test_name(*index);
            quote!(#name(item, At::Index(&at, index), report))
        };
        let prefix = tests.prefix.iter().map(item);
        let positions = 0..tests.prefix.len();
        let others = tests.items.as_ref().map_or_else(|| quote!(true), item);
        quote!(rule::each(items.iter().enumerate(), R::COLLECTS, |(index, item)| match index {
            #(#positions => #prefix,)*
            _ => #others,
        }))
    }

    fn object(&self, tests: &ObjectTests) -> TokenStream {
        let mut parts = Vec::new();
        parts.extend(
            tests
                .min_properties
                .map(|limit| quote!(rule::min_properties(members, #limit, at, SCHEMA, report))),
        );
        parts.extend(
            tests
                .max_properties
                .map(|limit| quote!(rule::max_properties(members, #limit, at, SCHEMA, report))),
        );
        parts.extend(
            tests.required.iter().map(|name| quote!(rule::required(members, #name, at, SCHEMA, report))),
        );
        parts.extend(tests.properties.iter().filter_map(|(name, test)| {
            let test = self.test_name((*test)?);
            Some(quote!(members.get(#name).is_none_or(|value| #test(value, At::Key(&at, #name), report))))
        }));
        if tests.names.is_some() || tests.additional.is_some() || !tests.patterns.is_empty() {
            parts.push(self.each_member(tests));
        }
        parts.extend(tests.dependent_required.iter().map(|(name, needed)| {
            quote!(rule::dependent_required(members, #name, &[#(#needed),*], at, SCHEMA, report))
        }));
        parts.extend(tests.dependent_schemas.iter().map(|(name, test)| {
            let test = self.call(*test);
            quote!((!members.contains_key(#name) || #test))
        }));
        let tests = in_sequence(parts);
        quote!(match value { Value::Object(members) => { #tests } _ => true })
    }

    /// `propertyNames`, `patternProperties` and `additionalProperties`, member by member.
    fn each_member(&self, tests: &ObjectTests) -> TokenStream {
        let mut parts = Vec::new();
        parts.extend(tests.names.map(|test| {
            let test = self.test_name(test);
            quote!(#test(&Value::from(name.as_str()), At::Key(&at, name), report))
        }));
        let on_member = |test: PlanIdx| {
            let test = self.test_name(test);
            quote!(#test(value, At::Key(&at, name), report))
        };
        let matches = |regex: &Regex| {
            let pattern = self.pattern(regex.as_str());
            quote!(#pattern.is_match(name))
        };
        parts.extend(tests.patterns.iter().filter_map(|(regex, test)| {
            let (matches, test) = (matches(regex), on_member((*test)?));
            Some(quote!((!#matches || #test)))
        }));
        parts.extend(tests.additional.map(|test| {
            let declared = tests.properties.iter().map(|(name, _)| name);
            let is_declared =
                (!tests.properties.is_empty()).then(|| quote!(matches!(name.as_str(), #(#declared)|*)));
            let is_matched = tests.patterns.iter().map(|(regex, _)| matches(regex));
            let known = is_declared.into_iter().chain(is_matched);
            let test = on_member(test);
            quote!((#(#known ||)* #test))
        }));
        let tests = in_sequence(parts);
        quote!(rule::each(members, R::COLLECTS, |(name, value)| { #tests }))
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

fn number(test: &NumberTest) -> TokenStream {
    let (function, number) = match test {
        NumberTest::Minimum(number) => ("minimum", number),
        NumberTest::Maximum(number) => ("maximum", number),
        NumberTest::ExclusiveMinimum(number) => ("exclusive_minimum", number),
        NumberTest::ExclusiveMaximum(number) => ("exclusive_maximum", number),
        NumberTest::MultipleOf(number) => ("multiple_of", number),
    };
    let (function, limit) = (format_ident!("{function}"), limit(number));
    quote!(rule::#function(value, #limit, at, SCHEMA, report))
}

fn limit(number: &Number) -> TokenStream {
    let number_literal = value::literal(number);
    if number.is_f64() {
        quote!(Limit::Float(#number_literal))
    } else {
        quote!(Limit::Integer(#number_literal as i128))
    }
}
