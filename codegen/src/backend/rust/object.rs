//! Limits of objects: in one pass over the members, or by looking up the few that have a name.

use proc_macro2::TokenStream;
use quote::quote;

use super::Print;
use super::validator::{Site, Subject};
use crate::model::Regex;
use crate::plan::{ObjectTests, PlanIdx};

/// More names than these are told apart by their length first.
const FEW_NAMES: usize = 8;

impl Print<'_> {
    pub fn object_test(&self, tests: &ObjectTests, site: Site<'_>) -> TokenStream {
        let told = site.told();
        let mut parts = Vec::new();
        parts.extend(tests.min_properties.map(|limit| quote!(rule::min_properties(members, #limit, #told))));
        parts.extend(tests.max_properties.map(|limit| quote!(rule::max_properties(members, #limit, #told))));
        if tests.walks() {
            parts.push(self.walk_test(tests, site));
        } else {
            parts.extend(tests.named().filter_map(|named| self.lookup_test(named, site)));
        }
        parts.extend(
            tests.dependent_required.iter().map(
                |(name, needed)| quote!(rule::dependent_required(members, #name, &[#(#needed),*], #told)),
            ),
        );
        parts.extend(tests.dependent_schemas.iter().map(|(name, test)| {
            let test = self.call(*test, Subject::Value);
            quote!((!members.contains_key(#name) || #test))
        }));
        site.all(parts)
    }

    /// A member that is looked up.
    fn lookup_test(
        &self,
        (name, test, is_required): (&str, Option<PlanIdx>, bool),
        site: Site<'_>,
    ) -> Option<TokenStream> {
        let told = site.told();
        let required = is_required.then(|| quote!(rule::required(members, #name, #told)));
        let Some(test) = test else { return required };
        let test = self.call(test, Subject::Value);
        let absent = if is_required { quote!(rule::missing(#name, #told)) } else { quote!(true) };
        Some(quote! {
            match members.get(#name) {
                Some(value) => { let at = R::key(&at, #name); #test }
                None => #absent,
            }
        })
    }

    /// Every member in turn, and then what is missing.
    fn walk_test(&self, tests: &ObjectTests, site: Site<'_>) -> TokenStream {
        let (told, required) = (site.told(), &tests.required);
        let n_required = required.len();
        let mut parts = Vec::new();
        parts.extend(tests.names.map(|test| self.call(test, Subject::Name)));
        let declared = self.declared_test(tests);
        if tests.patterns.is_empty() {
            parts.push(declared);
        } else {
            parts.push(self.matched_test(tests, &declared));
        }
        let member = site.all(parts);
        let each = quote! {
            rule::each(members, R::COLLECTS, |(name, value)| {
                let (name, at) = (name.as_str(), R::key(&at, name));
                #member
            })
        };
        if required.is_empty() {
            return each;
        }
        let all_required =
            quote!((n_found == #n_required || rule::all_required(members, &[#(#required),*], #told)));
        let both = site.all(vec![each, all_required]);
        quote!({ let mut n_found = 0; #both })
    }

    /// What `properties`, `required` and, where there are no patterns, `additionalProperties` say of a member.
    fn declared_test(&self, tests: &ObjectTests) -> TokenStream {
        let known: Vec<_> =
            tests.named().filter(|(name, ..)| tests.declares(name) || tests.additional.is_none()).collect();
        let has_patterns = !tests.patterns.is_empty();
        let arms = known.iter().map(|(name, test, is_required)| {
            let found = is_required.then(|| quote!(n_found += 1;));
            let test = test.map_or_else(|| quote!(true), |test| self.call(test, Subject::Value));
            let pattern = if known.len() > FEW_NAMES {
                let length = name.len();
                quote!((#length, #name))
            } else {
                quote!(#name)
            };
            quote!(#pattern => { #found #test })
        });
        let required_only: Vec<_> = tests
            .required
            .iter()
            .filter(|name| tests.additional.is_some() && !tests.declares(name))
            .collect();
        let count = (!required_only.is_empty()).then(|| {
            quote!(if matches!(name, #(#required_only)|*) {
                n_found += 1;
            })
        });
        let other = match tests.additional {
            Some(_) if has_patterns => {
                let forget = (!known.is_empty()).then(|| quote!(is_known = false;));
                quote!({ #count #forget true })
            }
            Some(test) => {
                let test = self.call(test, Subject::Value);
                quote!({ #count #test })
            }
            None => quote!(true),
        };
        if known.is_empty() {
            return other;
        }
        let subject = if known.len() > FEW_NAMES { quote!((name.len(), name)) } else { quote!(name) };
        quote!(match #subject { #(#arms)* _ => #other })
    }

    /// As [`Self::declared_test`], with `patternProperties`.
    fn matched_test(&self, tests: &ObjectTests, declared: &TokenStream) -> TokenStream {
        let is_known = tests.additional.map(|_| quote!(is_known = true;));
        let patterns = tests.patterns.iter().filter_map(|(regex, test)| {
            let matches = self.matches(regex);
            let test = test.map(|test| self.call(test, Subject::Value));
            let test = test.map(|test| quote!(if valid || R::COLLECTS { valid &= #test; }));
            (test.is_some() || is_known.is_some()).then(|| quote!(if #matches { #is_known #test }))
        });
        let additional = tests.additional.map(|test| {
            let test = self.call(test, Subject::Value);
            quote!(if !is_known && (valid || R::COLLECTS) { valid &= #test; })
        });
        // Where no name is declared, only a pattern can know one.
        let declares_any = tests.named().any(|(name, ..)| tests.declares(name));
        let start = tests.additional.map(|_| quote!(let mut is_known = #declares_any;));
        quote!({
            #start
            let mut valid = #declared;
            #(#patterns)*
            #additional
            valid
        })
    }

    fn matches(&self, regex: &Regex) -> TokenStream {
        let pattern = self.pattern(regex.as_str());
        quote!(#pattern.is_match(name))
    }
}
