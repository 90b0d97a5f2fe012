//! Which events have been seen before the connection was lost, so that what a server sends again is not news.

use std::collections::{HashMap, VecDeque};

use handfast_codegen::model::Extension;
use serde_json::Value;

/// How many ids are kept; a server has no reason to send more than that again.
const MAX_IDS: usize = 65_536;

/// The ids of the events of all connections, the latest.
#[derive(Debug, Default)]
pub struct Seen {
    /// On which connection each came first.
    connections: HashMap<String, usize>,
    order: VecDeque<String>,
    n_connected: usize,
}

impl Seen {
    /// There is a new connection.
    pub fn connected(&mut self) {
        self.n_connected += 1;
    }

    /// Whether the event came on an earlier connection already. On the same one, a repetition is worth seeing.
    pub fn is_repeated(&mut self, id: String) -> bool {
        if let Some(connection) = self.connections.get(&id) {
            return *connection < self.n_connected;
        }
        self.connections.insert(id.clone(), self.n_connected);
        self.order.push_back(id);
        if self.order.len() > MAX_IDS
            && let Some(oldest) = self.order.pop_front()
        {
            self.connections.remove(&oldest);
        }
        false
    }
}

/// What tells the event from all others, where the contract says what that is: the id that resumes, or a value that never
/// repeats.
pub fn id(rules: &Extension, name: &str, payload: &Value) -> Option<String> {
    let never_repeats = || rules.unique.iter().find(|rule| rule.key.is_none() && rule.covers(name));
    let pointer = rules.resume.as_ref().map(|resume| &resume.id).or_else(|| Some(&never_repeats()?.value))?;
    payload.pointer(pointer).filter(|id| !id.is_null()).map(ToString::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_on_an_earlier_connection_is_no_news() {
        let mut seen = Seen::default();
        seen.connected();
        assert!(!seen.is_repeated("a".into()));
        assert!(!seen.is_repeated("a".into()));
        seen.connected();
        assert!(seen.is_repeated("a".into()));
        assert!(!seen.is_repeated("b".into()));
        seen.connected();
        assert!(seen.is_repeated("b".into()));
    }

    #[test]
    fn memory_is_bounded() {
        let mut seen = Seen::default();
        seen.connected();
        for n in 0..=MAX_IDS {
            seen.is_repeated(n.to_string());
        }
        seen.connected();
        assert!(!seen.is_repeated("0".into()));
        assert!(seen.is_repeated(MAX_IDS.to_string()));
        assert_eq!(seen.connections.len(), seen.order.len());
    }
}
