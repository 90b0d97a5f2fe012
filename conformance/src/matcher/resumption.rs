//! What a server sends again after a resume: all that came after the resume point, in the same order, and nothing else.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use crate::verdict::{Failure, Verdict};

/// The rule's name.
pub const RULE: &str = "resume";

/// The ids of a session's events, over all its connections.
#[derive(Debug, Default)]
pub struct Resumption {
    /// In the order in which they came first.
    ids: Vec<Arc<str>>,
    places: HashMap<Arc<str>, usize>,
    /// Those at or before the resume point.
    n_before: usize,
    /// Those after it, which come again.
    again: VecDeque<Arc<str>>,
}

impl Resumption {
    /// The connection is opened again after `point`.
    pub fn resumed(&mut self, point: Option<&str>) {
        self.again.clear();
        self.n_before = 0;
        let Some(n) = point.and_then(|point| self.places.get(point)) else { return };
        self.n_before = n + 1;
        self.again.extend(self.ids.iter().skip(self.n_before).cloned());
    }

    /// An event with this id came.
    pub fn saw(&mut self, name: &str, id: &Arc<str>) -> Option<Failure> {
        if self.places.get(id).is_some_and(|place| *place < self.n_before) {
            let message =
                format!("`{name}` with the id `{id}` came again, and it is not after the resume point");
            return Some(failure(Some(name), message));
        }
        match self.again.front() {
            None => {
                self.places.entry(Arc::clone(id)).or_insert(self.ids.len());
                self.ids.push(Arc::clone(id));
                None
            }
            Some(wanted) if wanted == id => {
                self.again.pop_front();
                None
            }
            Some(wanted) => {
                let message =
                    format!("`{name}` with the id `{id}` came, and `{wanted}` was to come again first");
                // One gap is told once.
                self.again.clear();
                Some(failure(Some(name), message))
            }
        }
    }

    /// Nothing more comes.
    pub fn ended(&mut self) -> Option<Failure> {
        let wanted = self.again.pop_front()?;
        self.again.clear();
        Some(failure(None, format!("the event with the id `{wanted}` did not come again after the resume")))
    }
}

fn failure(event: Option<&str>, message: String) -> Failure {
    Failure { event: event.map(str::to_owned), ..Failure::new(Verdict::Failed, RULE, message) }
}
