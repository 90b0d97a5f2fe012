//! Makes sense of the arguments, before anything is opened: what is wrong with them is known at once.

use std::io::{self, IsTerminal};
use std::sync::Arc;
use std::time::SystemTime;

use handfast_codegen::model::{Side, name_matches};
use handfast_conformance::matcher::Settings;
use handfast_conformance::rules::filter::leaves_out;
use handfast_conformance::session::{Login, Protocol, Session, expand};

use super::arguments::Connect;
use super::awaited::Awaited;
use super::channel::{self, Wanted};
use super::outgoing::{Composer, Sending, names, unknown};
use crate::error::Error;
use crate::reaching::as_http;

/// What a conversation is made of.
pub struct Prepared {
    /// The channel, and who connects.
    pub session: Session,
    /// Where, and how.
    pub settings: Settings,
    /// What is sent first.
    pub emits: Vec<Sending>,
    /// What is waited for.
    pub awaited: Option<Awaited>,
}

impl Connect {
    /// Makes sense of the arguments.
    ///
    /// # Errors
    /// They make none.
    pub fn prepare(&self, protocol: Arc<Protocol>) -> Result<Prepared, Error> {
        let sent: Vec<_> = self.emits.0.iter().map(|emit| emit.name.as_str()).collect();
        let wanted = Wanted {
            key: self.channel.as_deref(),
            target: &self.target,
            sent: &sent,
            awaited: self.until.as_deref(),
        };
        let channel_idx = channel::choose(&protocol.contract, wanted)?;
        let target = channel::server_of(as_http(&self.target), &protocol.contract.channels[channel_idx]);
        let login = self.login(&protocol, channel_idx)?;
        let session = Session::unscripted(protocol, login)
            .map_err(|error| Error::new(error.message).help(error.help))?;
        let settings = Settings {
            target,
            tls: self.server.trust()?,
            engine: self.server.transport.into(),
            scale: 1.0,
            deadline: None,
            seed: 0,
            began: SystemTime::now(),
        };
        let awaited = self.awaited(&session)?;
        self.check_patterns(&session)?;
        let emits = self.compose(&session)?;
        Ok(Prepared { session, settings, emits, awaited })
    }

    /// Whether the standard input is read: where it was asked for, and where a console has nothing else to do.
    ///
    /// # Errors
    /// It was asked for, and nothing can be sent.
    pub fn reads_input(&self, session: &Session) -> Result<bool, Error> {
        let is_console = self.until.is_none() && (self.emits.0.is_empty() || io::stdin().is_terminal());
        if self.emits.n_from_stdin() > 0 {
            return Ok(false);
        }
        match names(session, Side::Client).is_empty() {
            true if self.stdin => {
                let channel = &session.channel().key;
                Err(Error::new(format!("a client sends nothing on the channel `{channel}`"))
                    .help("leave out `--stdin`, or take another `--channel`"))
            }
            is_mute => Ok(!is_mute && (self.stdin || is_console)),
        }
    }

    fn login(&self, protocol: &Protocol, channel_idx: usize) -> Result<Login, Error> {
        let resolved = |pair: &(String, String)| Ok::<_, Error>((pair.0.clone(), resolve(&pair.1)?));
        let of_target = self.target.query_pairs().into_owned().map(Ok);
        let query = of_target.chain(self.query.iter().map(resolved)).chain(self.topics(protocol)?.map(Ok));
        Ok(Login {
            channel_idx,
            query: query.collect::<Result<_, _>>()?,
            headers: self.header.iter().map(resolved).collect::<Result<_, _>>()?,
            token: self.token_env.as_ref().map(|name| resolve(&format!("${name}"))).transpose()?,
            last_event_id: self.last_event_id.clone(),
        })
    }

    fn topics(&self, protocol: &Protocol) -> Result<Option<(String, String)>, Error> {
        let Some(topics) = &self.topics else { return Ok(None) };
        match &protocol.contract.rules.filter {
            Some(filter) => Ok(Some((filter.query.clone(), topics.clone()))),
            None => Err(Error::new(format!("{} has no filter of events", protocol.contract.title))
                .help("take `--topics` away, or add `x-handfast.filter` to the contract")),
        }
    }

    fn awaited(&self, session: &Session) -> Result<Option<Awaited>, Error> {
        let Some(name) = &self.until else { return Ok(None) };
        let events = session.protocol.direction(session.channel_idx, Side::Server);
        let Some(event) = events.iter().find(|event| session.event(**event).name == *name) else {
            return Err(unknown(session, Side::Server, name));
        };
        if session.filter().is_some_and(|patterns| leaves_out(session, &patterns, *event)) {
            return Err(Error::new(format!("`{name}` will not come: the filter leaves it out"))
                .help("add it to `--topics`"));
        }
        Ok(Some(Awaited { name: name.clone(), wheres: self.wheres.clone() }))
    }

    /// Who mistypes a pattern would wait for ever.
    fn check_patterns(&self, session: &Session) -> Result<(), Error> {
        let both = [Side::Server, Side::Client].map(|side| names(session, side)).concat();
        let matches_none = |pattern: &&String| !both.iter().any(|name| name_matches(pattern, name));
        match self.on.iter().find(matches_none) {
            None => Ok(()),
            Some(pattern) => Err(unknown(session, Side::Server, pattern)),
        }
    }

    fn compose(&self, session: &Session) -> Result<Vec<Sending>, Error> {
        if self.emits.n_from_stdin() > usize::from(!self.stdin) {
            return Err(Error::new("the standard input can be read once")
                .help("give one payload as `-`, without `--stdin`; others as JSON or `@FILE`"));
        }
        let composer = Composer { session, is_forced: self.force };
        let compose = |emit: &super::emits::Emit| composer.compose(&emit.name, emit.text()?.as_deref());
        self.emits.0.iter().map(compose).collect()
    }
}

/// `text`, or what it stands for if it is `$NAME`.
fn resolve(text: &str) -> Result<String, Error> {
    expand(text, &|name| std::env::var(name).ok()).map_err(|name| {
        Error::new(format!("the environment variable `{name}` is not set"))
            .help(format!("set it before: export {name}=…"))
    })
}
