//! `anyOf` and `oneOf`: only the branches that can accept a value are asked.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use super::validator::{Site, Subject, patterns};
use super::{Print, value};
use crate::model::JsonType;
use crate::plan::{Candidate, Choice, Tags, Union};

/// How many branches accept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Keyword {
    AnyOf,
    OneOf,
}

/// More members than these are not looked up before a candidate is asked.
const MAX_LOOKUPS: usize = 2;

/// Of more strings than these a candidate is asked itself.
const MAX_TEXTS: usize = 8;

impl Print<'_> {
    pub fn any(&self, union: &Union, site: Site<'_>) -> TokenStream {
        self.union_test(Keyword::AnyOf, union, site)
    }

    pub fn one(&self, union: &Union, site: Site<'_>) -> TokenStream {
        self.union_test(Keyword::OneOf, union, site)
    }

    fn union_test(&self, keyword: Keyword, union: &Union, site: Site<'_>) -> TokenStream {
        let is_text = |types: crate::model::TypeSet| types.has(JsonType::String);
        match union.arms.as_slice() {
            [arm] => self.chosen_test(keyword, &arm.choice, site),
            arms if site.subject == Subject::Name => {
                let arm = arms.iter().find(|arm| is_text(arm.types));
                arm.map_or_else(|| quote!(true), |arm| self.chosen_test(keyword, &arm.choice, site))
            }
            arms => {
                let arms = arms.iter().map(|arm| {
                    let (patterns, chosen) =
                        (patterns(arm.types), self.chosen_test(keyword, &arm.choice, site));
                    quote!(#patterns => #chosen,)
                });
                quote!(match value { #(#arms)* })
            }
        }
    }

    fn chosen_test(&self, keyword: Keyword, choice: &Choice, site: Site<'_>) -> TokenStream {
        let told = site.told();
        match (choice, keyword) {
            (Choice::None, Keyword::AnyOf) => quote!(rule::any_of(false, #told)),
            (Choice::None, Keyword::OneOf) => quote!(rule::one_of(0, #told)),
            (Choice::One(branch), _) => self.invoke(*branch, site),
            (Choice::Tagged(tags), _) => self.tagged_test(keyword, tags, site),
            (Choice::Several(branches), Keyword::AnyOf) => {
                let accepts = branches.iter().map(|branch| self.candidate_test(branch, site.subject));
                quote!(rule::any_of(#(#accepts)||*, #told))
            }
            (Choice::Several(branches), Keyword::OneOf) => {
                let accepts = branches.iter().map(|branch| self.candidate_test(branch, site.subject));
                let goes_on = site.goes_on(&quote!(n_accepted < 2));
                quote!({
                    let mut n_accepted = 0;
                    #(if #goes_on && #accepts { n_accepted += 1; })*
                    rule::one_of(n_accepted, #told)
                })
            }
        }
    }

    /// Whether a candidate accepts, the cheapest reason against it first.
    fn candidate_test(&self, candidate: &Candidate, subject: Subject) -> TokenStream {
        let Candidate { branch, needs, wants } = candidate;
        let accepts = self.accepts(*branch, subject);
        let is_wanted = |need: &&String| wants.iter().any(|(name, _)| name == *need);
        let wanted = wants.iter().filter(|(_, texts)| texts.len() <= MAX_TEXTS).map(|(name, texts)| {
            let method = if needs.contains(name) { quote!(is_some_and) } else { quote!(is_none_or) };
            quote!(value.get(#name).#method(|it| matches!(it.as_str(), #(Some(#texts))|*)))
        });
        let needed =
            needs.iter().filter(|need| !is_wanted(need)).map(|name| quote!(value.get(#name).is_some()));
        let tests: Vec<_> = wanted.chain(needed).take(MAX_LOOKUPS).collect();
        if tests.is_empty() { accepts } else { quote!((#(#tests &&)* #accepts)) }
    }

    /// The branch that a property selects.
    fn tagged_test(&self, keyword: Keyword, tags: &Tags, site: Site<'_>) -> TokenStream {
        let (property, told) = (&tags.property, site.told());
        let name = if keyword == Keyword::AnyOf { "anyOf" } else { "oneOf" };
        let calls = tags.arms.iter().map(|(_, branch)| self.invoke(*branch, site));
        let texts: Option<Vec<&str>> = tags.arms.iter().map(|(tag, _)| tag.as_str()).collect();
        if let Some(texts) = texts {
            return quote! {
                match value.get(#property).and_then(Value::as_str) {
                    #(Some(#texts) => #calls,)*
                    _ => rule::tag(value, #name, #property, || [#(#texts),*].into_iter().collect(), #told),
                }
            };
        }
        let tests = tags.arms.iter().map(|(tag, _)| self.is_scalar(tag));
        let expected = value::json(&tags.arms.iter().map(|(tag, _)| tag.clone()).collect(), self.krate);
        quote! {
            match value.get(#property) {
                #(Some(tag) if #tests => #calls,)*
                _ => rule::tag(value, #name, #property, || #expected, #told),
            }
        }
    }

    /// Whether `tag` is that scalar.
    fn is_scalar(&self, scalar: &Value) -> TokenStream {
        match scalar {
            Value::String(text) => quote!(tag.as_str() == Some(#text)),
            Value::Bool(value) => quote!(tag.as_bool() == Some(#value)),
            Value::Null => quote!(tag.is_null()),
            other => {
                let (krate, number) = (self.krate, value::json(other, self.krate));
                quote!(#krate::equal(tag, &#number))
            }
        }
    }
}
