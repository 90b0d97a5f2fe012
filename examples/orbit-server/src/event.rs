//! One event, serialised once however many clients receive it.

use axum::extract::ws::Utf8Bytes;
use handfast::{DateTime, Uuid};

use crate::orbit::ServerEvent;

/// Why an event could not be made or published.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// An event as clients receive it.
#[derive(Debug)]
pub struct Event {
    /// Its id.
    pub id: Uuid,
    /// Its type.
    pub name: String,
    /// All of it, as JSON on one line.
    pub json: Utf8Bytes,
}

impl Event {
    /// Gives an event its id and timestamp, now.
    ///
    /// # Errors
    /// The event is none that the contract allows.
    pub fn now<E: Into<ServerEvent>>(make: impl FnOnce(Uuid, DateTime) -> E) -> Result<Self, Failure> {
        let id = new_id();
        let timestamp = format!("{:.3}", jiff::Timestamp::now()).try_into()?;
        let event = make(id.clone(), timestamp).into();
        Ok(Self { id, name: event.name().to_owned(), json: serde_json::to_string(&event)?.into() })
    }

    /// Reads an event that was published before.
    ///
    /// # Errors
    /// It is none that the contract allows.
    pub fn from_json(text: &str) -> Result<Self, Failure> {
        let event = ServerEvent::from_slice(text.as_bytes())?;
        let id = event.to_value()?["id"].as_str().unwrap_or_default().try_into()?;
        Ok(Self { id, name: event.name().to_owned(), json: text.into() })
    }
}

/// An id that was never used.
pub fn new_id() -> Uuid {
    uuid::Uuid::new_v4().into()
}
