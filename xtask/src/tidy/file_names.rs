//! A file is named by its purpose.

use std::path::Path;

use super::{Findings, Source};
use crate::Problem;

/// Names that say nothing.
const EMPTY_NAMES: [&str; 6] = ["util", "utils", "helper", "helpers", "common", "misc"];

pub fn check(sources: &[Source]) -> Result<Findings, Problem> {
    let says_nothing = |source: &&Source| {
        let stem = Path::new(&source.path).file_stem().and_then(|stem| stem.to_str());
        stem.is_some_and(|stem| EMPTY_NAMES.contains(&stem))
    };
    let named = sources.iter().filter(says_nothing);
    Ok(named.map(|source| format!("{}: name the file by its purpose", source.path)).collect())
}
