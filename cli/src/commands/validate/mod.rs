//! `handfast validate`

mod arguments;
mod findings;

use std::sync::Arc;

use handfast_codegen::compile_document;
use handfast_codegen::source::Disk;
use handfast_conformance::validate::Judge;

use super::Run;
use crate::error::Error;
use crate::pipeline::{self, Input};
pub use arguments::Validate;
use findings::Findings;

impl Run for Validate {
    const NAME: &'static str = "validate";

    fn run(self) -> Result<u8, Error> {
        let judge = Arc::new(self.judge()?);
        let inputs = Arc::new(self.inputs()?);
        let mut findings = Findings::new(&self, &judge, &inputs);
        let shared = Arc::clone(&judge);
        let judging: pipeline::Judge<_> = Arc::new(move |chunk, max_bytes| shared.chunk(chunk, max_bytes));
        for step in pipeline::start(&judging, &inputs, self.n_jobs())? {
            findings.take(step)?;
        }
        findings.finish()
    }
}

impl Validate {
    fn judge(&self) -> Result<Judge, Error> {
        let document = compile_document(&Disk::default(), &self.document)
            .map_err(|problems| Error::documents(vec![problems]))?;
        let mut judge = Judge::new(document, &self.selection())
            .map_err(|error| Error::new(error.message).help(error.help))?;
        judge.unknown = self.unknown();
        judge.max_violations = self.max_violations.get();
        Ok(judge)
    }

    fn inputs(&self) -> Result<Vec<Input>, Error> {
        let input = |path: &std::path::PathBuf| {
            let layout = self.layout(path)?;
            let max_bytes = self.max_bytes.unwrap_or(layout.default_max_bytes());
            Ok(Input { path: path.clone(), layout, max_bytes })
        };
        self.files.iter().map(input).collect()
    }
}
