//! A project's room, and what is said in it.

use std::time::{Duration, SystemTime};

use serde_json::json;
use socketioxide::SocketIo;
use socketioxide::extract::SocketRef;
use tokio::time::sleep;

use crate::builder::{Error, ErrorPayload, ErrorPayloadActionsItem, Id, ServerEvent, Timestamp};

/// The namespace of the protocol.
pub const NAMESPACE: &str = "/builder";

/// Why an event could not be made or published.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// The room of a project.
pub fn room(project_id: &str) -> String {
    format!("project:{project_id}")
}

/// A project that something happens in.
#[derive(Debug, Clone)]
pub struct Project {
    pub id: Id,
    pub io: SocketIo,
    /// The pause between two events.
    pub step: Duration,
}

impl Project {
    /// Sends an event to the members, and pauses.
    pub async fn publish<P, E: Into<ServerEvent>>(
        &self,
        make: impl FnOnce(Timestamp, P) -> E,
        payload: P,
    ) -> Result<(), Failure> {
        let event = make(now()?, payload).into();
        if let Some(namespace) = self.io.of(NAMESPACE)
            && let Err(error) = namespace.to(room(&self.id)).emit(event.name(), &event).await
        {
            // One member that is gone or far behind holds up nobody else.
            eprintln!("project {}: {error}", self.id);
        }
        if !self.step.is_zero() {
            sleep(self.step).await;
        }
        Ok(())
    }
}

/// Sends an event to one client.
pub fn emit(socket: &SocketRef, event: impl Into<ServerEvent>) {
    let event = event.into();
    if let Err(error) = socket.emit(event.name(), &event) {
        eprintln!("client {}: {error}", socket.id);
    }
}

/// An `error` in the unified format. `about` is the event that was the cause, if one was.
pub fn error(code: &str, message: &str, about: Option<&str>) -> Result<Error, Failure> {
    let details = about.map_or_else(|| json!({}), |event| json!({ "event": event }));
    let retry = ErrorPayloadActionsItem::new("Retry", "retry".try_into()?);
    let details = serde_json::from_value(details)?;
    Ok(Error::new(now()?, ErrorPayload::new(code.try_into()?, message, details, true, vec![retry])))
}

fn now() -> Result<Timestamp, Failure> {
    let ms = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?.as_millis();
    Ok(u64::try_from(ms)?.try_into()?)
}
