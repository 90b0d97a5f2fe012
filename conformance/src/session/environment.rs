//! What `$NAME` stands for.

use handfast_codegen::diagnostic::Place;
use handfast_codegen::load::{Node, NodeKind};

use crate::pattern::{EXACTLY, Scope};

/// Looks up a variable of the environment.
pub type Environment<'e> = dyn Fn(&str) -> Option<String> + 'e;

/// `text`, or what it stands for if it is `$NAME`. A variable that is not set is a problem.
pub fn resolve(text: &str, place: &Place, environment: &Environment<'_>, scope: &mut Scope<'_>) -> String {
    expand(text, environment).unwrap_or_else(|name| {
        let message = format!("the environment variable `{name}` is not set");
        let help = format!("set it before the run: export {name}=…");
        scope.problem("missing-environment", place.clone(), message, help);
        String::new()
    })
}

/// `text`, or what it stands for if it is `$NAME`.
///
/// # Errors
/// The name of a variable that is not set.
pub fn expand<'t>(text: &'t str, environment: &Environment<'_>) -> Result<String, &'t str> {
    match variable(text) {
        None => Ok(text.to_owned()),
        Some(name) => environment(name).ok_or(name),
    }
}

/// Puts what `{{$NAME}}` stands for into every string of `node`.
pub fn fill(node: &mut Node, pointer: &str, environment: &Environment<'_>, scope: &mut Scope<'_>) {
    let place = scope.place(node.position, pointer);
    match &mut node.kind {
        NodeKind::String(text) => {
            let (mut filled, mut rest) = (String::new(), text.as_str());
            while let Some((before, variable, after)) = placeholder(rest) {
                filled.push_str(before);
                filled.push_str(&resolve(variable, &place, environment, scope));
                rest = after;
            }
            *text = filled + rest;
        }
        NodeKind::Array(items) => items.iter_mut().for_each(|item| fill(item, pointer, environment, scope)),
        // That is meant as it stands.
        NodeKind::Object(members) if members.len() == 1 && members.contains_key(EXACTLY) => {}
        NodeKind::Object(members) => {
            members.values_mut().for_each(|entry| fill(&mut entry.value, pointer, environment, scope));
        }
        _ => {}
    }
}

/// The first `$NAME` between double braces in `text`, with what stands around the braces.
fn placeholder(text: &str) -> Option<(&str, &str, &str)> {
    let start = text.find("{{$")?;
    let (name, after) = text[start + 2..].split_once("}}")?;
    variable(name).map(|_| (&text[..start], name, after))
}

fn variable(text: &str) -> Option<&str> {
    let name = text.strip_prefix('$')?;
    let first = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    (first && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')).then_some(name)
}
