//! From a trace to sessions: what was said is read from the frames, what changes from run to run becomes matchers and captures,
//! and the rest is written down. Pure: what goes in has no secrets in it, what comes out is text.

mod captures;
mod compare;
mod connect;
mod conversation;
mod engine;
mod group;
mod guaranteed;
mod pattern;
mod places;
mod render;
mod requests;
mod schema;
pub(crate) mod yaml;

use handfast_codegen::model::EventIdx;

use crate::session::Protocol;

pub use conversation::{Conversation, conversations};
pub(super) use places::leaves;

/// What a session's file says beside its steps.
#[derive(Debug, Clone)]
pub struct Heading {
    /// The session's name.
    pub name: String,
    /// The contract, relative to the session's file.
    pub contract: String,
}

/// A conversation as a session's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    /// The file.
    pub text: String,
    /// How many steps it has.
    pub n_steps: usize,
    /// The environment variables that it wants.
    pub variables: Vec<String>,
}

/// Writes `conversation` down. What differs between it and `other`, a second recording of the same, becomes a matcher, and
/// what doesn't stays as it is.
pub fn script(
    protocol: &Protocol,
    conversation: &Conversation,
    other: Option<&Conversation>,
    heading: &Heading,
) -> Script {
    let mut steps = group::steps(protocol, conversation);
    guaranteed::keep(protocol, &mut steps);
    let compared = other.map(|other| compare::compare(&mut steps, &group::steps(protocol, other)));
    group::merge(protocol, conversation, &mut steps, compared.as_ref());
    let captures = captures::find(protocol, &steps);
    let rendering = render::Rendering { protocol, conversation, steps: &steps, captures: &captures };
    render::session(&rendering, heading)
}

/// What a channel's event is called, for notes.
fn name(protocol: &Protocol, event: EventIdx) -> &str {
    &protocol.contract[event].name
}

#[cfg(test)]
mod tests;
