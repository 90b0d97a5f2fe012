//! Generated code, as its callers see it: what of it changes so that they may not compile any more.
//!
//! Both revisions are printed, and what is public in them is compared, type by type.

mod rust;
mod typescript;

use std::collections::BTreeMap;

use handfast_codegen::backend::backend;

use super::rule::{API_RUST, API_TYPESCRIPT};
use super::{Finding, Revision, Rule, Subject};
use crate::pattern::cut;

/// How many changes of one type are told.
const MAX_TOLD: usize = 6;
/// The base name of what is printed.
const NAME: &str = "contract";

/// What is public, by the name of the type.
type Surface = BTreeMap<String, Item>;

/// A public type.
#[derive(Debug, Default, PartialEq, Eq)]
struct Item {
    /// What of it callers name, each with its signature.
    members: BTreeMap<String, Member>,
}

/// What of a type callers name.
#[derive(Debug, PartialEq, Eq)]
struct Member {
    /// Its type, or its arguments and result.
    signature: String,
    /// Whether callers break when it appears: they match, or write, all there are.
    breaks_when_new: bool,
}

/// A language, and how its output is read.
struct Language {
    name: &'static str,
    rule: &'static Rule,
    ending: &'static str,
    surface: fn(&str) -> Surface,
}

static LANGUAGES: &[Language] = &[
    Language { name: "rust", rule: &API_RUST, ending: ".rs", surface: rust::surface },
    Language { name: "typescript", rule: &API_TYPESCRIPT, ending: ".ts", surface: typescript::surface },
];

/// What changes for callers of generated code.
pub fn check(old: &Revision, new: &Revision) -> Vec<Finding> {
    if old.texts().map(|(_, text)| text).eq(new.texts().map(|(_, text)| text)) {
        return Vec::new();
    }
    LANGUAGES.iter().flat_map(|language| language.check(old, new)).collect()
}

impl Language {
    fn check(&self, old: &Revision, new: &Revision) -> Vec<Finding> {
        let [was, is] = [old, new].map(|revision| self.printed(revision));
        let changed = was.iter().filter_map(|(name, item)| {
            let told = match is.get(name) {
                Some(now) => changes(item, now),
                None => vec!["it is gone".to_owned()],
            };
            (!told.is_empty()).then(|| self.finding(name, &told, old, new))
        });
        changed.collect()
    }

    fn printed(&self, revision: &Revision) -> Surface {
        let Some(backend) = backend(self.name) else { return Surface::new() };
        let files = backend.generate(&revision.document.unit(NAME, "Contract", NAME));
        let text = files.iter().find(|(path, _)| path.ends_with(&format!("{NAME}{}", self.ending)));
        text.map(|(_, text)| (self.surface)(text)).unwrap_or_default()
    }

    fn finding(&self, name: &str, told: &[String], old: &Revision, new: &Revision) -> Finding {
        let mut shown = told[..told.len().min(MAX_TOLD)].join("; ");
        if told.len() > MAX_TOLD {
            shown.push_str(&format!("; and {} more", told.len() - MAX_TOLD));
        }
        Finding::new(self.rule, Subject::contract(name), format!("`{name}`: {shown}"))
            .old(old.root_place(""), "this is what callers were built with")
            .new_at(new.root_place(""), "this is what they get")
    }
}

fn changes(was: &Item, is: &Item) -> Vec<String> {
    let mut told = Vec::new();
    for (name, member) in &was.members {
        match is.members.get(name) {
            Some(now) if now.signature == member.signature => {}
            Some(now) => {
                told.push(format!(
                    "{name} was `{}`, and is `{}`",
                    cut(&member.signature),
                    cut(&now.signature)
                ));
            }
            None => told.push(format!("{name} is gone")),
        }
    }
    let fresh =
        is.members.iter().filter(|(name, member)| member.breaks_when_new && !was.members.contains_key(*name));
    told.extend(fresh.map(|(name, _)| {
        format!("{name} is new, and whoever writes or matches all there are has to name it")
    }));
    told
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use handfast_codegen::Options;
    use handfast_codegen::source::Memory;

    use super::*;

    #[track_caller]
    fn check(old: &str, new: &str, expected: &[&str]) {
        let [old, new] = [old, new].map(|text| {
            let source = Memory::default().with("task.json", text);
            Revision::read(&source, Path::new("task.json"), &Options::default(), "").unwrap()
        });
        let found: Vec<_> = super::check(&old, &new).into_iter().map(|finding| finding.message).collect();
        assert_eq!(found.len(), expected.len(), "{found:#?}");
        for (found, expected) in found.iter().zip(expected) {
            assert!(found.contains(expected), "{expected}: {found}");
        }
    }

    fn object(required: &str, member: &str) -> String {
        format!(
            r#"{{ "title": "Task", "type": "object", "required": [{required}], "properties": {{ {member} }} }}"#
        )
    }

    #[test]
    fn callers_that_no_longer_compile() {
        let text = r#""n": { "type": "string" }"#;
        check(&object("\"n\"", text), &object("\"n\"", text), &[]);
        check(
            &object("\"n\"", text),
            &object("", text),
            &["n was `String`, and is `Option<String>`", "n was `string`, and is `?: string`"],
        );
        let number = r#""n": { "type": "boolean" }"#;
        check(
            &object("\"n\"", text),
            &object("\"n\"", number),
            &["and is `bool`", "n was `string`, and is `boolean`"],
        );
        let more = format!(r#"{text}, "m": {{ "type": "string" }}"#);
        // A caller that writes a struct as a literal has to name the new field; one of an interface has not.
        check(&object("\"n\"", text), &object("\"n\"", &more), &["m is new"]);
        check(&object("\"n\"", &more), &object("\"n\"", text), &["m is gone", "m is gone"]);
        let list = |values: &str| format!(r#"{{ "title": "Colour", "enum": [{values}] }}"#);
        check(&list(r#""red""#), &list(r#""red", "blue""#), &["Blue is new", "and is `\"red\" | \"blue\"`"]);
    }
}
