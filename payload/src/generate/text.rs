//! Draws strings: of a length, of formats, of regular expressions, and such as are none of these.

use std::collections::HashMap;

use fastrand::Rng;
use handfast_codegen::model::{Docs, Format, Regex};

use super::expression::Expression;
use super::{Near, word};
use crate::interpret::format_test;

/// Code points beyond the fewest, where nobody says how many.
const USUAL: u64 = 12;
/// No string is drawn longer than this, whatever a schema allows.
const LONGEST: u64 = 70_000;
/// Where a limit is no further away than this, strings as long as it are drawn.
const NEAR_ENOUGH: u64 = 2_000;
const MAX_TRIES: usize = 100;

/// What is asked of a string.
#[derive(Debug, Clone, Default)]
pub struct TextDemand<'p> {
    min: u64,
    max: Option<u64>,
    formats: Vec<(Format, bool)>,
    patterns: Vec<(&'p Regex, bool)>,
    /// What an annotation says, which nobody has to keep, but some do.
    annotated: Option<Annotated>,
}

/// What a string is, as annotations have it.
#[derive(Debug, Clone, Copy)]
enum Annotated {
    Format(Format),
    Base64 { is_json: bool },
    Json,
}

/// The expressions of a plan, each as it is written, that could be translated.
pub type Expressions = HashMap<String, Expression>;

impl<'p> TextDemand<'p> {
    /// At least so many code points.
    pub fn at_least(&mut self, n: u64) {
        self.min = self.min.max(n);
    }

    /// At most so many code points.
    pub fn at_most(&mut self, n: u64) {
        self.max = Some(self.max.map_or(n, |max| max.min(n)));
    }

    /// Of a format, or not of it.
    pub fn format(&mut self, format: Format, is_of: bool) {
        self.formats.push((format, is_of));
    }

    /// With a match of an expression, or without.
    pub fn pattern(&mut self, regex: &'p Regex, matches: bool) {
        self.patterns.push((regex, matches));
    }

    /// As annotations have it: `format` where it asserts nothing, `contentEncoding`, `contentMediaType`.
    pub fn described(&mut self, docs: &Docs) {
        let is_json = docs.media_type.as_deref() == Some("application/json");
        let annotated = match docs.encoding.as_deref() {
            Some(encoding) if encoding.eq_ignore_ascii_case("base64") => Some(Annotated::Base64 { is_json }),
            _ if is_json => Some(Annotated::Json),
            _ => docs.format.map(Annotated::Format),
        };
        self.annotated = annotated.or(self.annotated);
    }

    /// Whether no string can be meant.
    pub fn is_impossible(&self) -> bool {
        self.max.is_some_and(|max| max < self.min)
    }

    /// Whether no string is drawn.
    pub fn is_empty(&self) -> bool {
        self.is_impossible() || self.min > LONGEST
    }

    /// Whether `text` is what is asked for.
    pub fn allows(&self, text: &str) -> bool {
        let n = if self.min == 0 && self.max.is_none() { 0 } else { text.chars().count() as u64 };
        let fits = n >= self.min && self.max.is_none_or(|max| n <= max);
        fits && self.formats.iter().all(|(format, is_of)| format_test(*format)(text) == *is_of)
            && self.patterns.iter().all(|(regex, matches)| regex.is_match(text) == *matches)
    }

    /// A string that meets the demand; `None` where none was found.
    pub fn draw(&self, near: Near, is_strange: bool, known: &Expressions, rng: &mut Rng) -> Option<String> {
        if self.is_empty() {
            return None;
        }
        let pattern = self.patterns.iter().find(|(_, matches)| *matches);
        let expression = pattern.and_then(|(regex, _)| known.get(regex.as_str()));
        let format = self.formats.iter().find(|(_, is_of)| *is_of).map(|(format, _)| *format);
        (0..MAX_TRIES).find_map(|attempt| {
            let is_strange = is_strange && attempt < MAX_TRIES / 2;
            let near = if attempt < MAX_TRIES / 2 { near } else { Near::Anywhere };
            let text = match (expression, format) {
                (Some(expression), _) if format.is_none() || attempt.is_multiple_of(2) => {
                    let least = self.min.max(expression.n_least() as u64);
                    expression.draw(self.length(least, near, rng), rng)
                }
                (None, None) if attempt < MAX_TRIES / 4 && self.annotated.is_some() => {
                    self.as_annotated(self.length(self.min, near, rng), rng)
                }
                (_, Some(format)) => word::of_format(format, self.length(self.min, near, rng), rng),
                _ => self.free(near, is_strange, attempt, rng),
            };
            self.allows(&text).then_some(text)
        })
    }

    fn as_annotated(&self, n: usize, rng: &mut Rng) -> String {
        match self.annotated {
            Some(Annotated::Format(format)) => word::of_format(format, n, rng),
            Some(Annotated::Base64 { is_json: true }) => ["e30=", "W10=", "MTcw"][rng.usize(..3)].to_owned(),
            Some(Annotated::Base64 { is_json: false }) => word::plain(n.next_multiple_of(4), rng),
            Some(Annotated::Json) | None => ["{}", "[]", "170"][rng.usize(..3)].to_owned(),
        }
    }

    /// A string that nothing but its length, and what it must not be, is said about.
    fn free(&self, near: Near, is_strange: bool, attempt: usize, rng: &mut Rng) -> String {
        // What breaks a format most tellingly is nearly of it.
        let broken = self.formats.iter().find(|(_, is_of)| !is_of).filter(|_| attempt.is_multiple_of(2));
        if let Some((format, _)) = broken {
            // Where any letter may stand, judges differ in what else may.
            let format = match format {
                Format::IdnHostname => Format::Hostname,
                Format::IdnEmail => Format::Email,
                other => *other,
            };
            return word::edited(&word::of_format(format, self.length(self.min, near, rng), rng), rng);
        }
        let n = self.length(self.min, near, rng);
        if is_strange { word::strange(n, rng) } else { word::plain(n, rng) }
    }

    /// How many code points to draw, `least` or more.
    fn length(&self, least: u64, near: Near, rng: &mut Rng) -> usize {
        let max = self.max.unwrap_or(u64::MAX).max(least);
        let reach = |far: u64| max.min(least.saturating_add(far));
        let end = if max - least <= NEAR_ENOUGH { max } else { reach(USUAL) };
        let n = match near {
            Near::Low => least,
            Near::InsideLow => (least + 1).min(max),
            Near::InsideHigh => end.saturating_sub(1).max(least),
            Near::High => end,
            Near::Anywhere => rng.u64(least..=reach(USUAL)),
        };
        usize::try_from(n).unwrap_or(usize::MAX)
    }
}
