//! Reads HAR files, which browsers and proxies write: Chrome's dialect, Playwright's and mitmproxy's. Touches no disk.
//!
//! HAR 1.2 knows requests and answers. The messages of WebSockets and streams stand in members that Chrome invented and others
//! took over with differences: times in seconds or milliseconds, messages in a file beside.

mod archive;
mod entry;
mod gather;
mod messages;

use std::fmt;

use serde::Deserialize;

use self::archive::Archive;
use self::entry::HarEntry;
use super::trace::Trace;

/// Gives the text of a file that a HAR refers to.
pub type Attached<'a> = dyn Fn(&str) -> Result<String, String> + 'a;

#[derive(Debug, Deserialize)]
struct HarFile {
    log: HarLog,
}

#[derive(Debug, Deserialize)]
struct HarLog {
    #[serde(default)]
    entries: Vec<HarEntry>,
}

/// What a HAR file holds.
#[derive(Debug, Default)]
pub struct Har {
    /// Its connections, in order.
    pub traces: Vec<Trace>,
    /// What it can't hold, or holds and can't be read.
    pub notes: Vec<String>,
}

/// Why a file is no HAR.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HarError(String);

impl fmt::Display for HarError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for HarError {}

/// Reads the HAR file that `text` is, or that is in the ZIP file that it is: then with what it refers to.
///
/// # Errors
/// It is none.
pub fn read(text: &[u8], attached: &Attached<'_>) -> Result<Har, HarError> {
    match Archive::of(text)? {
        Some(archive) => read_plain(&archive.har()?, &|name| archive.attached(name)),
        None => read_plain(text, attached),
    }
}

fn read_plain(text: &[u8], attached: &Attached<'_>) -> Result<Har, HarError> {
    let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
    let file: HarFile = serde_json::from_slice(text).map_err(|error| HarError(error.to_string()))?;
    Ok(gather::gather(file.log.entries, attached))
}

#[cfg(test)]
mod tests;
