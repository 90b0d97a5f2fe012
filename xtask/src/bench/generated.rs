//! Writes the crates that are measured, below `target/bench`, and runs them.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use super::schemas::Subject;
use crate::process::{cargo, output};
use crate::{Outcome, Problem, root};

/// What both sides are pinned at.
pub const DEPENDENCIES: &str = r#"
jsonschema = { version = "=0.60.2", default-features = false, features = ["macros"] }
serde = { version = "=1.0.229", features = ["derive"] }
serde_json = { version = "=1.0.154", features = ["raw_value"] }
"#;

/// The folder of a generated crate.
pub fn folder(name: &str) -> PathBuf {
    root().join("target/bench").join(name)
}

/// Writes a crate with a `main.rs` and files of `xtask/bench/template` beside it.
///
/// # Errors
/// The disk refuses.
pub fn write(name: &str, main: &str, templates: &[&str]) -> Outcome {
    let folder = folder(name);
    std::fs::create_dir_all(folder.join("src"))?;
    let runtime = root().display().to_string();
    let manifest = format!(
        "[package]\nname = \"bench-{name}\"\nedition = \"2024\"\n\n[dependencies]\nhandfast = {{ path = {runtime:?} }}{DEPENDENCIES}\n[workspace]\n"
    );
    put(&folder.join("Cargo.toml"), &manifest)?;
    put(&folder.join("src/main.rs"), main)?;
    for template in templates {
        let text = std::fs::read_to_string(root().join("xtask/bench/template").join(template))?;
        let name = template.rsplit('/').next().unwrap_or(template);
        put(&folder.join("src").join(name), &text)?;
    }
    Ok(())
}

/// Writes a file where it differs, so that nothing is built again without need.
pub fn put(file: &Path, text: &str) -> Outcome {
    if std::fs::read_to_string(file).is_ok_and(|there| there == text) {
        return Ok(());
    }
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    Ok(std::fs::write(file, text)?)
}

/// Builds a generated crate in release and gives what it prints.
///
/// # Errors
/// It can't be built, or ends with anything but 0.
pub fn run(name: &str, arguments: &[&str]) -> Result<String, Problem> {
    let began = Instant::now();
    output(&mut cargo_in(name, &["build", "--quiet", "--release"]))?;
    println!("  {name}: built in {:.0} s", began.elapsed().as_secs_f64());
    output(cargo_in(name, &["run", "--quiet", "--release", "--"]).args(arguments))
}

/// Cargo in the folder of a generated crate; all of them share what they depend on.
pub fn cargo_in(name: &str, arguments: &[&str]) -> Command {
    let mut cargo = cargo(arguments);
    cargo.current_dir(folder(name)).env("CARGO_TARGET_DIR", root().join("target/bench/target"));
    cargo
}

/// The crate that compares `is_valid` over `subjects`.
///
/// # Errors
/// The disk refuses.
pub fn write_validity(subjects: &[Subject]) -> Outcome {
    let folder = folder("validity");
    let mut main = String::from(
        "mod measure;\nmod validity;\n\nuse handfast::Validate;\nuse validity::{Schema, figure};\n",
    );
    for (number, subject) in subjects.iter().enumerate() {
        write_subject(&folder, subject)?;
        let name = &subject.name;
        let base = subject.figure;
        let resources = if subject.definitions.is_some() {
            format!(
                ", resources = {{ \"https://bench.example/{base}/definitions.schema.json\" => {{ path = \"schemas/{base}/definitions.schema.json\" }} }}"
            )
        } else {
            String::new()
        };
        write!(
            main,
            r#"
mod s{number} {{
    #[jsonschema::validator(path = "schemas/{base}/events/{name}.json", validate_formats = false, base_uri = "https://bench.example/{base}/events/{name}.json"{resources})]
    pub struct Theirs;
    handfast::schema!(pub Ours = "schemas/{base}/events/{name}.json");
}}
"#
        )?;
    }
    main.push_str("\nfn main() {\n");
    let mut figures: Vec<&str> = subjects.iter().map(|subject| subject.figure).collect();
    figures.dedup();
    for figure in figures {
        writeln!(main, "    figure({figure:?}, &[")?;
        for (number, subject) in subjects.iter().enumerate().filter(|(_, subject)| subject.figure == figure) {
            let name = &subject.name;
            writeln!(
                main,
                "        Schema {{ name: {name:?}, ours: <s{number}::Ours as Validate>::is_valid, theirs: s{number}::Theirs::is_valid, instances: include_str!(\"../instances/{name}.json\") }},"
            )?;
        }
        main.push_str("    ]);\n");
    }
    main.push_str("}\n");
    write("validity", &main, &["measure.rs", "validity.rs"])
}

fn write_subject(folder: &Path, subject: &Subject) -> Outcome {
    let schemas = folder.join("schemas").join(subject.figure);
    put(&schemas.join(format!("events/{}.json", subject.name)), &format!("{:#}", subject.schema))?;
    if let Some(definitions) = &subject.definitions {
        put(&schemas.join("definitions.schema.json"), &std::fs::read_to_string(definitions)?)?;
    }
    let instances = serde_json::to_string(&subject.instances)?;
    put(&folder.join(format!("instances/{}.json", subject.name)), &instances)
}
