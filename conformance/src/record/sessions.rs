//! The sessions of a recording: takes traces as they come, and gives the files that are to be written. Touches no disk.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::script::{Conversation, Heading, Script, conversations, script};
use super::trace::Trace;
use super::{Secrets, raw};
use crate::session::Protocol;

/// Makes files of traces.
#[derive(Debug)]
pub struct Sessions {
    protocol: Arc<Protocol>,
    secrets: Secrets,
    /// A recording of the same, to find what differs.
    other: Vec<Conversation>,
    /// The first session's file; those after it are numbered.
    out: PathBuf,
    /// The contract, relative to the sessions' folder.
    contract: String,
    n_connections: usize,
    n_sessions: usize,
}

/// What becomes of a trace.
#[derive(Debug, Default)]
pub struct Written {
    /// Its lines for the raw file.
    pub raw: String,
    /// The sessions, each with its file and its channel.
    pub sessions: Vec<(PathBuf, String, Script)>,
    /// What a session can't hold, or what the contract does not know.
    pub notes: Vec<String>,
}

impl Sessions {
    /// Sessions for `out` and its neighbours, by a contract that is `contract` to them.
    pub fn new(protocol: Arc<Protocol>, out: &Path, contract: String) -> Self {
        let secrets = Secrets::new(&protocol.contract);
        let (other, out) = (Vec::new(), out.to_path_buf());
        Self { protocol, secrets, other, out, contract, n_connections: 0, n_sessions: 0 }
    }

    /// Compares with `traces`, another recording of the same: its secrets go by the same names.
    pub fn compare_with(&mut self, traces: Vec<Trace>) {
        for mut trace in traces {
            Secrets::new(&self.protocol.contract).redact(&mut trace);
            self.other.extend(conversations(&self.protocol, &trace, &mut Vec::new()));
        }
    }

    /// How many sessions there are by now.
    pub const fn n_sessions(&self) -> usize {
        self.n_sessions
    }

    /// The files of `trace`. Its secrets are replaced before anything else is done with it.
    pub fn take(&mut self, mut trace: Trace) -> Written {
        self.secrets.redact(&mut trace);
        self.n_connections += 1;
        let mut written = Written { raw: raw::lines(self.n_connections, &trace), ..Written::default() };
        for conversation in conversations(&self.protocol, &trace, &mut written.notes) {
            self.n_sessions += 1;
            let path = self.path();
            let name = path
                .file_stem()
                .map_or_else(String::new, |stem| stem.to_string_lossy().replace(['-', '_'], " "));
            let heading = Heading { name, contract: self.contract.clone() };
            let other = self.counterpart(conversation.channel_idx);
            let script = script(&self.protocol, &conversation, other.as_ref(), &heading);
            let channel = self.protocol.contract.channels[conversation.channel_idx].key.clone();
            written.notes.extend(conversation.notes);
            written.sessions.push((path, channel, script));
        }
        written
    }

    /// The other recording's next conversation on the same channel.
    fn counterpart(&mut self, channel_idx: usize) -> Option<Conversation> {
        let next = self.other.iter().position(|other| other.channel_idx == channel_idx)?;
        Some(self.other.remove(next))
    }

    /// `install.yaml`, then `install-2.yaml`, …
    fn path(&self) -> PathBuf {
        if self.n_sessions == 1 {
            return self.out.clone();
        }
        let stem = self.out.file_stem().map_or_else(|| "session".into(), |stem| stem.to_string_lossy());
        let extension =
            self.out.extension().map_or_else(|| "yaml".into(), |extension| extension.to_string_lossy());
        self.out.with_file_name(format!("{stem}-{}.{extension}", self.n_sessions))
    }
}
