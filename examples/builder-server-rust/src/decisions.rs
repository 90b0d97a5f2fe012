//! The questions that builds are waiting on.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;

use crate::builder::{Id, UserDecisionResponse};

/// All open questions, by the id of their decision.
#[derive(Debug, Default)]
pub struct Decisions(Mutex<HashMap<String, Question>>);

#[derive(Debug)]
struct Question {
    room: String,
    options: &'static [&'static str],
    answer: oneshot::Sender<&'static str>,
}

/// An answer that names none of the options.
#[derive(Debug)]
pub struct NoSuchOption;

impl Decisions {
    /// Opens a question to a room. The answer is the id of an option.
    pub fn ask(
        &self,
        id: &Id,
        room: String,
        options: &'static [&'static str],
    ) -> oneshot::Receiver<&'static str> {
        let (answer, answered) = oneshot::channel();
        self.lock().insert(id.to_string(), Question { room, options, answer });
        answered
    }

    /// Closes a question, which nobody has answered perhaps.
    pub fn close(&self, id: &Id) {
        self.lock().remove(&**id);
    }

    /// Takes the answer of a client in these rooms. One that comes too late, or from outside of the project, is ignored.
    ///
    /// # Errors
    /// The question has no such option; it stays open.
    pub fn answer(&self, response: &UserDecisionResponse, rooms: &[String]) -> Result<(), NoSuchOption> {
        let mut open = self.lock();
        let id = &*response.decision_id;
        let Some(question) = open.get(id).filter(|question| rooms.contains(&question.room)) else {
            return Ok(());
        };
        let selected = question.options.iter().find(|option| **option == &*response.selected_option_id);
        let selected = *selected.ok_or(NoSuchOption)?;
        if let Some(question) = open.remove(id) {
            // A build that waits no longer has taken the default.
            let _ = question.answer.send(selected);
        }
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Question>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
