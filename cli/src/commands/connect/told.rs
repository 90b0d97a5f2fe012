//! What there is to tell: what crosses the wire, and what becomes of the connection.

use std::time::Duration;

use handfast_conformance::transport::{Closing, Refusal};
use handfast_conformance::validate::{Heard, Worth};
use serde_json::Value;

use super::outgoing::Sending;

/// Something that crossed the wire.
#[derive(Debug)]
pub enum Told<'t> {
    /// An event that the client sent.
    Sent(&'t Sending),
    /// An event that the server sent.
    Received(Received<'t>),
    /// What acknowledges an event of the client.
    Acknowledged {
        /// That event's name.
        request: &'t str,
        /// The arguments.
        payload: &'t Value,
        /// What they are worth.
        worth: &'t Worth,
        /// The lengths of binary attachments, in bytes.
        attachments: Vec<usize>,
    },
    /// Bytes of the server that are no event.
    Malformed {
        /// The bytes, as far as they can be shown.
        raw: &'t str,
        /// Why they are none.
        reason: &'t str,
    },
}

/// An event of the server.
#[derive(Debug)]
pub struct Received<'t> {
    /// What it is, and what it is worth.
    pub heard: &'t Heard,
    /// The known name that an unknown one is near to.
    pub near: Option<&'t str>,
    /// Whether the server asks for an acknowledgement.
    pub asks: bool,
    /// The lengths of binary attachments, in bytes.
    pub attachments: Vec<usize>,
}

/// What becomes of the connection.
#[derive(Debug)]
pub enum Link<'t> {
    /// It is open.
    Open {
        /// The channel's key.
        channel: &'t str,
        /// Where it leads.
        url: &'t str,
    },
    /// It is over.
    Closed(&'t Closing),
    /// The server says no.
    Refused(&'t Refusal),
    /// Nobody answers.
    Unreachable(&'t str),
    /// It will be opened again after a pause.
    Again {
        /// The pause.
        pause: Duration,
        /// The number of the attempt, from 1.
        attempt: u32,
        /// Where the server is asked to go on.
        last_event_id: Option<&'t str>,
    },
}
