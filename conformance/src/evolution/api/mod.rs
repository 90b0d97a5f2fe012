//! Generated code, as its callers see it: what of it changes so that they may not compile any more.
//!
//! Both revisions are printed, and what is public in them is compared, type by type.

mod place;
mod rust;
mod typescript;

use std::collections::BTreeMap;

use handfast_codegen::backend::backend;
use handfast_codegen::diagnostic::Place;

use super::rule::{API_RUST, API_TYPESCRIPT};
use super::{Finding, Revision, Rule, Subject};
use crate::pattern::cut;
use place::Origins;

/// How many changes of one type are told.
const MAX_TOLD: usize = 6;
/// The base name of what is printed.
const NAME: &str = "contract";

/// What is public, by the name of the type.
type Surface = BTreeMap<String, Item>;

/// What a revision is printed as.
struct Printed {
    surface: Surface,
    /// The schemas of each type.
    origins: Origins,
}

/// What of a type changes.
struct Change {
    /// What callers name; nothing where it is the type itself.
    member: Option<String>,
    /// What it was, and is.
    told: String,
}

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
        let changed = was.surface.iter().filter_map(|(name, item)| {
            let changes = match is.surface.get(name) {
                Some(now) => changes(item, now),
                None => vec![Change { member: None, told: "it is gone".to_owned() }],
            };
            let sides = [(old, &was), (new, &is)];
            let names = |member: &&str| {
                sides.iter().any(|(revision, printed)| printed.origins.has(revision, name, member))
            };
            // What calls of functions make of a change is told where a member has changed.
            let members = changes.iter().map(|change| change.member.as_deref());
            let member = members.clone().flatten().find(names).or_else(|| members.flatten().next());
            changes.first()?;
            let places = sides.map(|(revision, printed)| printed.origins.place(revision, name, member));
            Some(self.finding(name, &changes, places))
        });
        changed.collect()
    }

    fn printed(&self, revision: &Revision) -> Printed {
        let nothing = || Printed { surface: Surface::new(), origins: Origins::default() };
        let Some(backend) = backend(self.name) else { return nothing() };
        let unit = revision.document.unit(NAME, "Contract", NAME);
        let files = backend.generate(&unit);
        let origins = Origins(backend.origins(&unit));
        let text = files.iter().find(|(path, _)| path.ends_with(&format!("{NAME}{}", self.ending)));
        text.map_or_else(nothing, |(_, text)| Printed { surface: (self.surface)(text), origins })
    }

    fn finding(&self, name: &str, changes: &[Change], [old, new]: [Place; 2]) -> Finding {
        let told = changes.iter().take(MAX_TOLD).map(|change| change.told.as_str());
        let mut shown = told.collect::<Vec<_>>().join("; ");
        if changes.len() > MAX_TOLD {
            shown.push_str(&format!("; and {} more", changes.len() - MAX_TOLD));
        }
        Finding::new(self.rule, Subject::contract(name), format!("`{name}`: {shown}"))
            .old(old, "this is what callers were built with")
            .new_at(new, "this is what they get")
    }
}

fn changes(was: &Item, is: &Item) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut tell = |member: &str, told| changes.push(Change { member: Some(member.to_owned()), told });
    for (name, member) in &was.members {
        match is.members.get(name) {
            Some(now) if now.signature == member.signature => {}
            Some(now) => {
                let [was, now] = [member, now].map(|one| cut(&one.signature));
                tell(name, format!("{name} was `{was}`, and is `{now}`"));
            }
            None => tell(name, format!("{name} is gone")),
        }
    }
    let fresh =
        is.members.iter().filter(|(name, member)| member.breaks_when_new && !was.members.contains_key(*name));
    fresh.for_each(|(name, _)| {
        tell(name, format!("{name} is new, and whoever writes or matches all there are has to name it"));
    });
    changes
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

    /// Where the findings stand in both documents, Rust first.
    #[track_caller]
    fn check_places(old: &str, new: &str, expected: &[[&str; 2]]) {
        let revisions = [old, new].map(|text| {
            let source = Memory::default().with("task.yaml", text);
            Revision::read(&source, Path::new("task.yaml"), &Options::default(), "").unwrap()
        });
        let found = super::check(&revisions[0], &revisions[1]);
        let shown = |text: &str, place: &Place| {
            let line = text.lines().nth(place.position.line - 1).unwrap();
            line[place.position.column - 1..].to_owned()
        };
        let places = found.iter().map(|finding| {
            let [was, is] = [&finding.old, &finding.new].map(|spot| &spot.as_ref().unwrap().place);
            [shown(old, was), shown(new, is)]
        });
        assert_eq!(places.collect::<Vec<_>>(), expected, "{found:#?}");
    }

    #[test]
    fn changes_are_told_where_they_stand() {
        let document = |nested: &str, colour: &str| {
            format!(
                "title: Task\ntype: object\nrequired: [due-date, colour]\nproperties:\n  due-date:\n    type: object\n    properties:\n      {nested}\n  colour: {{ $ref: '#/$defs/Colour' }}\n$defs:\n  Colour:\n    enum: [{colour}]\n"
            )
        };
        let (day, red) = ("day: { type: string }", "red, green");
        let number = "day: { type: boolean }";
        check_places(&document(day, red), &document(number, red), &[[day, number], [day, number]]);
        let more = "red, green, blue";
        let enumerations = ["enum: [red, green]", "enum: [red, green, blue]"];
        check_places(&document(day, red), &document(day, more), &[enumerations, enumerations]);
        // What is gone is told where it was, and where it would be.
        let gone = [day, "properties:"];
        check_places(&document(day, red), &document("year: { type: string }", red), &[gone, gone]);
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
