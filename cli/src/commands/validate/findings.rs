//! Prints the verdicts on documents as they come, and what they amount to.

use std::io;

use handfast_conformance::validate::{Judge, Judged, Layout, Tally, Teller, Worth, json_line, summary};
use indicatif::{ProgressBar, ProgressStyle};

use super::arguments::{Format, Validate};
use crate::error::Error;
use crate::exit::{FAILED, PASSED, WRONG};
use crate::pipeline::{Input, Step};
use crate::printing::{print, say};

/// What was found in documents so far.
pub struct Findings<'i> {
    judge: &'i Judge,
    inputs: &'i [Input],
    format: Format,
    quiet: bool,
    teller: Teller<'i>,
    tally: Tally,
    n_unreadable: usize,
    bar: ProgressBar,
}

impl<'i> Findings<'i> {
    /// Nothing yet.
    pub fn new(arguments: &Validate, judge: &'i Judge, inputs: &'i [Input]) -> Self {
        Self {
            inputs,
            format: arguments.format,
            quiet: arguments.quiet,
            judge,
            teller: Teller::new(judge, arguments.max_shown),
            tally: Tally::default(),
            n_unreadable: 0,
            bar: bar(inputs),
        }
    }

    /// Prints what is to be said of a step.
    ///
    /// # Errors
    /// Nobody reads it.
    pub fn take(&mut self, step: Step<Judged>) -> Result<(), Error> {
        let input = &self.inputs[step.input_idx];
        match step.judged {
            Ok((judged, n_bytes)) => {
                let text: String = judged.iter().map(|judged| self.told(input, judged)).collect();
                self.print(&text)?;
                self.bar.inc(n_bytes);
            }
            Err(error) => {
                self.n_unreadable += 1;
                let error = unreadable(input, &error);
                self.bar.suspend(|| error.print());
            }
        }
        Ok(())
    }

    /// Prints the summary, and gives the exit code.
    ///
    /// # Errors
    /// Nobody reads it.
    pub fn finish(self) -> Result<u8, Error> {
        self.bar.finish_and_clear();
        let summary = summary(&self.tally);
        match self.format {
            Format::Text => {
                let rest = self.teller.rest().filter(|_| !self.quiet).unwrap_or_default();
                print(&format!("{rest}{summary}\n"))?;
            }
            Format::Json => say(&summary),
        }
        Ok(match (self.n_unreadable, self.tally.n_invalid) {
            (0, 0) => PASSED,
            (0, _) => FAILED,
            _ => WRONG,
        })
    }

    fn told(&mut self, input: &Input, judged: &Judged) -> String {
        self.tally.count(judged);
        let file = input.path.display();
        match (self.format, input.layout) {
            _ if self.quiet => String::new(),
            (Format::Json, _) => {
                let file = (self.inputs.len() > 1).then(|| file.to_string());
                json_line(file.as_deref(), self.judge.knows_events(), judged)
            }
            (Format::Text, _) if judged.worth == Worth::Valid => String::new(),
            // Of a whole document, it says nothing that it begins in the first line.
            (Format::Text, Layout::Document) => self.teller.tell(&file.to_string(), judged),
            (Format::Text, Layout::Lines) => self.teller.tell(&format!("{file}:{}", judged.line), judged),
        }
    }

    fn print(&self, text: &str) -> Result<(), Error> {
        if text.is_empty() { Ok(()) } else { self.bar.suspend(|| print(text)) }
    }
}

fn unreadable(input: &Input, error: &io::Error) -> Error {
    Error::new(format!("{} can't be read: {error}", input.path.display()))
}

/// Draws on the standard error, and only where that is a terminal. It knows the end where all inputs are files.
fn bar(inputs: &[Input]) -> ProgressBar {
    let total: Option<u64> = inputs.iter().map(Input::n_bytes).sum();
    let (bar, template) = match total {
        Some(total) => {
            (ProgressBar::new(total), "{bar:24} {bytes}/{total_bytes}  {bytes_per_sec}, {eta} left")
        }
        None => (ProgressBar::new_spinner(), "{spinner} {bytes}  {bytes_per_sec}"),
    };
    let style = ProgressStyle::with_template(template);
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
