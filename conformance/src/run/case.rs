//! What a run plays: sessions, by way of a trait that tests can play too.

use std::sync::Arc;

use url::Url;

use super::Wire;
use crate::matcher::{Play, Player, Settings};
use crate::session::Session;
use crate::transport::EngineMode;

/// A session that can be played any number of times.
pub trait Case: Send + Sync {
    /// Its name.
    fn name(&self) -> &str;
    /// Its file, as the user gave it.
    fn file(&self) -> &str;
    /// The title of its contract.
    fn contract(&self) -> &str;
    /// The permutation in which it is played, where there are any.
    fn permutation(&self) -> Option<&Permutation> {
        None
    }
    /// A player at its first step.
    fn player(self: Arc<Self>, settings: Settings) -> Box<dyn Player + Send>;
    /// A player of the other client, where the session has one.
    fn bystander(self: Arc<Self>, _settings: Settings) -> Option<Box<dyn Player + Send>> {
        None
    }
}

/// One of the ways in which a session is played against a server of some capabilities.
pub struct Permutation {
    /// What reports call it, where there is more than one.
    pub name: Option<String>,
    /// Where it is played; or the reason why it is not.
    pub site: Result<Arc<Site>, String>,
}

/// Where a session is played, instead of where the run's settings say.
pub struct Site {
    /// What the file of capabilities calls it.
    pub name: String,
    /// The target.
    pub target: Url,
    /// Whom to trust there, and who the client is.
    pub tls: Arc<rustls::ClientConfig>,
    /// How Socket.IO travels.
    pub engine: EngineMode,
    /// What sessions act on there.
    pub wire: Arc<dyn Wire>,
}

/// A session in one of its permutations.
pub struct Permuted {
    /// The session.
    pub session: Arc<Session>,
    /// How it is played.
    pub permutation: Permutation,
}

impl Case for Permuted {
    fn name(&self) -> &str {
        self.session.name()
    }

    fn file(&self) -> &str {
        self.session.file()
    }

    fn contract(&self) -> &str {
        self.session.contract()
    }

    fn permutation(&self) -> Option<&Permutation> {
        Some(&self.permutation)
    }

    fn player(self: Arc<Self>, settings: Settings) -> Box<dyn Player + Send> {
        Arc::clone(&self.session).player(settings)
    }
}

impl Case for Session {
    fn name(&self) -> &str {
        &self.name
    }

    fn file(&self) -> &str {
        &self.file
    }

    fn contract(&self) -> &str {
        &self.protocol.contract.title
    }

    fn player(self: Arc<Self>, settings: Settings) -> Box<dyn Player + Send> {
        Box::new(Play::new(self, settings))
    }

    fn bystander(self: Arc<Self>, mut settings: Settings) -> Option<Box<dyn Player + Send>> {
        // It is somebody else: its fresh values are others.
        settings.seed = settings.seed.wrapping_add(1);
        let bystander = self.bystander.clone()?;
        Some(Box::new(Play::new(bystander, settings)))
    }
}
