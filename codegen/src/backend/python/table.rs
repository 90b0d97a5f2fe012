//! Which types get a name: each event, each definition, and each object, enumeration or union inside them.

use std::collections::{BTreeMap, HashSet, VecDeque};

use super::naming::{PYTHON, claim};
use super::parts::{children, deserves_name};
use crate::backend::Unit;
use crate::backend::naming::{Wish, definition_name};
use crate::model::{Event, EventIdx, Schemas};
use crate::names::pascal_case;
use crate::shape::{Shape, Together};

/// Every type with a name.
#[derive(Debug, Default)]
pub struct Table {
    declarations: Vec<Declaration>,
    of_schemas: BTreeMap<Together, usize>,
    of_events: BTreeMap<EventIdx, usize>,
}

/// A type with a name.
#[derive(Debug)]
pub struct Declaration {
    /// The name, unique in the output.
    pub name: String,
    /// The event that it is.
    pub event: Option<EventIdx>,
    /// What it stands for.
    pub content: Content,
    /// The type it stands inside of.
    around: Option<usize>,
}

/// What a named type stands for.
#[derive(Debug, Clone)]
pub enum Content {
    /// An event of which the contract says nothing more.
    Undescribed,
    /// Another name for the type of these schemas.
    Alias(Together),
    /// The type of these schemas; `null` is left out of a class, and whoever refers to it adds that.
    Own(Together),
}

impl Table {
    /// Names everything that a unit needs.
    pub fn of(unit: &Unit<'_>) -> Self {
        let mut collector = Collector {
            schemas: unit.schemas,
            wishes: Vec::new(),
            table: Self::default(),
            definitions: VecDeque::new(),
            queued: HashSet::new(),
        };
        collector.collect(unit);
        let Collector { wishes, mut table, .. } = collector;
        for (declaration, name) in table.declarations.iter_mut().zip(claim(unit, &wishes)) {
            declaration.name = name;
        }
        table
    }

    /// The types in the order of the output: each is followed by those that stand inside.
    pub fn in_order(&self) -> Vec<usize> {
        let mut order: Vec<_> = (0..self.declarations.len()).collect();
        order.sort_by_cached_key(|index| self.way_to(*index));
        order
    }

    /// The types around a type, the outermost first, and itself.
    fn way_to(&self, index: usize) -> Vec<usize> {
        let mut way: Vec<_> =
            std::iter::successors(Some(index), |index| self.declarations[*index].around).collect();
        way.reverse();
        way
    }

    /// The type of that number.
    pub fn declaration(&self, index: usize) -> &Declaration {
        &self.declarations[index]
    }

    /// The type of these schemas.
    pub fn index(&self, together: &Together) -> Option<usize> {
        self.of_schemas.get(together).copied()
    }

    /// The type of an event.
    pub fn event(&self, event: EventIdx) -> Option<usize> {
        self.of_events.get(&event).copied()
    }

    /// Whether a type has that name.
    pub fn has(&self, name: &str) -> bool {
        self.declarations.iter().any(|declaration| declaration.name == name)
    }
}

impl Declaration {
    /// The schemas that it stands for.
    pub fn together(&self) -> Option<&Together> {
        match &self.content {
            Content::Undescribed => None,
            Content::Alias(together) | Content::Own(together) => Some(together),
        }
    }
}

struct Collector<'c> {
    schemas: &'c Schemas,
    wishes: Vec<Wish>,
    table: Table,
    definitions: VecDeque<Together>,
    queued: HashSet<Together>,
}

/// The way from a named type down to a schema without a name.
#[derive(Clone, Copy)]
struct Way<'w> {
    /// The named type.
    from: usize,
    /// What the names of the members on the way make of a name.
    suffix: &'w str,
    /// The last schemas on the way, and the way to them.
    above: Option<(&'w Together, &'w Way<'w>)>,
}

impl Way<'_> {
    fn leads_through(&self, together: &Together) -> bool {
        self.above.is_some_and(|(last, way)| last == together || way.leads_through(together))
    }
}

impl Collector<'_> {
    fn collect(&mut self, unit: &Unit<'_>) {
        if let Some((name, root)) = unit.root {
            self.root(name, &Together::of(self.schemas, root));
        }
        for (name, root) in unit.roots {
            let together = Together::of(self.schemas, *root);
            if !self.define(&together) && self.table.index(&together).is_none() {
                self.root(name, &together);
            }
        }
        if let Some(contract) = unit.contract {
            let new: Vec<_> = contract.events().map(|(index, event)| self.event(index, event)).collect();
            for (index, together) in new.into_iter().flatten() {
                self.inside(&together, index);
            }
            for exchange in &contract.exchanges {
                let from = self.table.event(exchange.request);
                if let (Some(schema), Some(from)) = (exchange.acknowledgement, from) {
                    let way = Way { from, suffix: "Acknowledgement", above: None };
                    self.visit(&Together::of(self.schemas, schema), way);
                }
            }
        }
        while let Some(together) = self.definitions.pop_front() {
            let schema = together.first().filter(|_| self.table.index(&together).is_none());
            if let Some(schema) = schema {
                let index = self.declare(Wish::Definition(schema), None, Content::Own(together.clone()));
                self.inside(&together, index);
            }
        }
    }

    fn root(&mut self, name: &str, together: &Together) {
        let index = self.declare(Wish::Root(pascal_case(name)), None, Content::Own(together.clone()));
        self.inside(together, index);
    }

    /// Declares an event; gives its schemas if nothing else is named after them.
    fn event(&mut self, event: EventIdx, Event { name, payload, .. }: &Event) -> Option<(usize, Together)> {
        let together = payload.map(|payload| Together::of(self.schemas, payload));
        let (content, own) = match together {
            None => (Content::Undescribed, None),
            Some(together) if self.has_another_name(&together, name) => {
                self.define(&together);
                (Content::Alias(together), None)
            }
            Some(together) if self.table.index(&together).is_some() => (Content::Alias(together), None),
            Some(together) => (Content::Own(together.clone()), Some(together)),
        };
        let index = self.declare(Wish::Event(event), Some(event), content);
        own.map(|together| (index, together))
    }

    fn declare(&mut self, wish: Wish, event: Option<EventIdx>, content: Content) -> usize {
        let index = self.wishes.len();
        if let Content::Own(together) = &content {
            self.table.of_schemas.insert(together.clone(), index);
        }
        if let Some(event) = event {
            self.table.of_events.insert(event, index);
        }
        let around = if let Wish::Inside(around, _) = &wish { Some(*around) } else { None };
        self.wishes.push(wish);
        self.table.declarations.push(Declaration { name: String::new(), event, content, around });
        index
    }

    /// Puts a definition in the queue; `false` if it is none.
    fn define(&mut self, together: &Together) -> bool {
        let is_definition = definition_name(self.schemas, together).is_some();
        if is_definition && self.table.index(together).is_none() && self.queued.insert(together.clone()) {
            self.definitions.push_back(together.clone());
        }
        is_definition
    }

    /// Whether it is a definition in a file, and not called as the event.
    fn has_another_name(&self, together: &Together, event_name: &str) -> bool {
        let is_file =
            together.first().is_some_and(|schema| self.schemas[schema].location.pointer().is_empty());
        let name = definition_name(self.schemas, together);
        !is_file && name.is_some_and(|name| PYTHON.type_name(&name) != PYTHON.type_name(event_name))
    }

    /// Names what stands inside a named type.
    fn inside(&mut self, together: &Together, index: usize) {
        let way = Way { from: index, suffix: "", above: None };
        let way = Way { above: Some((together, &way)), ..way };
        self.below(&together.shape(self.schemas), way);
    }

    fn below(&mut self, shape: &Shape, way: Way<'_>) {
        for (together, name) in children(self.schemas, shape) {
            let suffix = format!("{}{name}", way.suffix);
            self.visit(&together, Way { suffix: &suffix, ..way });
        }
    }

    fn visit(&mut self, together: &Together, way: Way<'_>) {
        if self.table.index(together).is_some() || self.define(together) {
            return;
        }
        let shape = together.shape(self.schemas);
        // A type that holds itself can be written by its name alone.
        if deserves_name(&shape) || way.leads_through(together) {
            let wish = Wish::Inside(way.from, way.suffix.to_owned());
            let index = self.declare(wish, None, Content::Own(together.clone()));
            self.inside(together, index);
        } else {
            self.below(&shape, Way { above: Some((together, &way)), ..way });
        }
    }
}
