//! Reads the suite: per dialect, groups of cases that share a schema.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::Problem;

/// Every dialect, by the name of its folder in the suite.
pub const DIALECTS: [&str; 5] = ["draft2020-12", "draft2019-09", "draft7", "draft6", "draft4"];

/// What the suite asks of an implementation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Category {
    /// What every implementation does; `format` annotates.
    Required,
    /// What the specification leaves open or recommends.
    Optional,
    /// `format` as an assertion.
    Format,
}

impl Category {
    /// Every category, in the order of the report.
    pub const ALL: [Self; 3] = [Self::Required, Self::Optional, Self::Format];

    /// Its name in the report.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Optional => "optional",
            Self::Format => "format",
        }
    }

    /// Its folder in a dialect's.
    const fn folder(self) -> &'static str {
        match self {
            Self::Required => "",
            Self::Optional => "optional/",
            Self::Format => "optional/format/",
        }
    }
}

/// A schema and its cases.
#[derive(Debug)]
pub struct Group {
    /// One of [`DIALECTS`].
    pub dialect: &'static str,
    /// What it is part of.
    pub category: Category,
    /// The file in the dialect's folder: `optional/format/date.json`.
    pub file: String,
    /// The suite's description.
    pub description: String,
    /// A file name for its schema, unique in the dialect, the same in every dialect that has the group.
    pub name: String,
    /// The schema as it is written.
    pub schema: Box<RawValue>,
    /// Its cases.
    pub cases: Vec<Case>,
}

/// An instance, and what is true of it.
#[derive(Debug, Deserialize)]
pub struct Case {
    /// The suite's description.
    pub description: String,
    /// The instance as it is written.
    pub data: Box<RawValue>,
    /// Whether it is valid.
    pub valid: bool,
}

impl std::fmt::Display for Group {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}: {}", self.dialect, self.file, self.description)
    }
}

/// A group as it stands in the suite.
#[derive(Deserialize)]
struct Written {
    description: String,
    schema: Box<RawValue>,
    tests: Vec<Case>,
}

/// Every group of every dialect, in the order of the files' names.
///
/// # Errors
/// The suite is not what it was.
pub fn read(tests: &Path) -> Result<Vec<Group>, Problem> {
    let mut groups = Vec::new();
    for dialect in DIALECTS {
        let mut names = HashSet::new();
        for category in Category::ALL {
            for file in files(&tests.join(dialect), category.folder())? {
                let written: Vec<Written> =
                    serde_json::from_str(&fs::read_to_string(tests.join(dialect).join(&file))?)?;
                groups.extend(written.into_iter().map(|written| {
                    let name = unique(file_name(&file, &written.description), &mut names);
                    let Written { description, schema, tests: cases } = written;
                    Group { dialect, category, file: file.clone(), description, name, schema, cases }
                }));
            }
        }
    }
    Ok(groups)
}

/// The JSON files right below `folder` of a dialect, in order.
fn files(dialect: &Path, folder: &str) -> Result<Vec<String>, Problem> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dialect.join(folder))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".json") {
            files.push(format!("{folder}{name}"));
        }
    }
    files.sort_unstable();
    Ok(files)
}

/// `optional/format/date.json`, `validation of date strings` → `format_date_validation_of_date_strings`.
fn file_name(file: &str, description: &str) -> String {
    const MAX_CHARS: usize = 80;
    let text = format!("{} {description}", file.trim_start_matches("optional/").trim_end_matches(".json"));
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let name = words.collect::<Vec<_>>().join("_").to_ascii_lowercase();
    name.chars().take(MAX_CHARS).collect()
}

fn unique(name: String, names: &mut HashSet<String>) -> String {
    let numbered = (2..).map(|number| format!("{name}_{number}"));
    let free = std::iter::once(name.clone()).chain(numbered).find(|name| !names.contains(name));
    let free = free.unwrap_or(name);
    names.insert(free.clone());
    free
}
