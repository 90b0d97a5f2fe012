//! `after-refusal`: a server has nothing more for a client that it refused.

use handfast_codegen::model::Transport;

use super::{Rule, RuleEntry, Seen};
use crate::pattern::cut;
use crate::verdict::{Failure, Verdict};

pub const ENTRY: RuleEntry = RuleEntry {
    name: "after-refusal",
    what: "A server that has refused a client sends it nothing more.",
    why: "What comes then is told to somebody who was just found to have no right to it.",
    example: "`CONNECT_ERROR` is followed by an event of the namespace.",
    start: |conditions| {
        // Over HTTP, the refusal is the end of the connection.
        let is_needed = conditions.session.channel().transport == Transport::SocketIo;
        is_needed.then(|| Box::new(AfterRefusal) as _)
    },
};

struct AfterRefusal;

impl Rule for AfterRefusal {
    fn frame(&mut self, _: &Seen<'_>) -> Vec<Failure> {
        Vec::new()
    }

    fn after_refusal(&mut self, raw: &str) -> Vec<Failure> {
        let message = format!("the server refused the client, and then sent it {}", cut(raw));
        vec![Failure::new(Verdict::Failed, "after-refusal", message)]
    }
}
