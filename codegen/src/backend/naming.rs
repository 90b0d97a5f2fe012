//! Which name each type gets, in languages whose types are all claimed before anything is printed.

use super::Unit;
use crate::model::{Contract, EventIdx, SchemaIdx, Schemas, Side};
use crate::names::{Names, pascal_case};
use crate::pointer::unescaped_token;
use crate::shape::Together;

/// What a type would like to be called, for each declaration.
pub enum Wish {
    /// As its event.
    Event(EventIdx),
    /// So.
    Root(String),
    /// As the definition, or as its file and the definition.
    Definition(SchemaIdx),
    /// As the type around it, with this behind.
    Inside(usize, String),
}

/// What a language takes for the name of a type.
#[derive(Clone, Copy)]
pub struct Language {
    /// Makes an identifier of a name in Pascal case.
    pub identifier: fn(&str) -> String,
    /// Whether the language has a type of that name.
    pub is_reserved: fn(&str) -> bool,
}

impl Language {
    /// A name as that of a type.
    pub fn type_name(self, name: &str) -> String {
        (self.identifier)(&pascal_case(name))
    }

    /// The name of each type, in the order of the wishes; `names` are those that none gets.
    pub fn claim(self, unit: &Unit<'_>, wishes: &[Wish], mut names: Names) -> Vec<String> {
        let rank = |wish: &Wish| match wish {
            Wish::Event(_) | Wish::Root(_) => 0,
            Wish::Definition(_) => 1,
            Wish::Inside(..) => 2,
        };
        let mut claimed = vec![String::new(); wishes.len()];
        let mut order: Vec<_> = (0..wishes.len()).collect();
        order.sort_by_key(|index| rank(&wishes[*index]));
        for index in order {
            claimed[index] = match &wishes[index] {
                Wish::Event(event) => self.event(unit.contract, *event, &mut names),
                Wish::Root(name) => self.first_free(&mut names, &self.type_name(name), unit.name),
                Wish::Definition(schema) => self.definition(unit, *schema, &mut names),
                Wish::Inside(around, suffix) => {
                    let suffix = if suffix.is_empty() { "Value" } else { suffix };
                    names.claim((self.identifier)(&format!("{}{suffix}", claimed[*around])))
                }
            };
        }
        claimed
    }

    fn definition(self, unit: &Unit<'_>, schema: SchemaIdx, names: &mut Names) -> String {
        let together = Together::of(unit.schemas, schema);
        let wanted = self.type_name(&definition_name(unit.schemas, &together).unwrap_or_default());
        let file = file_stem(unit.schemas[schema].location.document());
        self.first_free(names, &wanted, if (self.is_reserved)(&wanted) { unit.name } else { file })
    }

    /// The event's name; behind the side that sends it where the name is taken.
    fn event(self, contract: Option<&Contract>, event: EventIdx, names: &mut Names) -> String {
        let name = contract.map(|contract| contract[event].name.as_str()).unwrap_or_default();
        let is_servers = contract.is_some_and(|contract| contract.direction(Side::Server).contains(&event));
        self.first_free(names, &self.type_name(name), if is_servers { "server" } else { "client" })
    }

    /// Claims `wanted`; behind `qualifier` where it is taken, with a number where that is taken too.
    fn first_free(self, names: &mut Names, wanted: &str, qualifier: &str) -> String {
        let claimed = names.claim(wanted.to_owned());
        if claimed == wanted {
            claimed
        } else {
            names.claim(self.type_name(&format!("{qualifier} {wanted}")))
        }
    }
}

/// The name of a definition: its key, or the stem of the file it fills.
pub fn definition_name(schemas: &Schemas, together: &Together) -> Option<String> {
    let [schema] = together.schemas() else { return None };
    let location = &schemas[*schema].location;
    let mut tokens = location.pointer().rsplit('/');
    match (tokens.next(), tokens.next(), tokens.next()) {
        (Some(""), None, _) => Some(file_stem(location.document()).to_owned()),
        (Some(name), Some("$defs" | "definitions" | "schemas"), around) if around != Some("properties") => {
            Some(unescaped_token(name).into_owned())
        }
        _ => None,
    }
}

fn file_stem(document: &str) -> &str {
    let file = document.rsplit('/').next().unwrap_or_default();
    [".schema.json", ".schema.yaml", ".json", ".yaml", ".yml"]
        .iter()
        .find_map(|end| file.strip_suffix(end))
        .unwrap_or(file)
}

/// An event's name and sender, and what answers it; `code` quotes a name.
pub fn event_note(contract: &Contract, event: EventIdx, code: impl Fn(&str) -> String) -> String {
    let sends = |side| contract.direction(side).contains(&event);
    let by = match (sends(Side::Server), sends(Side::Client)) {
        (true, true) => ", sent by either side",
        (true, false) => ", sent by the server",
        (false, true) => ", sent by the client",
        (false, false) => "",
    };
    let note = format!("Event {}{by}.", code(&contract[event].name));
    let replies = contract.exchange(event).map(|exchange| exchange.replies.as_slice()).unwrap_or_default();
    if replies.is_empty() {
        return note;
    }
    let replies: Vec<_> = replies.iter().map(|reply| code(&contract[*reply].name)).collect();
    format!("{note} Answered by {}.", replies.join(" or "))
}
