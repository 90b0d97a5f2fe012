//! What each side sends: a map from names to types, and a union where the name stands in the payload.

use super::declaration::alias;
use super::docs::Comment;
use super::types::{INDENT, Type};
use super::{Print, literal};
use crate::model::{Contract, EventIdx, Side};

/// The name of an event that a contract does not know, as a type that no known name belongs to.
///
/// TypeScript tells the members of a union apart by literals alone; a string that is none of them can only be said as a
/// literal of its own, which an enumeration has.
const UNKNOWN_NAME: &str = "\
/** A name that is none of the contract's: at run time any other string. */
declare enum UnknownEventName {
  Unknown = \"\",
}
";

impl Print<'_> {
    /// The maps and unions of a contract.
    pub fn events(&self, contract: &Contract) -> Vec<String> {
        let name_path = contract.rules.name_path().filter(|path| !path.is_empty());
        let mut sections = Vec::new();
        for side in [Side::Server, Side::Client] {
            let events = contract.direction(side);
            if events.is_empty() {
                continue;
            }
            sections.push(self.map(contract, side, &events));
            if let Some(path) = &name_path {
                sections.push(self.union(side, &events, path));
                sections.push(unknown(side, path));
            }
        }
        if name_path.is_some() && !sections.is_empty() {
            sections.push(UNKNOWN_NAME.to_owned());
        }
        sections
    }

    fn map(&self, contract: &Contract, side: Side, events: &[EventIdx]) -> String {
        let member = |event: &EventIdx| {
            let name = literal::string(&contract[*event].name);
            format!("{INDENT}{name}: {};\n", self.table.event_name(*event))
        };
        let members: String = events.iter().map(member).collect();
        let (noun, name) = (noun(side), map_name(side));
        format!(
            "/** What the {noun} sends, by the event's name. */\nexport interface {name} {{\n{members}}}\n"
        )
    }

    fn union(&self, side: Side, events: &[EventIdx], path: &[String]) -> String {
        let names = events.iter().map(|event| Type::Atom(self.table.event_name(*event).to_owned()));
        let mut comment = Comment::default();
        comment.paragraph(&format!("An event of the {}, told apart by `{}`.", noun(side), path.join(".")));
        format!("{}{}", comment.print(""), alias(type_name(side), &Type::union(names)))
    }
}

fn unknown(side: Side, path: &[String]) -> String {
    let noun = noun(side);
    let (name, known) = (format!("Unknown{}", type_name(side)), type_name(side));
    let mut comment = Comment::default();
    comment.paragraph(&format!(
        "An event of the {noun} that the contract does not name: of a later version, perhaps."
    ));
    comment.paragraph(&format!(
        "What arrives is a `{known} | {name}`. A `switch` over the names narrows it to each known event, and leaves\n\
         this one to `default` once every name has a `case`: assigned to `{name}` there, it does not\n\
         compile while one is forgotten."
    ));
    format!("{}export interface {name} {}\n", comment.print(""), holding(path, ""))
}

/// An object that holds an unknown name at the end of `path`.
fn holding(path: &[String], indent: &str) -> String {
    let Some((first, rest)) = path.split_first() else { return "UnknownEventName".to_owned() };
    let inner = format!("{indent}{INDENT}");
    let member = format!("{inner}{}: {};\n", literal::property(first), holding(rest, &inner));
    format!("{{\n{member}{inner}[key: string]: unknown;\n{indent}}}")
}

/// The name of the map of what a side sends.
pub fn map_name(side: Side) -> String {
    format!("{}s", type_name(side))
}

fn noun(side: Side) -> &'static str {
    match side {
        Side::Server => "server",
        Side::Client => "client",
    }
}

fn type_name(side: Side) -> &'static str {
    match side {
        Side::Server => "ServerEvent",
        Side::Client => "ClientEvent",
    }
}
