//! What `$NAME` stands for.

use handfast_codegen::diagnostic::Place;

use crate::pattern::Scope;

/// Looks up a variable of the environment.
pub type Environment<'e> = dyn Fn(&str) -> Option<String> + 'e;

/// `text`, or what it stands for if it is `$NAME`. A variable that is not set is a problem.
pub fn resolve(text: &str, place: &Place, environment: &Environment<'_>, scope: &mut Scope<'_>) -> String {
    let Some(name) = variable(text) else { return text.to_owned() };
    environment(name).unwrap_or_else(|| {
        let message = format!("the environment variable `{name}` is not set");
        let help = format!("set it before the run: export {name}=…");
        scope.problem("missing-environment", place.clone(), message, help);
        String::new()
    })
}

fn variable(text: &str) -> Option<&str> {
    let name = text.strip_prefix('$')?;
    let first = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    (first && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')).then_some(name)
}
