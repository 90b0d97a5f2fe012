//! Which name each type and each field gets. Types are all claimed before anything is printed.

use super::reserved::{CLIENTS, INHERITED, KEYWORDS, PACKAGES, TYPES};
use crate::backend::Unit;
use crate::model::{Contract, EventIdx, SchemaIdx, Schemas, Side};
use crate::names::{Names, pascal_case, snake_case};
use crate::shape::Together;

/// What a type would like to be called.
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
    let of_clients = CLIENTS.iter().filter(|_| unit.contract.is_some());
    let mut names = Names::with_reserved(TYPES.iter().chain(of_clients).copied());
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
            Wish::Definition(schema) => definition(unit, *schema, &mut names),
            Wish::Inside(around, suffix) => {
                let suffix = if suffix.is_empty() { "Value" } else { suffix };
                names.claim(identifier(&format!("{}{suffix}", claimed[*around])))
            }
        };
        claimed[index] = name;
    }
    claimed
}

fn definition(unit: &Unit<'_>, schema: SchemaIdx, names: &mut Names) -> String {
    let together = Together::of(unit.schemas, schema);
    let wanted = type_name(&definition_name(unit.schemas, &together).unwrap_or_default());
    let file = file_stem(unit.schemas[schema].location.document());
    first_free(names, &wanted, if TYPES.contains(&wanted.as_str()) { unit.name } else { file })
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

/// A name as that of a function or a module.
pub fn function_name(name: &str) -> String {
    identifier(&snake_case(name))
}

/// The name of the package of a unit.
pub fn package_name(name: &str) -> String {
    let name = function_name(name).to_lowercase();
    if KEYWORDS.contains(&name.as_str()) || PACKAGES.contains(&name.as_str()) {
        format!("{name}_events")
    } else {
        name
    }
}

/// The names of a model's fields, in the order of the members; none is that of a type.
pub fn fields<'f>(members: impl Iterator<Item = &'f str>, is_type: impl Fn(&str) -> bool) -> Vec<String> {
    let mut names = Names::default();
    members
        .map(|member| {
            let name = function_name(member).to_lowercase();
            let is_taken =
                KEYWORDS.contains(&name.as_str()) || INHERITED.contains(&name.as_str()) || is_type(&name);
            names.claim(if is_taken { format!("{name}_") } else { name })
        })
        .collect()
}

/// A name of letters that Python takes as they are; it normalises others (NFKC), and two names would be one. Those are
/// spelled as code points.
fn identifier(name: &str) -> String {
    let spell = |character: char| match character {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '_' => character.to_string(),
        'à'..='ö' | 'ø'..='ÿ' | 'À'..='Ö' | 'Ø'..='Þ' | 'α'..='ω' | 'а'..='я' | 'А'..='Я' => {
            character.to_string()
        }
        '\u{4e00}'..='\u{9fff}' | 'ぁ'..='ゖ' | 'ァ'..='ヺ' | '\u{ac00}'..='\u{d7a3}' => {
            character.to_string()
        }
        _ => format!("U{:X}", u32::from(character)),
    };
    let name: String = name.chars().map(spell).collect();
    if name.starts_with(|first: char| first.is_alphabetic()) { name } else { format!("N{name}") }
}
