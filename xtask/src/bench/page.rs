//! docs/benchmarks.md: the figures, and what they were measured on and with.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::check::TYPIFY;
use super::generated::DEPENDENCIES;
use super::report::{Figure, table};
use super::schemas::FOLDER;
use crate::process::{command, output};
use crate::{Problem, root};

/// What stands above the table.
const HEAD: &str = "# Benchmarks

```sh
cargo xtask bench            # a table, then `ratio NAME VALUE goal BOUND` for each figure; ends with 1 when a goal is missed
cargo xtask bench --write    # writes this page, too
cargo xtask bench --quick --only typed
```

Both sides are measured in one run, in turns. Times are medians, if nothing else is said: per event, per instance or per `cargo
check`. Where the goal is a lower bound, the ratio is theirs through ours; where it is an upper one, ours through theirs.
";

/// What the figures mean.
const LEGEND: &str = "## What is measured

- `typed-vs-value-*`: bytes → checked event of a type. Ours is `from_slice`; theirs reads a `serde_json::Value`, asks
  `#[jsonschema::validator]`, and makes plain derived structs of the value.
- `typed-vs-serde-*`: the same against `serde_json::from_slice` into these plain structs, which check nothing. They have the
  same members as ours, unions that are told apart by a constant are `#[serde(tag)]` enums. Ours keep members that the schema does
  not name, where it allows them; the plain structs drop them. Builder's and GitHub's events are read by type, as their names
  travel outside of the bytes; the others say themselves what they are.
- `is-valid/*`: `is_valid(&Value)` against `#[jsonschema::validator]`; `NAME/broken` are instances with one wrong value.
- `typescript-validators/*`: `isX(value)` in Node against Ajv's standalone code with ajv-formats, both with formats asserted, each figure
  with all of its schemas. `typescript-size/*`: the bytes of a module with `isX` and `validateX` of all of them, bundled and minified by
  esbuild, gzipped, against Ajv's functions, which tell violations as well.
- `check-time`: `cargo check` of a crate that holds GitHub's webhooks, after `lib.rs` was touched, `handfast::schema!` against
  `typify::import_types!`. `expansion`: the lines that the compiler sees of these crates, derives included; `output` is what both
  generators write, formatted, before derives are expanded.
- `generate-typescript/*`: the time from start to end of a process that reads a schema and writes its TypeScript: `handfast generate
  typescript` against `json2ts` of json-schema-to-typescript, as both are without options. Ours resolves references and checks the
  schema on the way; theirs formats with Prettier, and starts Node first.
- `idle-session-bytes`: 10,000 sessions over WebSocket at a time in one runner, against `handfast mock`: each stays up for a minute, with
  six heartbeats that are answered, or the benchmark fails. The figure is what one more session adds to the peak of the runner's memory
  (`VmHWM`); *theirs* is the goal, 16 KiB.
- `round-trips/*`: 200 connections, each of which asks 1,000 times, once the answer before has come and is what was expected: `handfast
  replay` against Artillery, at the same server in Rust, over WebSocket and by Socket.IO's acknowledgements. What counts is the
  fastest of five runs.
- `payloads-*`: what a valid payload costs, one that the `jsonschema` crate takes, in a generator that is there already, against Schemathesis'
  engine (`payloads-engine`) and json-schema-faker (`payloads-faker`). Schemas that a side makes nothing of are left out.
- `compare-*`: pairs of schemas, as `handfast compare --batch` judges them, one after the other: versions of AsyncAPI's and ACP's schemas
  that their packages hold, each with the next, whole, and definition by definition. `compare-peak` is the peak of the memory
  (`VmHWM`); *theirs* are the goals, 1 ms, 2 s and 500 MB. `--pairs FILE` measures with others.
- `linearity-*`: a schema of 250 definitions (*theirs*) that refer to each other against one of 1000 (*ours*): the cost per
  definition.
";

/// The page.
///
/// # Errors
/// The versions can't be read.
pub fn render(figures: &[Figure], notes: &[String], load: Option<&str>) -> Result<String, Problem> {
    let notes: String = notes.iter().map(|note| format!("- {note}\n")).collect();
    Ok(format!("{HEAD}\n{}\n\n{notes}\n{LEGEND}\n{}", table(figures), setting(load)?))
}

/// A line `NAME COUNT LEAST MOST`, for people.
pub fn events(line: &str) -> Option<String> {
    let words: Vec<&str> = line.split(' ').collect();
    let [name, count, least, most] = words.as_slice() else { return None };
    Some(format!("`{name}`: {count} events of {least} to {most} bytes"))
}

/// How many processes wanted to run in the last minute, where the system says so and they were more than there are cores.
pub fn load() -> Option<String> {
    let text = std::fs::read_to_string("/proc/loadavg").ok()?;
    let load: f64 = text.split(' ').next()?.parse().ok()?;
    (load > cores() as f64).then(|| format!("{load:.1}"))
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, Into::into)
}

/// The machine, and the versions of both sides.
fn setting(load: Option<&str>) -> Result<String, Problem> {
    #[derive(Deserialize)]
    struct Package {
        dependencies: BTreeMap<String, String>,
    }
    let package: Package =
        serde_json::from_str(&std::fs::read_to_string(root().join(FOLDER).join("package.json"))?)?;
    let packages: Vec<String> =
        package.dependencies.iter().map(|(name, version)| format!("{name} {version}")).collect();
    let busy = load.map_or_else(String::new, |load| {
        format!("; it was busy with other work meanwhile (load {load}), so that neither times nor ratios can be relied on")
    });
    let rustc = output(&mut command("rustc", "", &["--version"]))?;
    Ok(format!(
        "## Measured on\n\n- {}, {} cores{busy}\n- {}\n- npm: {}\n\n```toml\n{}\n{TYPIFY}\n```\n",
        processor(),
        cores(),
        rustc.trim(),
        packages.join(", "),
        DEPENDENCIES.trim(),
    ))
}

fn processor() -> String {
    let text = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model =
        text.lines().find(|line| line.starts_with("model name")).and_then(|line| line.split(": ").nth(1));
    model.unwrap_or(std::env::consts::ARCH).to_owned()
}
