//! What makes the output a package that pip installs.

use super::literal;
use crate::backend::{Unit, header};

/// What the package needs beside pydantic.
#[derive(Debug, Default, Clone, Copy)]
pub struct Needs {
    /// `regex`, for patterns that `re` does not know.
    pub regex: bool,
    /// The client of WebSocket and SSE.
    pub client: bool,
    /// The client of Socket.IO.
    pub socket_io: bool,
}

/// `pyproject.toml`
pub fn pyproject(unit: &Unit<'_>, package: &str, needs: Needs) -> String {
    let contract = unit.contract;
    let about = contract.map_or_else(|| format!("Types of {}", unit.name), |contract| contract.title.clone());
    let mut dependencies = vec!["pydantic>=2.11,<3", "typing_extensions>=4.12", "idna>=3.10"];
    dependencies.extend(needs.regex.then_some("regex>=2024.11.6"));
    let mut extras = String::new();
    if needs.client {
        extras.push_str("client = [\"httpx>=0.27\", \"websockets>=14\"]\n");
    }
    if needs.socket_io {
        extras.push_str("socketio = [\"aiohttp>=3.9\", \"python-socketio>=5.11\"]\n");
    }
    let extras =
        if extras.is_empty() { extras } else { format!("\n[project.optional-dependencies]\n{extras}") };
    let dependencies: String = dependencies.iter().map(|it| format!("    \"{it}\",\n")).collect();
    format!(
        "# {}\n\n[build-system]\nrequires = [\"hatchling>=1.26\"]\nbuild-backend = \"hatchling.build\"\n\n\
         [project]\nname = {}\nversion = {}\ndescription = {}\nrequires-python = \">=3.10\"\n\
         dependencies = [\n{dependencies}]\n{extras}\n\
         [tool.hatch.build.targets.wheel]\npackages = [{}]\n",
        header(unit).replace(literal::is_invisible, " "),
        toml(&package.replace('_', "-")),
        toml(&version(contract.map_or("0", |contract| &contract.version))),
        toml(&about),
        toml(package),
    )
}

/// A basic string of TOML.
fn toml(text: &str) -> String {
    let visible: String = text.chars().map(|it| if literal::is_invisible(it) { ' ' } else { it }).collect();
    format!("\"{}\"", visible.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A version as Python has them (PEP 440): the numbers that a version begins with, and the mark of one before a release.
fn version(text: &str) -> String {
    let numbers: String =
        text.trim_start_matches('v').chars().take_while(|it| it.is_ascii_digit() || *it == '.').collect();
    let numbers = numbers.trim_matches('.');
    let is_one = !numbers.is_empty() && numbers.split('.').all(|it| !it.is_empty() && it.len() < 10);
    let is_before = text.contains('-');
    match (is_one, is_before) {
        (true, true) => format!("{numbers}.dev0"),
        (true, false) => numbers.to_owned(),
        (false, _) => "0".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::version;

    #[test]
    fn versions() {
        for (text, expected) in [
            ("1.0.0", "1.0.0"),
            ("v2.1", "2.1"),
            ("1.2.0-beta.1", "1.2.0.dev0"),
            ("2025-06-18", "2025.dev0"),
            ("next", "0"),
            ("1..2", "0"),
        ] {
            assert_eq!(version(text), expected, "{text}");
        }
    }
}
