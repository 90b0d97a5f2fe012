//! What the environment says about how the server runs.

use std::fmt;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::time::Duration;

const ANY_MS: RangeInclusive<u64> = 0..=i32::MAX as u64;

/// All settings; the tests make theirs without an environment.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where to listen.
    pub host: String,
    /// Where to listen; 0 takes a free one.
    pub port: u16,
    /// The token that is accepted.
    pub token: String,
    /// Whether nobody gave a token.
    pub is_token_made: bool,
    /// Serves HTTPS and WSS.
    pub tls: Option<Tls>,
    /// The pause between two events of a task. Without one, all of them are published at once.
    pub step: Duration,
    /// The pause between two `container.metrics`.
    pub metrics: Duration,
    /// How many events a client can resume over.
    pub n_history: usize,
    /// Where the events are kept, so that clients can resume over a restart of the server.
    pub event_log: Option<PathBuf>,
    /// How many events may wait for one client before it is dropped.
    pub n_queue: usize,
    /// How long a stream is silent before a comment keeps it alive.
    pub heartbeat: Duration,
}

/// How the server proves who it is.
#[derive(Debug, Clone, Default)]
pub struct Tls {
    /// Where to write the certificate that clients have to trust (PEM).
    pub certificate_out: Option<PathBuf>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            host: "127.0.0.1".to_owned(),
            port: 0,
            token: uuid::Uuid::new_v4().simple().to_string(),
            is_token_made: true,
            tls: None,
            step: Duration::from_millis(20),
            metrics: Duration::from_secs(1),
            n_history: 1000,
            event_log: None,
            n_queue: 256,
            heartbeat: Duration::from_secs(15),
        }
    }
}

impl Settings {
    /// Reads the environment; what is not set or empty stays as it is by default.
    ///
    /// # Errors
    /// A variable that makes no sense.
    pub fn from_environment() -> Result<Self, InvalidSetting> {
        let default = Self::default();
        let token = variable("ORBIT_TOKEN");
        let ms = |name, range, default: Duration| {
            number(name, range, default.as_millis() as u64).map(Duration::from_millis)
        };
        Ok(Self {
            host: variable("HOST").unwrap_or(default.host),
            port: number("PORT", 0..=u16::MAX.into(), 7443)? as u16,
            is_token_made: token.is_none(),
            token: token.unwrap_or(default.token),
            tls: tls()?,
            step: ms("STEP_MS", ANY_MS, default.step)?,
            metrics: ms("METRICS_MS", 1..=*ANY_MS.end(), default.metrics)?,
            n_history: number("HISTORY", ANY_MS, default.n_history as u64)? as usize,
            event_log: variable("EVENT_LOG").map(PathBuf::from),
            ..default
        })
    }
}

fn tls() -> Result<Option<Tls>, InvalidSetting> {
    match variable("TLS") {
        None => Ok(None),
        Some(mode) if mode == "self-signed" => {
            Ok(Some(Tls { certificate_out: variable("TLS_CERT_OUT").map(PathBuf::from) }))
        }
        Some(value) => {
            Err(InvalidSetting { name: "TLS", value, wanted: "`self-signed` or nothing".to_owned() })
        }
    }
}

fn number(name: &'static str, range: RangeInclusive<u64>, default: u64) -> Result<u64, InvalidSetting> {
    let Some(value) = variable(name) else { return Ok(default) };
    value.parse().ok().filter(|number| range.contains(number)).ok_or_else(|| InvalidSetting {
        name,
        value,
        wanted: format!("a whole number from {} to {}", range.start(), range.end()),
    })
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// A variable of the environment that makes no sense.
#[derive(Debug)]
pub struct InvalidSetting {
    name: &'static str,
    value: String,
    wanted: String,
}

impl fmt::Display for InvalidSetting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is `{}`, expected {}", self.name, self.value, self.wanted)
    }
}

impl std::error::Error for InvalidSetting {}
