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
    /// Conversations that a client may resume, the latest last.
    ended: Vec<Ended>,
}

/// How many conversations are kept for a client that comes back.
const MAX_ENDED: usize = 64;

/// A conversation that was written.
#[derive(Debug)]
struct Ended {
    conversation: Conversation,
    other: Option<Conversation>,
    path: PathBuf,
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
        Self { protocol, secrets, other, out, contract, n_connections: 0, n_sessions: 0, ended: Vec::new() }
    }

    /// Compares with `traces`, another recording of the same: its secrets go by the same names.
    pub fn compare_with(&mut self, traces: Vec<Trace>) {
        for mut trace in traces {
            Secrets::new(&self.protocol.contract).redact(&mut trace);
            for conversation in conversations(&self.protocol, &trace, &mut Vec::new()) {
                let next = resumed(self.other.iter_mut(), conversation);
                self.other.extend(next);
            }
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
        for mut conversation in conversations(&self.protocol, &trace, &mut written.notes) {
            written.notes.append(&mut conversation.notes);
            let n = self.place(conversation);
            let Ended { conversation, other, path } = &self.ended[n];
            let name = path
                .file_stem()
                .map_or_else(String::new, |stem| stem.to_string_lossy().replace(['-', '_'], " "));
            let heading = Heading { name, contract: self.contract.clone() };
            let script = script(&self.protocol, conversation, other.as_ref(), &heading);
            let channel = self.protocol.contract.channels[conversation.channel_idx].key.clone();
            written.sessions.push((path.clone(), channel, script));
        }
        written
    }

    /// Where `conversation` stands among those that ended: in the place of the one that it resumes, or at the end.
    fn place(&mut self, conversation: Conversation) -> usize {
        let mut conversation = Box::new(conversation);
        for (n, ended) in self.ended.iter_mut().enumerate().rev() {
            match ended.conversation.resume(*conversation) {
                Ok(()) => return n,
                Err(next) => conversation = next,
            }
        }
        self.n_sessions += 1;
        if self.ended.len() == MAX_ENDED {
            self.ended.remove(0);
        }
        let (path, other) = (self.path(), self.counterpart(conversation.channel_idx));
        self.ended.push(Ended { conversation: *conversation, other, path });
        self.ended.len() - 1
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

/// `next`, unless one of `conversations` goes on with it.
fn resumed<'c>(
    conversations: impl DoubleEndedIterator<Item = &'c mut Conversation>,
    next: Conversation,
) -> Option<Conversation> {
    let mut next = Box::new(next);
    for conversation in conversations.rev() {
        match conversation.resume(*next) {
            Ok(()) => return None,
            Err(refused) => next = refused,
        }
    }
    Some(*next)
}
