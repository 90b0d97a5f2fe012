//! The ways in which a handshake fails.

use std::fmt;
use std::time::Duration;

use tokio::time::timeout;

use super::{Closing, Observed, Observer, Peer, Refusal, printable};

/// Why a connection did not open.
#[derive(Debug)]
pub(super) enum NotOpened {
    /// The server said no.
    Refused(Box<Refusal>),
    /// Nobody answered in HTTP.
    Unreachable(String),
    /// The server said yes, but not in this protocol.
    Malformed { raw: String, reason: String },
}

impl NotOpened {
    /// Reports the failure, and the end of the connection.
    pub(super) async fn report(self, observer: &Observer) {
        match self {
            Self::Refused(refusal) => observer.saw(Observed::Refused(*refusal)).await,
            Self::Unreachable(reason) => observer.saw(Observed::Unreachable(reason)).await,
            Self::Malformed { raw, reason } => {
                let closing = Closing { by: Peer::Client, reason: reason.clone(), ..Closing::default() };
                observer.saw(Observed::Malformed { raw: printable(&raw), reason }).await;
                observer.saw(Observed::Closed(closing)).await;
            }
        }
    }
}

impl fmt::Display for NotOpened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refusal) => write!(f, "HTTP {}", refusal.status.unwrap_or_default()),
            Self::Unreachable(reason) | Self::Malformed { reason, .. } => f.write_str(reason),
        }
    }
}

/// Runs a handshake until its deadline.
pub(super) async fn within<T>(
    limit: Duration,
    handshake: impl Future<Output = Result<T, NotOpened>>,
) -> Result<T, NotOpened> {
    match timeout(limit, handshake).await {
        Ok(result) => result,
        Err(_) => Err(NotOpened::Unreachable(format!("the handshake is not over after {limit:?}"))),
    }
}
