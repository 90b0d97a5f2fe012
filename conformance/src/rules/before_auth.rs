//! `before-auth`: a server tells a client it does not know nothing that is not for everybody.

use handfast_codegen::model::{Auth, EventIdx, Side, name_matches};

use super::{Conditions, Connected, Rule, RuleEntry, Seen};
use crate::verdict::Failure;

pub const ENTRY: RuleEntry = RuleEntry {
    name: "before-auth",
    what: "Until it knows the client, a server sends only the events that `before-auth` lists; before it has accepted the connection, none.",
    why: "What comes earlier is told to anybody who connects.",
    example: "`task.created` arrives on a connection that has not authenticated yet.",
    start: |conditions| {
        let rules = conditions.session.rules();
        let is_needed = !rules.before_auth.is_empty() || !rules.auth.is_empty();
        is_needed.then(|| Box::new(BeforeAuth { conditions: conditions.clone(), known: Known::No }) as _)
    },
};

struct BeforeAuth {
    conditions: Conditions,
    known: Known,
}

/// Whether the server knows the client.
#[derive(Clone, Copy, PartialEq)]
enum Known {
    No,
    /// It has been told, and has not answered.
    Asked(EventIdx),
    Yes,
}

impl BeforeAuth {
    fn asks(&self, name: &str) -> bool {
        let auth = &self.conditions.session.rules().auth;
        auth.iter().any(|auth| matches!(auth, Auth::Event { event, .. } if event == name))
    }

    fn answers(&self, request: EventIdx, event: EventIdx) -> bool {
        let exchange = self.conditions.session.protocol.contract.exchange(request);
        exchange.is_some_and(|exchange| exchange.replies.contains(&event))
    }
}

impl Rule for BeforeAuth {
    fn connected(&mut self, _: Connected) {
        let session = &self.conditions.session;
        let in_handshake = !matches!(session.auth, None | Some(Auth::Event { .. }));
        // Without a list, it is for the server to say whom it lets in.
        let is_let_in = session.rules().before_auth.is_empty();
        self.known =
            if is_let_in || in_handshake && session.token.is_some() { Known::Yes } else { Known::No };
    }

    fn disconnected(&mut self) {
        self.known = Known::No;
    }

    fn frame(&mut self, frame: &Seen<'_>) -> Vec<Failure> {
        match (frame.by, self.known) {
            (Side::Client, Known::No) if self.asks(frame.name) => {
                let exchange = self.conditions.session.protocol.contract.exchange(frame.event);
                let is_answered = exchange.is_some_and(|exchange| !exchange.replies.is_empty());
                self.known = if is_answered { Known::Asked(frame.event) } else { Known::Yes };
            }
            (Side::Server, Known::Asked(request)) if self.answers(request, frame.event) => {
                self.known = Known::Yes;
            }
            (Side::Server, Known::No | Known::Asked(_)) => {
                let listed = &self.conditions.session.rules().before_auth;
                if !listed.iter().any(|pattern| name_matches(pattern, frame.name)) {
                    let message = format!("`{}` comes before the server knows the client", frame.name);
                    return vec![frame.failure("before-auth", message)];
                }
            }
            _ => {}
        }
        Vec::new()
    }
}
