//! When a server that the runner starts is ready.

use std::fmt;
use std::time::Duration;

use regex::Regex;
use tokio::time::sleep;
use url::Url;

use super::output::Output;
use super::server::{PAUSE, authority, connect};
use crate::matcher::Settings;
use crate::transport::http;

/// How long one answer may take that is to say whether the server is ready.
const ANSWER: Duration = Duration::from_secs(10);
/// The largest such answer that is read, in bytes.
const ANSWER_BYTES: usize = 1 << 20;

/// What shows that a server is ready.
#[derive(Debug, Clone)]
pub enum Ready {
    /// It accepts connections at the target.
    Port,
    /// A GET of this URL is answered with 2xx.
    Answer(Url),
    /// It prints a line that matches.
    Line(Regex),
}

impl Ready {
    /// Reads `port`, a URL, or `line:` and a regular expression.
    ///
    /// # Errors
    /// It is none of these.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text == "port" {
            return Ok(Self::Port);
        }
        if let Some(pattern) = text.strip_prefix("line:") {
            let pattern = Regex::new(pattern);
            return pattern.map(Self::Line).map_err(|error| format!("it is no regular expression: {error}"));
        }
        match Url::parse(text) {
            Ok(url) if matches!(url.scheme(), "http" | "https") => Ok(Self::Answer(url)),
            _ => Err("write `port`, a URL (http or https), or `line:REGEX`".to_owned()),
        }
    }

    /// The line that is waited for.
    pub(super) fn line(&self) -> Option<Regex> {
        if let Self::Line(line) = self { Some(line.clone()) } else { None }
    }

    /// Waits until the server is ready, for ever if it never is.
    pub(super) async fn wait(&self, settings: &Settings, output: &Output) -> Result<(), String> {
        match self {
            Self::Port => {
                while connect(&settings.target).await.is_err() {
                    sleep(PAUSE).await;
                }
            }
            Self::Answer(url) => {
                let client = http::Client::new(&settings.tls).map_err(|error| error.to_string())?;
                let request = request(url);
                while !is_well(&client, &request).await {
                    sleep(PAUSE).await;
                }
            }
            Self::Line(_) => output.come().await,
        }
        Ok(())
    }

    /// What a server was to do.
    pub(super) fn wanted(&self, target: &Url) -> String {
        match self {
            Self::Port => format!("accept connections at {}", authority(target)),
            Self::Answer(url) => format!("answer {url} with 2xx"),
            Self::Line(line) => format!("print a line that matches `{line}`"),
        }
    }

    /// What a server that ended had not done.
    pub(super) fn before(&self) -> &'static str {
        match self {
            Self::Port => "it accepted connections",
            Self::Answer(_) | Self::Line(_) => "it was ready",
        }
    }
}

fn request(url: &Url) -> http::Request {
    http::Request {
        method: "GET".to_owned(),
        url: url.clone(),
        headers: Vec::new(),
        body: None,
        raw: None,
        within: ANSWER,
        body_bytes: ANSWER_BYTES,
    }
}

async fn is_well(client: &http::Client, request: &http::Request) -> bool {
    client.request(request).await.is_ok_and(|answer| (200..300).contains(&answer.status))
}

/// As it is written.
impl fmt::Display for Ready {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Port => f.write_str("port"),
            Self::Answer(url) => write!(f, "{url}"),
            Self::Line(line) => write!(f, "line:{line}"),
        }
    }
}

impl PartialEq for Ready {
    fn eq(&self, other: &Self) -> bool {
        self.to_string() == other.to_string()
    }
}

impl Eq for Ready {}
