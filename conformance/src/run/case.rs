//! What a run plays: sessions, by way of a trait that tests can play too.

use std::sync::Arc;

use crate::matcher::{Play, Player, Settings};
use crate::session::Session;

/// A session that can be played any number of times.
pub trait Case: Send + Sync {
    /// Its name.
    fn name(&self) -> &str;
    /// Its file, as the user gave it.
    fn file(&self) -> &str;
    /// The title of its contract.
    fn contract(&self) -> &str;
    /// A player at its first step.
    fn player(self: Arc<Self>, settings: Settings) -> Box<dyn Player + Send>;
    /// A player of the other client, where the session has one.
    fn bystander(self: Arc<Self>, _settings: Settings) -> Option<Box<dyn Player + Send>> {
        None
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
