//! `schema`: every frame is valid.

use handfast_codegen::model::Side;

use super::{Conditions, Rule, RuleEntry, Seen, shown};
use crate::verdict::{Difference, Failure, Verdict};

/// The most violations that are told of one frame.
const MAX_VIOLATIONS: usize = 32;

pub const ENTRY: RuleEntry = RuleEntry {
    name: "schema",
    what: "The payload of every frame is valid by its event's schema.",
    why: "Clients decode by the schema; what does not fit is lost, or worse, misread.",
    example: "`progress` is 101 where the schema says `maximum: 100`.",
    start: |conditions| Some(Box::new(Schema(conditions.clone()))),
};

struct Schema(Conditions);

impl Rule for Schema {
    fn frame(&mut self, frame: &Seen<'_>) -> Vec<Failure> {
        let violations = self.0.session.protocol.violations(frame.event, frame.payload);
        let Some(first) = violations.first() else { return Vec::new() };
        let more = match violations.len() {
            1 => String::new(),
            n => format!(", and {} more", n - 1),
        };
        let mut failure = frame.failure("schema", format!("`{}` is not valid: {first}{more}", frame.name));
        if frame.by == Side::Client {
            // The session is ours.
            failure.verdict = Verdict::Broken;
            failure.help = Some("correct the `data` of the step that sends it".to_owned());
        }
        let differences = violations.into_iter().take(MAX_VIOLATIONS).map(|violation| Difference {
            found: frame.value(&violation.at).map_or_else(|| "nothing".to_owned(), shown),
            wanted: violation.to_string(),
            at: violation.at,
        });
        failure.differences = differences.collect();
        vec![failure]
    }
}
