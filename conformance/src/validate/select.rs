//! Finds what documents are judged by: a schema, one event of a contract, or the event that each of them names.

use std::collections::HashMap;
use std::fmt;

use handfast_codegen::diagnostic::nearest;
use handfast_codegen::model::{Contract, Event, EventIdx, SchemaIdx, Side};
use handfast_codegen::{Compiled, Document};

/// What is said about the documents beforehand.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// All of them are events of this name.
    pub event: Option<String>,
    /// All of them are sent by this side.
    pub from: Option<Side>,
}

/// What becomes of events that a contract does not know.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Unknown {
    /// They are told and counted: a newer peer may send them.
    #[default]
    Ignore,
    /// They are invalid.
    Fail,
}

/// Why documents can't be judged by what was selected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SelectionError {
    /// What was found and what was wanted.
    pub message: String,
    /// A line that can be acted on.
    pub help: String,
}

impl fmt::Display for SelectionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.message, self.help)
    }
}

impl std::error::Error for SelectionError {}

/// What documents are judged by.
#[derive(Debug)]
pub(super) enum By {
    /// A schema.
    Schema(SchemaIdx),
    /// One event.
    Event(String, Payloads),
    /// The event that each names.
    Names(Names),
}

/// The schemas of the events of one name, one of which has to accept: each side may have its own. None at all accepts
/// anything.
pub(super) type Payloads = Vec<SchemaIdx>;

/// Events that say their names.
#[derive(Debug)]
pub(super) struct Names {
    /// JSON Pointer to the name.
    pub pointer: String,
    /// Where the contract says so.
    pub said_at: String,
    /// What each is judged by.
    pub payloads: HashMap<String, Payloads>,
}

impl Names {
    /// A known name like `name`.
    pub fn nearest(&self, name: &str) -> Option<&str> {
        // The distance is quadratic in the length, and nobody mistypes a long name into a known one.
        let longest = self.payloads.keys().map(String::len).max().unwrap_or(0);
        let mut known: Vec<&str> = self.payloads.keys().map(String::as_str).collect();
        known.sort_unstable();
        if name.len() > 2 * longest { None } else { nearest(name, &known) }
    }
}

/// What `selection` selects of `document`.
pub(super) fn select(document: &Document, selection: &Selection) -> Result<By, SelectionError> {
    match document {
        Document::Schema(_) if selection.event.is_some() || selection.from.is_some() => Err(SelectionError {
            message: "a schema has no events to choose from".to_owned(),
            help: "leave out `--event` and `--from`, or give a contract".to_owned(),
        }),
        Document::Schema(schema) => Ok(By::Schema(schema.root)),
        Document::Contract(compiled) => Candidates::new(compiled, selection.from).select(selection),
    }
}

struct Candidates<'c> {
    contract: &'c Contract,
    events: Vec<EventIdx>,
}

impl<'c> Candidates<'c> {
    fn new(compiled: &'c Compiled, from: Option<Side>) -> Self {
        let contract = &compiled.contract;
        let all = || contract.events().map(|(index, _)| index).collect();
        Self { contract, events: from.map_or_else(all, |side| contract.direction(side)) }
    }

    fn select(&self, selection: &Selection) -> Result<By, SelectionError> {
        let mut payloads = self.payloads();
        match (&selection.event, self.contract.rules.name_pointer()) {
            (Some(name), _) => match payloads.remove(name) {
                Some(payloads) => Ok(By::Event(name.clone(), payloads)),
                None => Err(self.no_such_event(name, selection.from)),
            },
            (None, Some(pointer)) => {
                Ok(By::Names(Names { pointer: pointer.to_owned(), said_at: self.said_at(), payloads }))
            }
            (None, None) => Err(SelectionError {
                message: format!("the events of `{}` are named by what carries them", self.contract.title),
                help: format!("say which with `--event NAME`: {}", self.names().join(", ")),
            }),
        }
    }

    fn events(&self) -> impl Iterator<Item = &Event> {
        self.events.iter().map(|index| &self.contract[*index])
    }

    fn payloads(&self) -> HashMap<String, Payloads> {
        let mut payloads: HashMap<String, Option<Payloads>> = HashMap::new();
        for event in self.events() {
            let of_name = payloads.entry(event.name.clone()).or_insert_with(|| Some(Vec::new()));
            match (of_name.as_mut(), event.payload) {
                (Some(known), Some(payload)) if !known.contains(&payload) => known.push(payload),
                (_, None) => *of_name = None,
                _ => {}
            }
        }
        payloads.into_iter().map(|(name, payloads)| (name, payloads.unwrap_or_default())).collect()
    }

    fn names(&self) -> Vec<&str> {
        let mut names: Vec<_> = self.events().map(|event| event.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    fn no_such_event(&self, name: &str, from: Option<Side>) -> SelectionError {
        let names = self.names();
        let sender = match from {
            None => "",
            Some(Side::Server) => " that the server sends",
            Some(Side::Client) => " that the client sends",
        };
        let known = names.join(", ");
        SelectionError {
            message: format!("`{name}` is no event of `{}`{sender}", self.contract.title),
            help: match nearest(name, &names) {
                Some(near) => format!("did you mean `{near}`? Known are {known}"),
                None => format!("known are {known}"),
            },
        }
    }

    /// Where the contract says where names stand.
    fn said_at(&self) -> String {
        let file = self.contract.files.first().and_then(|path| path.file_name());
        let file = file.unwrap_or_default().to_string_lossy();
        format!("{file}#/x-handfast/event-name")
    }
}
