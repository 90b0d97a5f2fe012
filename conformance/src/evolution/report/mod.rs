//! What a comparison came to, for programs: JSON, JUnit and annotations of GitHub Actions.

mod github;
mod junit;

pub use github::annotations;
pub use junit::junit;

use serde_json::{Value, json};

use super::{Finding, Grade, Judgement, Outcome, Row};

/// Several comparisons, and what is to be said beside them, as one JSON document.
pub fn to_json(outcomes: &[Outcome], others: &[Finding]) -> Value {
    let all = outcomes.iter().flat_map(|outcome| &outcome.findings).chain(others);
    let counted = || all.clone().filter(|finding| finding.excepted.is_none());
    let count = |grade| counted().filter(|finding| finding.grade == grade).count();
    let counts: serde_json::Map<_, _> =
        Grade::ALL.into_iter().map(|grade| (grade.name().to_owned(), count(grade).into())).collect();
    json!({
        "comparisons": outcomes.iter().map(outcome_to_json).collect::<Vec<_>>(),
        "findings": others.iter().map(Finding::to_json).collect::<Vec<_>>(),
        "grades": counts,
    })
}

fn outcome_to_json(outcome: &Outcome) -> Value {
    json!({
        "old": outcome.old,
        "new": outcome.new,
        "payloads": outcome.rows.iter().map(row_to_json).collect::<Vec<_>>(),
        "findings": outcome.findings.iter().map(Finding::to_json).collect::<Vec<_>>(),
    })
}

fn row_to_json(row: &Row) -> Value {
    let readings = |[strict, declared_only]: [Judgement; 2]| json!({ "strict": strict.name(), "declared-only": declared_only.name() });
    json!({
        "subject": row.subject.kind.name(),
        "name": row.subject.name,
        "direction": row.subject.direction_id(),
        "backward": readings(row.backward),
        "forward": readings(row.forward),
    })
}
