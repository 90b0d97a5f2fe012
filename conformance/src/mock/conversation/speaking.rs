//! What the server says of itself, and when it is its turn.

use std::time::Duration;

use handfast_codegen::model::{EventIdx, Transport};
use serde_json::Value;

use super::{CHOICE, Conversation, Do, HISTORY, MAX_SCRIPTS, MAX_TOLD, Told};
use crate::matcher::recognise;
use crate::mock::log::Entry;
use crate::mock::script::{Script, Wants, fits};
use crate::mock::telling::Wanted;
use crate::rules::filter::leaves_out;

impl Conversation {
    /// Says all that the sessions have the server say now.
    pub(super) fn advance(&mut self, now: Duration) {
        self.teller.at(now);
        for _ in 0..MAX_TOLD {
            self.unfold();
            if self.is_over || self.awaited_ack.is_some() || now < self.next_told {
                return;
            }
            let Some(speaker) = self.speaker(now) else { return };
            self.choosing_since = None;
            self.speak(speaker, now);
        }
    }

    /// A session in which the server may take several courses becomes several, as long as there are not too many.
    fn unfold(&mut self) {
        if self.scripts.len() < MAX_SCRIPTS {
            let scripts = std::mem::take(&mut self.scripts);
            self.scripts = scripts.into_iter().flat_map(Script::unfolded).take(MAX_SCRIPTS).collect();
        }
    }

    /// The sessions in which it is the server's turn.
    pub(super) fn tells(&self) -> impl Iterator<Item = usize> {
        let wants = self.scripts.iter().map(Script::wants).enumerate();
        wants.filter(|(_, wants)| matches!(wants, Wants::Tell(_) | Wants::Close(_))).map(|(index, _)| index)
    }

    /// The session that says what comes next, once it is known that the client plays none in which it is its own turn.
    pub(super) fn speaker(&mut self, now: Duration) -> Option<usize> {
        let first = self.tells().next()?;
        let client_may = self.scripts.iter().any(|script| {
            script.has_turn_ahead() || matches!(script.wants(), Wants::Client(_) | Wants::Beat)
        });
        if client_may {
            let since = *self.choosing_since.get_or_insert(now);
            if now < since.saturating_add(CHOICE) {
                return None;
            }
        }
        Some(first)
    }

    pub(super) fn speak(&mut self, speaker: usize, now: Duration) {
        let script = &self.scripts[speaker];
        let (event, pattern, asks) = match script.wants() {
            Wants::Tell(expect) => (expect.event, expect.data.clone(), expect.acknowledge.is_some()),
            Wants::Close(code) => return self.close_by_session(speaker, code.unwrap_or(1000)),
            _ => return,
        };
        if self.is_left_out(event) {
            return self.stumble(speaker, event, "the query leaves it out");
        }
        let wanted = Wanted { event, pattern: pattern.as_ref(), script: Some(script) };
        let (payload, _) = match self.teller.make(&self.session, wanted) {
            Ok(made) => made,
            Err(reason) => return self.stumble(speaker, event, &reason),
        };
        let payload = self.agreed(speaker, event, payload);
        let mut place = 0;
        let is_noise = self.session.rules().is_noise(&self.session.event(event).name);
        self.scripts.retain_mut(|script| {
            let is_speaker = place == speaker;
            place += 1;
            script.told(event, &payload) || is_speaker || is_noise
        });
        let ack = asks.then(|| {
            self.n_acks += 1;
            self.n_acks - 1
        });
        self.awaited_ack = ack;
        self.say(event, payload, ack);
        self.next_told = now.saturating_add(self.manner.pace);
    }

    /// `payload` as it is what as many sessions as possible expect, of those that the client may be playing.
    pub(super) fn agreed(&mut self, speaker: usize, event: EventIdx, payload: Value) -> Value {
        let mut agreed = payload;
        for index in (0..self.scripts.len()).filter(|index| *index != speaker) {
            let Wants::Tell(expect) = self.scripts[index].wants() else { continue };
            let Some(pattern) = expect.data.as_ref().filter(|_| expect.event == event) else { continue };
            let captures = &self.scripts[index].captures;
            let both = pattern.instance(Some(agreed.clone()), captures, self.teller.fresh());
            let fits = |script: &Script| match script.wants() {
                Wants::Tell(other) if other.event == event => {
                    let fits = |payload| fits(other, event, payload, &script.captures).is_some();
                    !fits(&agreed) || fits(&both)
                }
                _ => true,
            };
            if self.session.protocol.violations(event, &both).is_empty() && self.scripts.iter().all(fits) {
                agreed = both;
            }
        }
        agreed
    }

    /// A session that can't be played is told, and not played any further.
    pub(super) fn stumble(&mut self, speaker: usize, event: EventIdx, reason: &str) {
        let script = self.scripts.remove(speaker);
        let name = &self.session.event(event).name;
        let message = format!("`{}` can't go on: `{name}` can't be said: {reason}", script.session.name);
        self.log.push(Entry::warning(self.number, message));
    }

    pub(super) fn close_by_session(&mut self, speaker: usize, code: u16) {
        let script = self.scripts.swap_remove(speaker);
        self.scripts = vec![script];
        self.scripts.iter_mut().for_each(Script::left_by_server);
        self.close(code, "");
    }

    /// Says the event, with a payload that the contract allows.
    pub(super) fn tell(&mut self, event: EventIdx, ack: Option<u64>, now: Duration) {
        self.teller.at(now);
        if self.is_left_out(event) {
            return;
        }
        match self.teller.make(&self.session, Wanted { event, pattern: None, script: None }) {
            Ok((payload, _)) => {
                self.scripts.iter_mut().for_each(|script| {
                    script.told(event, &payload);
                });
                self.say(event, payload, ack);
            }
            Err(reason) => {
                let message = format!("`{}` can't be said: {reason}", self.session.event(event).name);
                self.log.push(Entry::warning(self.number, message));
            }
        }
    }

    pub(super) fn say(&mut self, event: EventIdx, payload: Value, ack: Option<u64>) {
        self.teller.said(&self.session, event, &payload);
        let resume = self.session.rules().resume.as_ref();
        let id = resume.and_then(|resume| payload.pointer(&resume.id)).map(|id| match id {
            Value::String(id) => id.clone(),
            id => id.to_string(),
        });
        if let Some(id) = &id {
            if self.history.len() >= HISTORY {
                self.history.pop_front();
            }
            self.history.push_back((id.clone(), event, payload.clone()));
        }
        self.push(event, id, payload, ack);
    }

    pub(super) fn push(&mut self, event: EventIdx, id: Option<String>, payload: Value, ack: Option<u64>) {
        let name = self.session.event(event).name.clone();
        self.log.push(Entry::told(self.number, &name, &payload));
        let arguments = recognise::as_arguments(&self.session, event, payload);
        let attachments = self.attached(&arguments);
        self.todo.push(Do::Tell(Told { name, id, arguments, ack, attachments }));
    }

    /// What stands for the placeholders of attachments: those that the client sent last, and nothing where it sent fewer.
    pub(super) fn attached(&self, arguments: &[Value]) -> Vec<Vec<u8>> {
        if self.session.channel().transport != Transport::SocketIo {
            return Vec::new();
        }
        let n_placeholders = arguments.iter().map(placeholders).sum();
        (0..n_placeholders).map(|n| self.attachments.get(n).cloned().unwrap_or_default()).collect()
    }

    pub(super) fn is_left_out(&self, event: EventIdx) -> bool {
        self.session.filter().is_some_and(|patterns| leaves_out(&self.session, &patterns, event))
    }

    pub(super) fn improvise(&mut self, now: Duration) {
        self.teller.at(now);
        let Some(mut improviser) = self.improviser.take() else { return };
        while let Some(event) = improviser.next(&self.session, &mut self.teller, now) {
            self.tell(event, None, now);
        }
        self.improviser = Some(improviser);
    }
}

/// How many attachments a value refers to.
fn placeholders(value: &Value) -> usize {
    match value {
        Value::Object(members) if members.get("_placeholder") == Some(&Value::Bool(true)) => 1,
        Value::Object(members) => members.values().map(placeholders).sum(),
        Value::Array(items) => items.iter().map(placeholders).sum(),
        _ => 0,
    }
}
