//! npm's lock files pin versions and checksums, and name no registry.

use super::{Findings, Source};
use crate::Problem;

pub fn check(sources: &[Source]) -> Result<Findings, Problem> {
    let mut findings = Vec::new();
    for source in sources.iter().filter(|source| source.path.ends_with("package-lock.json")) {
        if source.read()?.contains("\"resolved\"") {
            let help = "set omit-lockfile-registry-resolved=true in .npmrc and install again";
            findings.push(format!("{} names a registry: {help}", source.path));
        }
    }
    Ok(findings)
}
