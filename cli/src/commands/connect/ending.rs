//! How a conversation ends, and what that is to the one who called.

use handfast_codegen::model::Millis;
use handfast_conformance::transport::Refusal;
use handfast_conformance::verdict::Verdict;

use super::awaited::Awaited;
use super::conversation::LinkState;
use super::text::refused;
use crate::error::Error;
use crate::exit::{FAILED, PASSED};
use crate::plain::plain;

const OTHER_SERVER: &str = "check that `--target` is a server of the contract, and serves this address";

/// How a conversation ended.
#[derive(Debug, Clone, PartialEq)]
pub enum End {
    /// What was waited for came.
    Seen,
    /// The time was over, in which the connection had come to this.
    OutOfTime(Option<Millis>, LinkState),
    /// The user has had enough.
    Interrupted,
    /// The connection is over, in good order or not.
    Closed { is_well: bool },
    /// The server did not let us in.
    Refused(Box<Refusal>),
    /// Nobody answered: why.
    Unreachable(String),
    /// The server's answer was no handshake: why.
    NoHandshake(String),
}

impl End {
    /// The exit code, where `awaited` was waited for.
    pub fn code(&self, awaited: Option<&Awaited>) -> u8 {
        match (self, awaited) {
            (Self::Refused(_) | Self::Unreachable(_), _)
            | (Self::OutOfTime(_, LinkState::New | LinkState::Lost), _) => Verdict::Unreachable.exit_code(),
            (Self::Interrupted, Some(_)) => Verdict::Inconclusive.exit_code(),
            (Self::OutOfTime(..) | Self::Closed { .. }, Some(_)) => FAILED,
            (Self::NoHandshake(_) | Self::Closed { is_well: false }, _) => FAILED,
            (Self::Seen | Self::Interrupted | Self::OutOfTime(..) | Self::Closed { is_well: true }, _) => {
                PASSED
            }
        }
    }

    /// What the user has to know about it.
    pub fn complaint(&self, awaited: Option<&Awaited>, address: &str) -> Option<Error> {
        let message = match (self, awaited) {
            (Self::Refused(refusal), _) => return Some(complaint_of_refusal(refusal, address)),
            (Self::Unreachable(reason), _) => {
                let help = "check that the server is up, and that `--target` is its address and speaks HTTP";
                let reason = plain(reason);
                return Some(Error::new(format!("no server answers at {address}: {reason}")).help(help));
            }
            (Self::NoHandshake(reason), _) => {
                let message = format!("the server's answer at {address} is no handshake: {}", plain(reason));
                return Some(Error::new(message).help(OTHER_SERVER));
            }
            (Self::OutOfTime(timeout, LinkState::New | LinkState::Lost), _) => {
                format!("there is no connection to {address}{}", within(*timeout))
            }
            (Self::OutOfTime(timeout, LinkState::Open), Some(awaited)) => {
                format!("{awaited} was not seen{}", within(*timeout))
            }
            (Self::Closed { .. }, Some(awaited)) => format!("the connection ended before {awaited} was seen"),
            (Self::Interrupted, Some(awaited)) => format!("interrupted before {awaited} was seen"),
            _ => return None,
        };
        Some(Error::new(message))
    }
}

fn complaint_of_refusal(refusal: &Refusal, address: &str) -> Error {
    let said = refused(refusal);
    let message = match refusal.status {
        Some(200..300) => format!("the server's answer at {address} opens no connection: {said}"),
        _ => format!("the server refuses the connection at {address}: {said}"),
    };
    let help = match refusal.status {
        None | Some(401 | 403) => "check the token: `--token-env NAME` names the variable that holds it",
        _ => OTHER_SERVER,
    };
    Error::new(message).help(help)
}

fn within(timeout: Option<Millis>) -> String {
    timeout.map_or_else(String::new, |timeout| format!(" within {timeout}"))
}
