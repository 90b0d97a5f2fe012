//! The permutations in which sessions are played against a server whose capabilities a file tells.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use handfast_codegen::diagnostic::Diagnostics;
use handfast_conformance::capabilities::{Capabilities, Target, Way, read};
use handfast_conformance::run::{Case, Network, Permutation, Permuted, Site, Wire, settle_port};
use handfast_conformance::session::{Environment, Loader, Session};
use handfast_conformance::transport::http;
use url::Url;

use super::sessions::{text, with_cuts};
use crate::error::Error;
use crate::reaching::{Trust, as_http};

/// What a server can do, and what its targets are reached by.
pub struct Permutations {
    capabilities: Capabilities,
    places: Vec<Place>,
}

/// What a target is reached by.
pub struct Place {
    /// Its URL, as HTTP names it.
    pub target: Url,
    /// Whom to trust there, and who the client is.
    pub tls: Arc<rustls::ClientConfig>,
    wire: Arc<dyn Wire>,
}

/// A session by one revision of its contract, or why it can't be played by that.
type Variant = Result<Session, (Option<String>, String)>;

impl Permutations {
    /// Reads the file at `path`. An answer may take `within`.
    ///
    /// # Errors
    /// It, or a file that it names, is not as it should be.
    pub fn open(path: &Path, environment: &Environment<'_>, within: Duration) -> Result<Self, Error> {
        let capabilities =
            read(path, &text(path)?, environment).map_err(|problems| Error::documents(vec![problems]))?;
        let places = capabilities.targets.iter().map(|target| Place::of(target, within));
        Ok(Self { places: places.collect::<Result<_, _>>()?, capabilities })
    }

    /// The first target: that of a server which the run starts.
    pub fn first(&self) -> &Place {
        &self.places[0]
    }

    /// Every session of `paths` in every permutation, or in the one that is called `only`.
    ///
    /// # Errors
    /// A session or contract is wrong, or nothing is left to be played.
    pub fn cases(
        &self,
        paths: &[PathBuf],
        loader: &mut Loader<'_>,
        cut_everywhere: bool,
        only: Option<&str>,
    ) -> Result<Vec<Arc<dyn Case>>, Error> {
        let (mut permuted, mut problems) = (Vec::new(), Vec::new());
        for path in paths {
            match self.of_file(path, loader, cut_everywhere) {
                Ok(cases) => permuted.extend(cases),
                Err(wrong) => problems.push(wrong),
            }
        }
        if !problems.is_empty() {
            return Err(Error::documents(problems));
        }
        let chosen = only.map_or(Ok(()), |only| choose(&mut permuted, only));
        chosen.and_then(|()| some_is_played(&permuted))?;
        Ok(permuted.into_iter().map(|case| Arc::new(case) as _).collect())
    }

    fn of_file(
        &self,
        path: &Path,
        loader: &mut Loader<'_>,
        cut_everywhere: bool,
    ) -> Result<Vec<Permuted>, Diagnostics> {
        let own = loader.load(path)?;
        let mut cases = Vec::new();
        for variant in self.variants(path, &own, loader)? {
            match variant {
                Ok(session) => {
                    with_cuts(session, cut_everywhere)
                        .for_each(|session| cases.extend(self.permuted(session)));
                }
                Err((name, reason)) => {
                    let permutation = Permutation { name, site: Err(reason) };
                    cases.push(Permuted { session: Arc::new(own.clone()), permutation });
                }
            }
        }
        Ok(cases)
    }

    /// The session at `path` by each revision of its contract that the server speaks.
    fn variants(
        &self,
        path: &Path,
        own: &Session,
        loader: &mut Loader<'_>,
    ) -> Result<Vec<Variant>, Diagnostics> {
        let contracts = &self.capabilities.contracts;
        if contracts.is_empty() {
            return Ok(vec![Ok(own.clone())]);
        }
        let title = &own.protocol.contract.title;
        let mut variants = Vec::new();
        for contract in contracts {
            let revision = &loader.protocol(contract)?.contract;
            if revision.title != *title {
                continue;
            }
            let version = revision.version.clone();
            variants.push(loader.load_by(path, Some(contract)).map_err(|problems| {
                let why = problems.iter().next().map_or("", |problem| &problem.message);
                let reason = format!("revision {version} of {title} has not what it needs: {why}");
                (Some(version.clone()), reason)
            }));
        }
        if variants.is_empty() {
            variants.push(Err((None, format!("the server speaks no revision of {title}"))));
        }
        Ok(variants)
    }

    /// A session in all its permutations; in none, where there is no way to play it.
    fn permuted(&self, session: Session) -> Vec<Permuted> {
        let session = Arc::new(session);
        let ways = self.capabilities.ways(&session);
        if ways.is_empty() {
            let site = Err(self.capabilities.no_way(&session));
            return vec![Permuted { session, permutation: Permutation { name: None, site } }];
        }
        let permuted = |way| Permuted { session: Arc::clone(&session), permutation: self.permutation(way) };
        ways.into_iter().map(permuted).collect()
    }

    fn permutation(&self, way: Way) -> Permutation {
        let place = &self.places[way.target_idx];
        let site = || Site {
            name: self.capabilities.targets[way.target_idx].name.clone(),
            target: place.target.clone(),
            tls: Arc::clone(&place.tls),
            engine: way.carrier.engine(),
            wire: Arc::clone(&place.wire),
        };
        Permutation { name: way.name, site: way.lacking.map_or_else(|| Ok(Arc::new(site())), Err) }
    }
}

impl Place {
    fn of(target: &Target, within: Duration) -> Result<Self, Error> {
        let (ca, cert, key) = (target.ca.as_deref(), target.cert.as_deref(), target.key.as_deref());
        let tls = Trust { ca, cert, key }.config()?;
        // The file is checked when it is read.
        let url = Url::parse(&target.url).map_err(|error| Error::new(error.to_string()))?;
        let url = settle_port(as_http(&url))
            .map_err(|error| Error::new(format!("there is no free port for {url}: {error}")))?;
        let client =
            http::Client::new(&tls).map_err(|error| Error::new(format!("there is no HTTP: {error}")))?;
        let wire = Arc::new(Network { client, target: url.clone(), within });
        Ok(Self { target: url, tls, wire })
    }
}

/// Leaves the permutation that is called `only`.
fn choose(cases: &mut Vec<Permuted>, only: &str) -> Result<(), Error> {
    let names = cases.iter().filter_map(|case| case.permutation.name.clone());
    let names: BTreeSet<String> = names.collect();
    cases.retain(|case| case.permutation.name.as_deref() == Some(only));
    if cases.is_empty() {
        let known = names.into_iter().collect::<Vec<_>>().join("; ");
        return Err(Error::new(format!("there is no permutation `{only}`")).help(if known.is_empty() {
            "there is only one".to_owned()
        } else {
            format!("known are: {known}")
        }));
    }
    Ok(())
}

/// A run that skips everything would pass, and say nothing of the server.
fn some_is_played(cases: &[Permuted]) -> Result<(), Error> {
    let reasons = cases.iter().map(|case| case.permutation.site.as_ref().err());
    match reasons.collect::<Option<Vec<_>>>().as_deref() {
        Some([reason, ..]) => Err(Error::new(format!("no session can be played: {reason}"))
            .help("correct what the capabilities say, or name other sessions")),
        _ => Ok(()),
    }
}
