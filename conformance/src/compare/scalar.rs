//! Numbers and strings that meet a conjunction.

use std::rc::Rc;

use fastrand::Rng;
use handfast_codegen::model::Format;
use serde_json::Value;

use super::automaton::{Product, Words};
use super::exact::{Numbers, Sought, json, rational};
use super::formula::{Form, Formula, TextForm};
use super::search::{Outcome, Search, Why};
use crate::generate::of_format;

/// How many strings of a format are drawn.
const MAX_DRAWN: u64 = 60;

/// Longer strings are not made.
const MAX_LENGTH: u64 = 4 << 20;
/// Of longer strings, one alone is made.
const LONG: usize = 2_000;

/// Whether a value is wanted, by execution.
pub type Meets<'m, 'p> = &'m mut dyn FnMut(&mut Search<'p>, &Value) -> bool;

impl<'p> Search<'p> {
    /// A number that meets what is asked.
    pub(super) fn number(&mut self, asked: &[Formula], meets: Meets<'_, 'p>) -> Outcome {
        let mut numbers = Numbers::default();
        for formula in asked {
            match &*self.formulas.get(*formula) {
                Form::Number(form) => numbers.add(form),
                Form::Listed(values, false) => values.all().iter().for_each(|value| numbers.exclude(value)),
                _ => {}
            }
        }
        let Sought::These(found, is_all) = numbers.seek() else { return Outcome::Empty };
        let numbers: Vec<_> = found.iter().filter_map(json).collect();
        let mut values = numbers.iter().cloned().map(Value::Number);
        if let Some(value) = values.find(|value| meets(self, value)) {
            return Outcome::Found(value);
        }
        // Each of the few that there are was executed as it is.
        if is_all
            && numbers.len() == found.len()
            && numbers.iter().map(rational).eq(found.into_iter().map(Some))
        {
            return Outcome::Empty;
        }
        Why::of("", "no number that was tried is an instance")
    }

    /// A string that meets what is asked.
    pub(super) fn text(&mut self, asked: &[Formula], meets: Meets<'_, 'p>) -> Outcome {
        let mut wanted = Wanted::default();
        for formula in asked {
            match &*self.formulas.get(*formula) {
                Form::Text(form) => wanted.add(form),
                Form::Listed(values, false) => wanted.exclude(values.all()),
                _ => {}
            }
        }
        if wanted.high.is_some_and(|high| high < wanted.low) || wanted.contradicts_itself() {
            return Outcome::Empty;
        }
        match self.words(&wanted) {
            Ok(None) => return Outcome::Empty,
            Ok(Some(words)) => {
                if let Some(word) = words.into_iter().map(Value::String).find(|word| meets(self, word)) {
                    return Outcome::Found(word);
                }
            }
            Err(why) if wanted.formats.is_empty() => return why,
            Err(_) => {}
        }
        for (format, _) in wanted.formats.iter().filter(|(_, is_kept)| *is_kept) {
            let mut rng = Rng::with_seed(7);
            for number in 0..MAX_DRAWN {
                let length = (wanted.low + number % 12).min(wanted.high.unwrap_or(40)).min(200);
                let word = Value::from(of_format(*format, length as usize, &mut rng));
                if meets(self, &word) {
                    return Outcome::Found(word);
                }
            }
        }
        let keyword = match (&wanted.formats[..], &wanted.patterns[..]) {
            ([], []) => "",
            ([], _) => "pattern",
            _ => "format",
        };
        Why::of(keyword, "no string that was tried is an instance")
    }

    /// Some strings of the length and the regular expressions that are wanted; none where there is none.
    fn words(&mut self, wanted: &Wanted) -> Result<Option<Vec<String>>, Outcome> {
        if wanted.patterns.is_empty() {
            return Ok(wanted.plain());
        }
        let mut product = Product::of_length(wanted.low, wanted.high);
        let mut is_exact = true;
        for (source, is_found) in &wanted.patterns {
            match self.automata(source) {
                Some(parts) => product.add(&parts, *is_found),
                None => is_exact = false,
            }
        }
        if !wanted.excluded.is_empty() {
            match self.word_automaton(&wanted.excluded) {
                Some(automaton) => product.add_one(automaton, false),
                None => is_exact = false,
            }
        }
        let mut n_steps = 0;
        let words = product.seek(&mut n_steps);
        self.spend(n_steps);
        match words {
            Words::None => Ok(None),
            Words::These(words) => Ok(Some(words)),
            Words::TooMany if is_exact => Err(Why::of("pattern", "its automaton is too large")),
            Words::TooMany => Err(Why::of("pattern", "it is more than an automaton can tell")),
        }
    }
}

/// What is asked of a string.
#[derive(Debug, Default)]
struct Wanted {
    low: u64,
    high: Option<u64>,
    patterns: Vec<(Rc<str>, bool)>,
    formats: Vec<(Format, bool)>,
    excluded: Vec<String>,
}

impl Wanted {
    fn add(&mut self, form: &TextForm) {
        match form {
            TextForm::Length(low, high) => {
                self.low = self.low.max(*low);
                self.high = self.high.map_or(*high, |known| Some(high.map_or(known, |high| high.min(known))));
            }
            TextForm::Pattern(source, is_found) => self.patterns.push((Rc::clone(source), *is_found)),
            TextForm::Format(format, is_kept) => self.formats.push((*format, *is_kept)),
        }
    }

    fn exclude(&mut self, values: &[Value]) {
        self.excluded.extend(values.iter().filter_map(Value::as_str).map(str::to_owned));
    }

    fn contradicts_itself(&self) -> bool {
        let is_refused =
            |format: Format| self.formats.iter().any(|(one, is_kept)| !is_kept && *one == format);
        let kept = self.formats.iter().filter(|(_, is_kept)| *is_kept);
        kept.flat_map(|(format, _)| wider(*format)).any(|format| is_refused(*format))
            || self.patterns.iter().any(|(source, is_found)| {
                *is_found && self.patterns.iter().any(|(other, found)| other == source && !found)
            })
    }

    /// Strings of the wanted length that are not excluded; none where there is none.
    fn plain(&self) -> Option<Vec<String>> {
        const CHARACTERS: [char; 6] = ['a', 'b', '0', ' ', 'é', '😀'];
        if self.low > MAX_LENGTH {
            return Some(Vec::new());
        }
        let length = self.low as usize;
        if length > LONG {
            return Some(vec!["a".repeat(length)]);
        }
        let longest = self.high.unwrap_or(u64::MAX).min(self.low + 12) as usize;
        let mut words: Vec<String> = Vec::new();
        for length in length..=longest {
            words.extend(CHARACTERS.map(|character| character.to_string().repeat(length)));
            // Where all of those are excluded, others of that length are not.
            let others = (0x4E00..).take(self.excluded.len() + 1).filter_map(char::from_u32);
            let beginning = "a".repeat(length.saturating_sub(1));
            words.extend(others.filter(|_| length > 0).map(|one| format!("{beginning}{one}")));
        }
        words.retain(|word| !self.excluded.contains(word));
        words.dedup();
        (longest > 0 || !words.is_empty()).then_some(words)
    }
}

/// The formats that every string of `format` keeps.
fn wider(format: Format) -> &'static [Format] {
    match format {
        Format::Uri => &[Format::Uri, Format::UriReference, Format::Iri, Format::IriReference],
        Format::UriReference => &[Format::UriReference, Format::IriReference],
        Format::Iri => &[Format::Iri, Format::IriReference],
        Format::DateTime => &[Format::DateTime],
        Format::Date => &[Format::Date],
        Format::Time => &[Format::Time],
        Format::Duration => &[Format::Duration],
        Format::Email => &[Format::Email],
        Format::IdnEmail => &[Format::IdnEmail],
        Format::Hostname => &[Format::Hostname],
        Format::IdnHostname => &[Format::IdnHostname],
        Format::Ipv4 => &[Format::Ipv4],
        Format::Ipv6 => &[Format::Ipv6],
        Format::Uuid => &[Format::Uuid],
        Format::IriReference => &[Format::IriReference],
        Format::UriTemplate => &[Format::UriTemplate],
        Format::JsonPointer => &[Format::JsonPointer],
        Format::RelativeJsonPointer => &[Format::RelativeJsonPointer],
        Format::Regex => &[Format::Regex],
    }
}
