//! What a mock needs before it listens: the contract, the sessions, tokens, certificates.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use handfast_codegen::source::Disk;
use handfast_conformance::mock::conversation::Manner;
use handfast_conformance::mock::house::House;
use handfast_conformance::mock::serve::Options;
use handfast_conformance::session::{Environment, Loader, Protocol, Session};
use handfast_conformance::transport::tls;

use super::arguments::Mock;
use crate::commands::replay::{any_seed, sessions};
use crate::error::Error;
use crate::tokens::Tokens;

/// What is served, and how.
pub struct Prepared {
    /// Who answers.
    pub house: House,
    /// How connections are served.
    pub options: Options,
}

impl Mock {
    /// Reads everything.
    ///
    /// # Errors
    /// Something can't be read, is wrong, or does not fit together.
    pub fn prepare(&self) -> Result<Prepared, Error> {
        let protocol = Protocol::compile(&Disk::default(), &self.contract)
            .map_err(|problems| Error::documents(vec![problems]))?;
        let sessions = self.sessions(&protocol)?;
        let seed = self.seed.unwrap_or_else(any_seed);
        let manner = Manner {
            rate: self.rate.unwrap_or(if sessions.is_empty() { 1.0 } else { 0.0 }),
            pace: self.pace.duration(),
            heartbeat: self.heartbeat.map(|every| every.duration()),
            is_lenient: self.lenient,
            seed,
            began: SystemTime::now(),
        };
        let options = Options {
            faults: self.fault.clone(),
            seed,
            ping_interval: self.ping_interval.duration(),
            ping_timeout: self.ping_timeout.duration(),
            connect_timeout: self.connect_timeout.duration(),
            max_connections: usize::try_from(self.max_connections).unwrap_or(usize::MAX),
            tls: self.tls()?,
            ..Options::default()
        };
        let house = House::new(Arc::new(protocol), sessions, self.tokens()?, manner);
        Ok(Prepared { house, options })
    }

    fn sessions(&self, protocol: &Protocol) -> Result<Vec<Arc<Session>>, Error> {
        let paths = sessions::SESSIONS.find(&self.sessions)?;
        let tokens = Tokens::open(&[], &paths)?;
        tokens.explain(Self::read(&paths, protocol, &|name| tokens.get(name)))
    }

    fn read(
        paths: &[PathBuf],
        protocol: &Protocol,
        environment: &Environment<'_>,
    ) -> Result<Vec<Arc<Session>>, Error> {
        let disk = Disk::default();
        let mut loader = Loader::new(&disk, environment);
        let (mut read, mut problems) = (Vec::new(), Vec::new());
        for path in paths {
            match loader.load(path) {
                Ok(session) if is_same(&session.protocol, protocol) => read.push(Arc::new(session)),
                Ok(session) => {
                    let [theirs, ours] =
                        [&session.protocol, protocol].map(|protocol| &protocol.contract.title);
                    return Err(Error::new(format!(
                        "{} is a session of `{theirs}`, not of `{ours}`",
                        session.file
                    ))
                    .help("a mock serves one contract: leave the session out, or name its contract"));
                }
                Err(wrong) => problems.push(wrong),
            }
        }
        if problems.is_empty() { Ok(read) } else { Err(Error::documents(problems)) }
    }

    fn tokens(&self) -> Result<Vec<String>, Error> {
        let read = |name: &String| {
            std::env::var(name).ok().filter(|token| !token.is_empty()).ok_or_else(|| {
                Error::new(format!("the environment variable `{name}`, which is to hold a token, is not set"))
                    .help(format!("set it before: export {name}=…"))
            })
        };
        self.token_env.iter().map(read).collect()
    }

    fn tls(&self) -> Result<Option<Arc<rustls::ServerConfig>>, Error> {
        let (Some(cert), Some(key)) = (&self.cert, &self.key) else { return Ok(None) };
        let read = |path: &Path| {
            std::fs::read(path)
                .map_err(|error| Error::new(format!("{} can't be read: {error}", path.display())))
        };
        let config = tls::server_config(&read(cert)?, &read(key)?).map_err(|error| {
            Error::new(format!("{} and {} are of no use: {error}", cert.display(), key.display()))
                .help("they have to hold a certificate and its private key in PEM")
        })?;
        Ok(Some(config))
    }
}

/// Whether both were read from the same document, so that events and channels have the same numbers.
fn is_same(one: &Protocol, other: &Protocol) -> bool {
    let file = |protocol: &Protocol| {
        let file = protocol.contract.files.first()?;
        std::fs::canonicalize(file).ok()
    };
    file(one).is_some_and(|path| Some(path) == file(other))
}
