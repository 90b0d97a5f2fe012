//! Pairs of schemas in bulk: read as they come, compared on all processors, told in order.

use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Arc;

use handfast_conformance::compare::Budget;
use handfast_conformance::compare::batch::{Answer, judge};
use handfast_conformance::validate::Layout;

use super::Format;
use crate::error::Error;
use crate::exit::{PASSED, WRONG};
use crate::pipeline::{self, Input, Judge};
use crate::printing::{print, say};

/// Compares the pairs in `path`, and gives the exit code.
///
/// # Errors
/// The file can't be read, or nobody reads what is found.
pub fn run(path: &Path, format: Format, jobs: Option<NonZeroUsize>) -> Result<u8, Error> {
    let layout = Layout::Lines;
    let max_bytes = layout.default_max_bytes();
    let inputs = Arc::new(vec![Input { path: path.to_path_buf(), layout, max_bytes }]);
    let n_jobs = jobs.or_else(|| std::thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);
    let judging: Judge<Answer> = Arc::new(|chunk, max_bytes| judge(chunk, max_bytes, &Budget::default()));
    let mut is_whole = true;
    for step in pipeline::start(&judging, &inputs, n_jobs)? {
        let (answers, _) =
            step.judged.map_err(|error| Error::new(format!("{} can't be read: {error}", path.display())))?;
        let mut text = String::new();
        for answer in &answers {
            if let Err(error) = &answer.outcome {
                is_whole = false;
                say(&Error::new(format!("{}:{}: {error}", path.display(), answer.line)).to_string());
            }
            text.push_str(&told(answer, format));
        }
        print(&text)?;
    }
    Ok(if is_whole { PASSED } else { WRONG })
}

fn told(answer: &Answer, format: Format) -> String {
    match (format, &answer.outcome) {
        (Format::Json, _) => format!("{}\n", answer.json()),
        (_, Err(_)) => String::new(),
        (_, Ok(judged)) => {
            let declared = match judged.declared_only == judged.verdict {
                true => String::new(),
                false => format!(" ({} of declared members)", judged.declared_only),
            };
            let witness = judged.witness.as_ref().map(|witness| format!(": {witness}")).unwrap_or_default();
            format!("{}: {}{declared}{witness}\n", judged.id, judged.verdict)
        }
    }
}
