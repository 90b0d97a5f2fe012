//! Paths that documents name exist.

use std::path::Path;

use super::{Findings, Source};
use crate::{Problem, root};

pub fn check(sources: &[Source]) -> Result<Findings, Problem> {
    let mut findings = Vec::new();
    for source in sources.iter().filter(|source| source.has_ending("md")) {
        let text = source.read()?;
        let folder = Path::new(&source.path).parent().unwrap_or(Path::new(""));
        let links = link_targets(&text).filter(|target| !root().join(folder).join(target).exists());
        findings
            .extend(links.map(|target| format!("{} links to {target}, which does not exist", source.path)));
        if source.path == "ARCHITECTURE.md" {
            let paths = named_paths(&text).filter(|path| !root().join(path).exists());
            findings.extend(paths.map(|path| format!("{} names {path}, which does not exist", source.path)));
        }
    }
    Ok(findings)
}

/// The relative targets of links, without fragments.
fn link_targets(text: &str) -> impl Iterator<Item = &str> {
    let targets = text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(target, _)| target);
    let relative = targets.filter(|target| !target.contains("://") && !target.starts_with('#'));
    relative.map(|target| target.split('#').next().unwrap_or(target))
}

/// What stands between backticks and looks like a path of the repo.
fn named_paths(text: &str) -> impl Iterator<Item = &str> {
    let quoted = text.split('`').skip(1).step_by(2);
    quoted.filter(|code| {
        let has_only_path_characters = code.chars().all(|c| c.is_ascii_alphanumeric() || "/._-".contains(c));
        let looks_like_one = code.contains('/') || code.ends_with(".rs") || code.ends_with(".toml");
        has_only_path_characters && looks_like_one && !code.starts_with('/')
    })
}
