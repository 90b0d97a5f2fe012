//! Bytes → validated typed event, against serde with and without checks: writes what `template/typed` reads.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::value::RawValue;

use super::generated::{folder, put, run, write};
use super::schemas::FOLDER;
use crate::{Outcome, Problem, root};

/// The crate's files, all of them below `typed/`.
const TEMPLATES: [&str; 8] = [
    "measure.rs",
    "typed/acp.rs",
    "typed/builder.rs",
    "typed/mcp.rs",
    "typed/orbit.rs",
    "typed/theirs.rs",
    "typed/typed.rs",
    "typed/webhooks.rs",
];

/// Events of GitHub's: their names, and the action that is measured.
const WEBHOOKS: [(&str, Option<&str>); 3] =
    [("push", None), ("issues", Some("opened")), ("star", Some("created"))];

/// Events without a payload.
const EMPTY: [&str; 2] = ["ping", "pong"];

/// An instance, as it is written.
type Instance = Box<RawValue>;

/// What has examples.
#[derive(Deserialize)]
struct Examples {
    #[serde(default)]
    name: String,
    #[serde(default)]
    examples: Vec<Instance>,
}

/// Builds and runs the crate, and gives what it prints: a line per figure, and a line `events NAME COUNT LEAST MOST` each.
///
/// # Errors
/// The crate can't be written or built, or the sides disagree.
pub fn measure(arguments: &[&str]) -> Result<String, Problem> {
    write_contract("orbit", |_| "orbit".to_owned())?;
    write_contract("builder", |event| format!("builder-{event}"))?;
    write_webhooks()?;
    for (name, file) in [("acp", "acp-session-update.json"), ("mcp", "mcp-tool-result.json")] {
        let instances = read::<Vec<Instance>>(&root().join(FOLDER).join("instances").join(file))?;
        put_instances(name, &instances)?;
    }
    let main = std::fs::read_to_string(root().join(FOLDER).join("template/typed/main.rs"))?;
    write("typed", &main, &TEMPLATES)?;
    run("typed", arguments)
}

/// The examples of a bundled contract's events, in the files that `file` names.
fn write_contract(contract: &str, file: impl Fn(&str) -> String) -> Outcome {
    let events = root().join("schemas").join(contract).join("events");
    let mut paths: Vec<PathBuf> =
        events.read_dir()?.map(|entry| Ok(entry?.path())).collect::<Result<_, Problem>>()?;
    paths.sort();
    let mut files: Vec<(String, Vec<Instance>)> = Vec::new();
    for path in paths {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let event = name.trim_end_matches(".schema.json");
        if EMPTY.contains(&event) {
            continue;
        }
        let (file, examples) = (file(event), read::<Examples>(&path)?.examples);
        match files.iter_mut().find(|(other, _)| *other == file) {
            Some((_, instances)) => instances.extend(examples),
            None => files.push((file, examples)),
        }
    }
    files.iter().try_for_each(|(file, instances)| put_instances(file, instances))
}

/// The payloads that GitHub documents.
fn write_webhooks() -> Outcome {
    let file = root().join(FOLDER).join("node_modules/@octokit/webhooks-examples/api.github.com/index.json");
    let events = read::<Vec<Examples>>(&file)?;
    for (name, action) in WEBHOOKS {
        let examples = events.iter().filter(|event| event.name == name).flat_map(|event| &event.examples);
        let instances: Vec<_> = examples.filter(|example| has_action(example, action)).cloned().collect();
        put_instances(&format!("webhooks-{name}"), &instances)?;
    }
    Ok(())
}

fn has_action(instance: &RawValue, action: Option<&str>) -> bool {
    #[derive(Deserialize)]
    struct Event {
        action: Option<String>,
    }
    action.is_none()
        || serde_json::from_str::<Event>(instance.get()).is_ok_and(|event| event.action.as_deref() == action)
}

/// Instances as they cross the wire: members in their order, nothing between them.
fn put_instances(name: &str, instances: &[Instance]) -> Outcome {
    let texts: Vec<String> = instances.iter().map(|instance| compact(instance.get())).collect();
    put(&folder("typed").join(format!("instances/{name}.json")), &format!("[{}]", texts.join(",")))
}

/// Leaves out what stands between tokens.
fn compact(json: &str) -> String {
    let (mut in_string, mut is_escaped) = (false, false);
    let is_kept = |c: &char| {
        let is_kept = in_string || !c.is_ascii_whitespace();
        in_string ^= *c == '"' && !is_escaped;
        is_escaped = in_string && *c == '\\' && !is_escaped;
        is_kept
    };
    json.chars().filter(is_kept).collect()
}

fn read<T: for<'de> Deserialize<'de>>(file: &Path) -> Result<T, Problem> {
    let text = std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    Ok(serde_json::from_str(&text)?)
}
