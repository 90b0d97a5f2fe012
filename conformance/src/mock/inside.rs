//! The rooms that a client is in: what happens in others is not told to it.

use handfast_codegen::model::name_matches;
use serde_json::Value;

use crate::session::Session;

/// The most rooms that are remembered of a rule.
const MAX_ROOMS: usize = 10_000;

/// Per rule of the contract: the rooms that a client is in, the latest last.
#[derive(Debug)]
pub struct Inside(Vec<Vec<Value>>);

impl Inside {
    /// In none of them.
    pub fn new(session: &Session) -> Self {
        Self(vec![Vec::new(); session.rules().rooms.len()])
    }

    /// The client said this, and has entered or left a room where it says so.
    pub fn heard(&mut self, session: &Session, name: &str, payload: &Value) {
        for (rule, rooms) in session.rules().rooms.iter().zip(&mut self.0) {
            let room = |pointer: Option<&String>| pointer.and_then(|pointer| payload.pointer(pointer));
            let (entered, left) = (room(rule.enter.get(name)), room(rule.leave.get(name)));
            rooms.retain(|room| Some(room) != entered && Some(room) != left);
            rooms.extend(entered.filter(|_| rooms.len() < MAX_ROOMS).cloned());
        }
    }

    /// Where the event `name` says of which room it is, and the rooms of which the client hears it; nothing where everybody
    /// does.
    pub fn of<'i>(&'i self, session: &'i Session, name: &str) -> Option<(&'i str, &'i [Value])> {
        session.rules().rooms.iter().zip(&self.0).find_map(|(rule, rooms)| {
            let (_, pointer) = rule.events.iter().find(|(pattern, _)| name_matches(pattern, name))?;
            Some((pointer.as_str(), rooms.as_slice()))
        })
    }
}
