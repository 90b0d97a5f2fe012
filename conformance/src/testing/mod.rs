//! Assertions for the tests of those who keep a contract: that two versions fit together, and that a type of their own fits a schema.
//!
//! They stand here and not in `handfast`, which the engine behind them depends on.

mod conformity;

use std::fmt::Write;
use std::path::Path;

use handfast_codegen::Options;
use handfast_codegen::source::Disk;

use crate::evolution::{Grade, Revision, Settings, compare};
pub use conformity::{assert_conforms, conformity};

/// Panics unless consumers and producers of both versions of a contract or schema fit together: `assert_compatible!("old", "new")`.
///
/// Paths are relative to the crate's `Cargo.toml`. A third argument takes [`Settings`]: which ways have to be safe, and by which reading.
///
/// ```
/// handfast_conformance::assert_compatible!("../schemas/orbit/asyncapi.yaml", "../schemas/orbit/asyncapi.yaml");
/// ```
#[macro_export]
macro_rules! assert_compatible {
    ($old:expr, $new:expr $(,)?) => {
        $crate::assert_compatible!($old, $new, $crate::evolution::Settings::default())
    };
    ($old:expr, $new:expr, $settings:expr $(,)?) => {
        if let Err(problem) =
            $crate::testing::compatibility(env!("CARGO_MANIFEST_DIR"), $old, $new, $settings)
        {
            panic!("{} and {} do not fit together\n\n{problem}", $old, $new);
        }
    };
}

/// Whether two versions fit together; paths are relative to `folder`.
///
/// # Errors
/// Every finding that is dangerous or graver, or undecided, with its witness; or what is wrong with the documents.
pub fn compatibility(folder: &str, old: &str, new: &str, settings: Settings) -> Result<(), String> {
    let source = Disk::at(folder);
    let read = |path: &str| {
        let options = Options::find(&source, Path::new(path)).map_err(|problem| problem.to_string())?;
        Revision::read(&source, Path::new(path), &options, "").map_err(|problems| problems.to_string())
    };
    let outcome = compare(&read(old)?, &read(new)?, settings);
    let mut told = String::new();
    for finding in outcome.findings.iter().filter(|finding| finding.grade >= Grade::Undecided) {
        let _ = writeln!(told, "{finding}\n");
    }
    if told.is_empty() { Ok(()) } else { Err(told) }
}

#[cfg(test)]
mod tests;
