//! JSON Lines: a line per document.

use handfast::Violation;
use serde::Serialize;

use super::{Judged, Worth};

/// `{"line":1,"valid":false,"violations":[…]}` with a line's end. The file comes first where `file` names it; where
/// events are judged, as `has_events` says, `event` follows `line` and is `null` for a document without a name.
/// `"unknown":true` marks an event that the contract does not know and that is valid for that, `"more":3` says how many
/// violations were left out.
pub fn line(file: Option<&str>, has_events: bool, judged: &Judged) -> String {
    let (violations, n_more) = match &judged.worth {
        Worth::Invalid { violations, n_more } => (violations.as_slice(), *n_more),
        Worth::Valid | Worth::Unknown => (&[][..], 0),
    };
    let line = Line {
        file,
        line: judged.line,
        event: has_events.then_some(judged.event.as_deref()),
        valid: judged.worth.is_valid(),
        unknown: judged.worth == Worth::Unknown,
        violations,
        more: n_more,
    };
    // Strings, numbers and maps by string can always be written.
    let mut text = serde_json::to_string(&line).unwrap_or_default();
    text.push('\n');
    text
}

#[derive(Serialize)]
struct Line<'l> {
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'l str>,
    line: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<Option<&'l str>>,
    valid: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    unknown: bool,
    violations: &'l [Violation],
    #[serde(skip_serializing_if = "is_none")]
    more: usize,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands out references")]
const fn is_none(n_more: &usize) -> bool {
    *n_more == 0
}
