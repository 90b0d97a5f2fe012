//! `acknowledgement`: what acknowledges a request is valid.

use handfast_codegen::model::EventIdx;
use serde_json::Value;

use super::{Conditions, Rule, RuleEntry, Seen, shown};
use crate::verdict::{Difference, Failure, Verdict};

pub const ENTRY: RuleEntry = RuleEntry {
    name: "acknowledgement",
    what: "The arguments of an acknowledgement are valid by the schema of the operation's reply.",
    why: "A callback reads its arguments as the contract describes them.",
    example: "The server acknowledges with `\"yes\"` where the contract says `{ ok: boolean }`.",
    start: |conditions| {
        let has_one = |exchange: &handfast_codegen::model::Exchange| exchange.acknowledgement.is_some();
        let is_needed = conditions.session.protocol.contract.exchanges.iter().any(has_one);
        is_needed.then(|| Box::new(Acknowledgement(conditions.clone())) as _)
    },
};

struct Acknowledgement(Conditions);

impl Rule for Acknowledgement {
    fn frame(&mut self, _: &Seen<'_>) -> Vec<Failure> {
        Vec::new()
    }

    fn acknowledged(&mut self, request: EventIdx, payload: &Value) -> Vec<Failure> {
        let protocol = &self.0.session.protocol;
        let exchange = protocol.contract.exchange(request);
        let Some(schema) = exchange.and_then(|exchange| exchange.acknowledgement) else { return Vec::new() };
        let violations = protocol.violations_of(schema, payload);
        let Some(first) = violations.first() else { return Vec::new() };
        let name = &protocol.contract[request].name;
        let message = format!("the acknowledgement of `{name}` is not valid: {first}");
        let differences = violations.iter().map(|violation| Difference {
            at: violation.at.clone(),
            wanted: violation.to_string(),
            found: payload.pointer(&violation.at).map_or_else(|| "nothing".to_owned(), shown),
        });
        let differences = differences.collect();
        let failure = Failure::new(Verdict::Failed, "acknowledgement", message);
        vec![Failure { event: Some(name.clone()), differences, ..failure }]
    }
}
