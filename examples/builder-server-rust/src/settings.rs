//! What the environment says about how the server runs.

use std::fmt;
use std::ops::RangeInclusive;
use std::time::Duration;

const MAX_MS: u64 = i32::MAX as u64;

/// All settings; the tests make theirs without an environment.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where to listen.
    pub host: String,
    /// Where to listen; 0 takes a free one.
    pub port: u16,
    /// The HS256 secret of the tokens.
    pub jwt_secret: Vec<u8>,
    /// Whether nobody gave a secret.
    pub is_secret_made: bool,
    /// The pause between two events of a build or deployment.
    pub step: Duration,
    /// The pause between two `ping`.
    pub heartbeat: Duration,
    /// How long a build waits for its user.
    pub decision_timeout: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            host: "127.0.0.1".to_owned(),
            port: 0,
            jwt_secret: [uuid::Uuid::new_v4(), uuid::Uuid::new_v4()].map(uuid::Uuid::into_bytes).concat(),
            is_secret_made: true,
            step: Duration::from_millis(20),
            heartbeat: Duration::from_secs(30),
            decision_timeout: Duration::from_secs(300),
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
        let secret = variable("JWT_SECRET");
        let ms = |name, range, default: Duration| {
            number(name, range, default.as_millis() as u64).map(Duration::from_millis)
        };
        Ok(Self {
            host: variable("HOST").unwrap_or(default.host),
            port: number("PORT", 0..=u16::MAX.into(), 3001)? as u16,
            is_secret_made: secret.is_none(),
            jwt_secret: secret.map_or(default.jwt_secret, String::into_bytes),
            step: ms("STEP_MS", 0..=MAX_MS, default.step)?,
            heartbeat: ms("HEARTBEAT_MS", 1..=MAX_MS, default.heartbeat)?,
            ..default
        })
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
