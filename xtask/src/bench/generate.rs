//! How long it takes to write TypeScript: the command, from its start to its end, against json-schema-to-typescript's.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use super::generated::folder;
use super::report::{Figure, Goal, Unit};
use super::schemas::FOLDER;
use super::server::released;
use crate::process::{command, output};
use crate::{Problem, root};

/// Large schemas, each with the file of its npm package.
const SCHEMAS: [(&str, &str); 2] = [
    ("octokit-webhooks", "@octokit/webhooks-schemas/schema.json"),
    ("vega-lite", "vega-lite/build/vega-lite-schema.json"),
];

/// The folder of what is written.
const OUTPUT: &str = "generate";

/// The medians of `n` runs of both commands, in turns. Both write a file, and are new processes each time.
///
/// # Errors
/// A command can't be built, or fails.
pub fn typescript(n: usize, wants: impl Fn(&str) -> bool) -> Result<Vec<Figure>, Problem> {
    let wanted: Vec<_> = SCHEMAS
        .iter()
        .map(|(name, file)| {
            (format!("generate-typescript/{name}"), root().join(FOLDER).join("node_modules").join(file))
        })
        .filter(|(name, _)| wants(name))
        .collect();
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let handfast = released("handfast")?;
    let figure = |(name, schema): (String, PathBuf)| {
        let times = medians(n, [ours(&handfast, &schema), theirs(&schema)])?;
        Ok(Figure::of(name, times, Unit::Nanoseconds, Goal::AtLeast(20.0)))
    };
    wanted.into_iter().map(figure).collect()
}

fn ours(handfast: &Path, schema: &Path) -> Command {
    let mut command = Command::new(handfast);
    command.args(["generate", "typescript"]).arg(schema);
    command.arg("--out").arg(folder(OUTPUT));
    command
}

fn theirs(schema: &Path) -> Command {
    let mut command =
        command("node", FOLDER, &["node_modules/json-schema-to-typescript/dist/src/cli.js", "--input"]);
    command.arg(schema).arg("--output").arg(folder(OUTPUT).join("theirs.ts"));
    command
}

fn medians(n: usize, mut commands: [Command; 2]) -> Result<[f64; 2], Problem> {
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..n {
        for (command, times) in commands.iter_mut().zip(&mut times) {
            // What is up to date is not written again.
            if folder(OUTPUT).exists() {
                std::fs::remove_dir_all(folder(OUTPUT))?;
            }
            std::fs::create_dir_all(folder(OUTPUT))?;
            let began = Instant::now();
            output(command)?;
            times.push(began.elapsed().as_nanos() as f64);
        }
    }
    Ok(times.map(|mut times| {
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    }))
}
