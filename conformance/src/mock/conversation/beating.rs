//! The heartbeat of the server, and how long it waits for a client.

use std::time::Duration;

use handfast_codegen::model::{EventIdx, Side};

use super::Conversation;
use crate::matcher::recognise;

impl Conversation {
    /// The server's ping, where the contract has one on this channel.
    pub(super) fn beat(&self) -> Option<EventIdx> {
        let heartbeat = self.session.rules().heartbeat.as_ref()?;
        let is_ours = heartbeat.from == Side::Server;
        recognise::event(&self.session, Side::Server, &heartbeat.ping).filter(|_| is_ours)
    }

    pub(super) fn beat_interval(&self) -> Option<Duration> {
        let heartbeat = self.session.rules().heartbeat.as_ref()?;
        self.manner
            .heartbeat
            .or(heartbeat.every.map(|every| every.duration()))
            .filter(|every| !every.is_zero())
    }

    pub(super) fn tell_beat(&mut self, now: Duration) {
        if let Some(ping) = self.beat() {
            self.tell(ping, None, now);
        }
    }

    pub(super) fn dead_after(&self) -> Option<Duration> {
        let heartbeat = self.session.rules().heartbeat.as_ref()?;
        let [ping, pong] = heartbeat.events();
        let from_client = if heartbeat.from == Side::Client { ping } else { pong };
        recognise::event(&self.session, Side::Client, from_client)?;
        heartbeat.dead_after.map(|after| after.duration())
    }
}
