//! The arguments that say what of a run is reported, how, and where.

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use handfast_codegen::diagnostic::nearest;
use handfast_conformance::report::{Detail, Format, REPORTS};

/// What of a run is reported, how, and where.
#[derive(Debug, Args)]
pub struct Reporting {
    /// What to print
    #[arg(long, default_value = "text", value_parser = format_name())]
    pub format: &'static Format,
    /// Write a report to a file, too; may be given several times. github=- prints annotations below the text, which GitHub
    /// Actions gets unasked
    #[arg(long = "report", value_name = "FORMAT=FILE", value_parser = report_spec)]
    pub reports: Vec<ReportSpec>,
    /// Print only what did not pass
    #[arg(long, short, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Print everything that was sent and seen
    #[arg(long, short)]
    pub verbose: bool,
}

/// A report that goes to a file.
#[derive(Debug, Clone)]
pub struct ReportSpec {
    /// Its format.
    pub format: &'static Format,
    /// Its file.
    pub path: PathBuf,
}

impl Reporting {
    /// How much people want to read.
    pub fn detail(&self) -> Detail {
        match (self.quiet, self.verbose) {
            (true, _) => Detail::Quiet,
            (_, true) => Detail::Verbose,
            (false, false) => Detail::Normal,
        }
    }
}

impl ReportSpec {
    /// Whether it goes to the standard output.
    pub fn is_printed(&self) -> bool {
        self.path.as_os_str() == "-"
    }
}

fn format_name() -> impl TypedValueParser<Value = &'static Format> {
    let names = REPORTS.iter().map(|format| PossibleValue::new(format.name).help(format.about));
    // The parser has let nothing pass but names of the list.
    PossibleValuesParser::new(names).map(|name| Format::named(&name).unwrap_or(&REPORTS[0]))
}

fn report_spec(text: &str) -> Result<ReportSpec, String> {
    let known: Vec<&str> = REPORTS.iter().map(|format| format.name).collect();
    let (name, path) = match text.split_once('=') {
        Some((name, path)) if !path.is_empty() => (name, path),
        _ => return Err(format!("write FORMAT=FILE, with one of the formats {}", known.join(", "))),
    };
    match (Format::named(name), nearest(name, &known)) {
        (Some(format), _) if path == "-" && format.name != "github" => {
            Err(format!("`--format {name}` prints it; annotations alone can be printed below something else"))
        }
        (Some(format), _) => Ok(ReportSpec { format, path: path.into() }),
        (None, Some(near)) => Err(format!("`{name}` is no format; did you mean `{near}`?")),
        (None, None) => Err(format!("`{name}` is no format; known are {}", known.join(", "))),
    }
}
