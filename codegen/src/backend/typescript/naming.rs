//! Which name each type gets. All are claimed before anything is printed.

use super::reserved::RESERVED;
use crate::backend::Unit;
use crate::model::{Contract, EventIdx, SchemaIdx, Schemas, Side};
use crate::names::{Names, pascal_case};
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

/// The name of a definition: its key, or the stem of the file it fills.
pub fn definition_name(schemas: &Schemas, together: &Together) -> Option<String> {
    let [schema] = together.schemas() else { return None };
    if together.within().is_some() {
        return None;
    }
    let location = &schemas[*schema].location;
    let mut tokens = location.pointer().rsplit('/');
    match (tokens.next(), tokens.next(), tokens.next()) {
        (Some(""), None, _) => Some(file_stem(location.document()).to_owned()),
        (Some(name), Some("$defs" | "definitions" | "schemas"), around) if around != Some("properties") => {
            Some(name.replace("~1", "/").replace("~0", "~"))
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

/// The name of each type, in the order of the wishes.
pub fn claim(unit: &Unit<'_>, wishes: &[Wish]) -> Vec<String> {
    let mut names = Names::with_reserved(RESERVED.iter().copied());
    let rank = |wish: &Wish| match wish {
        Wish::Event(_) | Wish::Root(_) => 0,
        Wish::Definition(_) => 1,
        Wish::Inside(..) => 2,
    };
    let mut claimed = vec![String::new(); wishes.len()];
    let mut order: Vec<_> = (0..wishes.len()).collect();
    order.sort_by_key(|index| rank(&wishes[*index]));
    for index in order {
        let name = match &wishes[index] {
            Wish::Event(event) => event_name(unit.contract, *event, &mut names),
            Wish::Root(name) => first_free(&mut names, &type_name(name), unit.name),
            Wish::Definition(schema) => {
                let together = Together::of(unit.schemas, *schema);
                let wanted = definition_name(unit.schemas, &together).unwrap_or_default();
                let wanted = type_name(&wanted);
                let is_reserved = RESERVED.contains(&wanted.as_str());
                let file = file_stem(unit.schemas[*schema].location.document());
                first_free(&mut names, &wanted, if is_reserved { unit.name } else { file })
            }
            Wish::Inside(around, suffix) => {
                let suffix = if suffix.is_empty() { "Value" } else { suffix };
                let wanted = format!("{}{suffix}", claimed[*around]);
                names.claim(identifier(&wanted))
            }
        };
        claimed[index] = name;
    }
    claimed
}

/// The event's name; behind the side that sends it where the name is taken.
fn event_name(contract: Option<&Contract>, event: EventIdx, names: &mut Names) -> String {
    let name = contract.map(|contract| contract[event].name.as_str()).unwrap_or_default();
    let is_servers = contract.is_some_and(|contract| contract.direction(Side::Server).contains(&event));
    first_free(names, &type_name(name), if is_servers { "server" } else { "client" })
}

/// Claims `wanted`; behind `qualifier` where it is taken, with a number where that is taken too.
fn first_free(names: &mut Names, wanted: &str, qualifier: &str) -> String {
    let claimed = names.claim(wanted.to_owned());
    if claimed == wanted { claimed } else { names.claim(type_name(&format!("{qualifier} {wanted}"))) }
}

/// A name as that of a type.
pub fn type_name(name: &str) -> String {
    identifier(&pascal_case(name))
}

/// Letters and digits of which identifiers know nothing are spelled as code points.
fn identifier(name: &str) -> String {
    let spell = |character: char| match unicode_ident::is_xid_continue(character) {
        true => character.to_string(),
        false => format!("U{:X}", u32::from(character)),
    };
    let name: String = name.chars().map(spell).collect();
    if name.starts_with(unicode_ident::is_xid_start) { name } else { format!("N{name}") }
}
