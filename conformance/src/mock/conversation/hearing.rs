//! What comes of an event or an acknowledgement of the client.

use std::time::Duration;

use handfast_codegen::model::{EventIdx, Side};
use serde_json::Value;

use super::{Conversation, Do, Heard};
use crate::matcher::recognise;
use crate::mock::log::Entry;
use crate::mock::script::{Fit, Script, Turn};
use crate::pattern::Captures;

impl Conversation {
    /// Takes an event of the client.
    pub fn heard(&mut self, heard: &Heard, now: Duration) {
        self.teller.at(now);
        self.last_heard = now;
        let name = match self.session.rules().name_pointer() {
            Some(pointer) => heard.payload.pointer(pointer).and_then(Value::as_str),
            None => heard.name.as_deref(),
        };
        if !heard.attachments.is_empty() {
            self.attachments.clone_from(&heard.attachments);
        }
        let Some(name) = name.map(str::to_owned) else {
            return self.reject(None, "it has no name where the contract wants it", now);
        };
        let Some(event) = recognise::event(&self.session, Side::Client, &name) else {
            return self.reject(Some(&name), "the contract knows no such event of a client here", now);
        };
        let violations = self.session.protocol.violations(event, &heard.payload);
        self.log.push(Entry::heard(self.number, &name, &heard.payload, violations.is_empty()));
        let is_valid = violations.is_empty();
        if [Fit::Exact, Fit::More].into_iter().any(|fit| self.sent(event, heard, is_valid, fit, now)) {
            return;
        }
        if let Some(violation) = violations.first() {
            return self.reject(Some(&name), &violation.to_string(), now);
        }
        if !self.sent(event, heard, true, Fit::Loose, now) {
            self.teller.heard(&self.session, event, &heard.payload);
            self.reply(event, heard, now);
        }
    }

    /// Goes on with the sessions in which the client sends this now; whether there are any.
    pub(super) fn sent(
        &mut self,
        event: EventIdx,
        heard: &Heard,
        is_valid: bool,
        fit: Fit,
        now: Duration,
    ) -> bool {
        let step = |script: &Script| {
            let Turn { step_idx, step, captures } = script.send(event, &heard.payload, fit)?;
            let is_meant = step.is_invalid != is_valid && step.attachments == heard.attachments;
            is_meant.then_some((step_idx, captures))
        };
        let steps: Vec<_> = self.scripts.iter().map(step).collect();
        let Some(first) = steps.iter().position(Option::is_some) else { return false };
        let answer = self.scripts[first].send(event, &heard.payload, fit).and_then(|turn| {
            let pattern = turn.step.acknowledged.as_ref()?;
            Some(self.teller.answer(&self.session, None, Some(pattern), &turn.captures))
        });
        let mut steps = steps.into_iter();
        // Noise says nothing about which session the client plays.
        let is_noise = self.session.rules().is_noise(&self.session.event(event).name);
        self.scripts.retain_mut(|script| match steps.next().flatten() {
            Some((step_idx, captures)) => {
                script.pass(step_idx, captures);
                true
            }
            None => is_noise,
        });
        if is_valid {
            self.teller.heard(&self.session, event, &heard.payload);
        }
        match (answer, heard.ack) {
            (Some((arguments, captures)), Some(id)) => {
                if let Some(script) = self.scripts.first_mut() {
                    script.captures = captures;
                }
                self.acknowledge(event, id, listed(arguments));
            }
            (None, Some(id)) => self.acknowledge_by_contract(event, id),
            _ => {}
        }
        self.choosing_since = None;
        self.advance(now);
        true
    }

    /// Answers as the contract says, where no session does.
    pub(super) fn reply(&mut self, event: EventIdx, heard: &Heard, now: Duration) {
        if let Some(id) = heard.ack {
            self.acknowledge_by_contract(event, id);
        }
        if let Some(reply) = self.replies(event).first() {
            self.tell(*reply, None, now);
        }
    }

    /// The events that answer `event` by the contract.
    pub(super) fn replies(&self, event: EventIdx) -> Vec<EventIdx> {
        let name = &self.session.event(event).name;
        let contract = &self.session.protocol.contract;
        let replies = contract.exchange(event).map_or(&[][..], |exchange| &exchange.replies);
        let heartbeat = contract.rules.heartbeat.as_ref();
        let pong = heartbeat.filter(|heartbeat| heartbeat.from == Side::Client && heartbeat.ping == *name);
        let pong = pong.and_then(|heartbeat| recognise::event(&self.session, Side::Server, &heartbeat.pong));
        let sends = &self.session.channel().sends;
        replies.iter().copied().chain(pong).filter(|reply| sends.contains(reply)).collect()
    }

    pub(super) fn acknowledge_by_contract(&mut self, event: EventIdx, id: u64) {
        let schema =
            self.session.protocol.contract.exchange(event).and_then(|exchange| exchange.acknowledgement);
        let Some(schema) = schema else {
            let name = &self.session.event(event).name;
            let message = format!("`{name}` asks for an acknowledgement, and the contract names none");
            self.log.push(Entry::warning(self.number, message));
            return self.acknowledge(event, id, Vec::new());
        };
        let (value, _) = self.teller.answer(&self.session, Some(schema), None, &Captures::default());
        self.acknowledge(event, id, listed(value));
    }

    pub(super) fn acknowledge(&mut self, event: EventIdx, id: u64, arguments: Vec<Value>) {
        let name = &self.session.event(event).name;
        self.log.push(Entry::acknowledged(self.number, name, &arguments));
        let attachments = self.attached(&arguments);
        self.todo.push(Do::Acknowledge { id, arguments, attachments });
    }

    /// The client acknowledged what the server said.
    pub fn acknowledged(&mut self, id: u64, now: Duration) {
        self.last_heard = now;
        if self.awaited_ack == Some(id) {
            self.awaited_ack = None;
            self.advance(now);
        } else {
            let message = format!("an acknowledgement with the id {id} came, and nothing asked for it");
            self.log.push(Entry::warning(self.number, message));
        }
    }

    /// What the contract forbids came: it is told, and answered in the way that the contract has for it.
    pub fn reject(&mut self, event: Option<&str>, reason: &str, now: Duration) {
        self.log.push(Entry::rejected(self.number, event, reason));
        if self.manner.is_lenient {
            return;
        }
        let refusal = self.session.rules().refusal.as_ref().and_then(|refusal| refusal.event.as_deref());
        match refusal.and_then(|name| recognise::event(&self.session, Side::Server, name)) {
            Some(answer) => self.tell(answer, None, now),
            None => self.close(1008, reason),
        }
    }
}

/// The arguments that an acknowledgement comes to.
fn listed(value: Value) -> Vec<Value> {
    match value {
        Value::Array(arguments) => arguments,
        Value::Null => Vec::new(),
        argument => vec![argument],
    }
}
