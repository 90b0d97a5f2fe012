//! Dynamic scopes, made static: which schema each dynamic anchor stands for on the way that references took
//! (JSON Schema Core, 7.1 and 8.2.3.2).

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::load::Site;

/// One environment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct EnvironmentIdx(usize);

/// For each dynamic anchor that some reference asks for, the outermost schema that declared it. A site is lowered once per
/// environment, so where nothing asks, all sites share the empty one.
type Bindings = BTreeMap<String, Site>;

/// Every environment that was met, each once.
#[derive(Debug)]
pub struct Environments {
    /// The anchors that some reference asks for.
    asked: BTreeSet<String>,
    all: Vec<Bindings>,
    known: HashMap<Bindings, EnvironmentIdx>,
}

impl Environments {
    /// Begins with the empty one.
    pub fn new(asked: BTreeSet<String>) -> Self {
        let known = HashMap::from([(Bindings::new(), EnvironmentIdx::default())]);
        Self { asked, all: vec![Bindings::new()], known }
    }

    /// Whether no reference asks for anything, so that there is only the empty one.
    pub fn is_static(&self) -> bool {
        self.asked.is_empty()
    }

    /// Whether these are the anchors that are asked for.
    pub fn covers(&self, asked: &BTreeSet<String>) -> bool {
        self.asked == *asked
    }

    /// The environment in a resource that declares `anchors`, entered from `outer`.
    pub fn enter<'a>(
        &mut self,
        outer: EnvironmentIdx,
        anchors: impl Iterator<Item = (&'a str, &'a Site)>,
    ) -> EnvironmentIdx {
        let bound = &self.all[outer.0];
        let new: Vec<_> = anchors
            .filter(|(name, _)| self.asked.contains(*name) && !bound.contains_key(*name))
            .map(|(name, site)| (name.to_owned(), site.clone()))
            .collect();
        if new.is_empty() {
            return outer;
        }
        let mut bindings = bound.clone();
        bindings.extend(new);
        if let Some(known) = self.known.get(&bindings) {
            return *known;
        }
        let index = EnvironmentIdx(self.all.len());
        self.all.push(bindings.clone());
        self.known.insert(bindings, index);
        index
    }

    /// The schema that the dynamic anchor `name` stands for.
    pub fn get(&self, environment: EnvironmentIdx, name: &str) -> Option<&Site> {
        self.all[environment.0].get(name)
    }
}
