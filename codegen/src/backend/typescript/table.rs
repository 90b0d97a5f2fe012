//! Which types get a name: each event, each definition, and each object, enumeration or union inside them.
//!
//! Definitions come last, each once; a type that holds itself is found on the way down.

use std::collections::{BTreeMap, HashSet, VecDeque};

use super::naming::{TYPESCRIPT, claim};
use super::parts::{Nulls, children, naming};
use crate::backend::Unit;
use crate::backend::naming::{Wish, definition_name};
use crate::model::{Event, EventIdx, SchemaIdx, Schemas};
use crate::names::pascal_case;
use crate::shape::{Structure, Structures, Together};

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
    /// The type of these schemas.
    Whole(Together),
    /// The type of these schemas, `null` left out: whoever refers to it adds that.
    WithoutNull(Together),
}

impl Table {
    /// Names everything that a unit needs.
    pub fn of(unit: &Unit<'_>, structures: &Structures<'_>) -> Self {
        let mut collector = Collector {
            schemas: unit.schemas,
            structures,
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
    pub fn in_order(&self) -> impl Iterator<Item = &Declaration> {
        let mut order: Vec<_> = (0..self.declarations.len()).collect();
        order.sort_by_cached_key(|index| self.way_to(*index));
        order.into_iter().map(|index| &self.declarations[index])
    }

    /// The types around a type, the outermost first, and itself.
    fn way_to(&self, index: usize) -> Vec<usize> {
        let mut way: Vec<_> =
            std::iter::successors(Some(index), |index| self.declarations[*index].around).collect();
        way.reverse();
        way
    }

    /// The name of the type of these schemas, and whether `null` is to be added to it.
    pub fn name(&self, together: &Together) -> Option<(&str, bool)> {
        let declaration = &self.declarations[*self.of_schemas.get(together)?];
        Some((&declaration.name, matches!(declaration.content, Content::WithoutNull(_))))
    }

    /// The name of the type of an event.
    pub fn event_name(&self, event: EventIdx) -> &str {
        self.of_events.get(&event).map_or("unknown", |index| &self.declarations[*index].name)
    }
}

struct Collector<'c> {
    schemas: &'c Schemas,
    structures: &'c Structures<'c>,
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
        self.roots(unit.roots);
        // A document of definitions says nothing itself.
        if let Some((name, root)) = unit.root.filter(|_| unit.roots.is_empty()) {
            let together = Together::of(self.schemas, root);
            let index = self.declare(Wish::Root(pascal_case(name)), None, Content::Whole(together.clone()));
            self.inside(&together, index);
        }
        if let Some(contract) = unit.contract {
            let new: Vec<_> = contract.events().map(|(index, event)| self.event(index, event)).collect();
            for (index, together) in new.into_iter().flatten() {
                self.inside(&together, index);
            }
            for exchange in &contract.exchanges {
                let (Some(schema), Some(from)) =
                    (exchange.acknowledgement, self.table.of_events.get(&exchange.request))
                else {
                    continue;
                };
                let from = *from;
                self.acknowledgement(&Together::of(self.schemas, schema), from);
            }
            for channel in &contract.channels {
                let Some(query) = channel.query else { continue };
                let together = Together::of(self.schemas, query);
                if !self.define(&together) && !self.table.of_schemas.contains_key(&together) {
                    let wish = Wish::Root(format!("{}Query", pascal_case(&channel.key)));
                    let index = self.declare(wish, None, Content::Whole(together.clone()));
                    self.inside(&together, index);
                }
            }
        }
        while let Some(together) = self.definitions.pop_front() {
            if let Some(schema) = together.first().filter(|_| !self.table.of_schemas.contains_key(&together))
            {
                let wish = Wish::Definition(schema);
                let index = self.declare(wish, None, Content::Whole(together.clone()));
                self.inside(&together, index);
            }
        }
    }

    /// Declares the definitions of a document that holds nothing else. One that only refers to another is a name for it.
    fn roots(&mut self, roots: &[(String, SchemaIdx)]) {
        let mut declared = Vec::new();
        for (name, schema) in roots {
            let together = Together::of(self.schemas, *schema);
            let is_name_alone = self.schemas.referent(*schema).is_some() && self.define(&together);
            let is_alias = is_name_alone || self.table.of_schemas.contains_key(&together);
            let content = if is_alias { Content::Alias } else { Content::Whole };
            let index = self.declare(Wish::Root(pascal_case(name)), None, content(together.clone()));
            declared.extend((!is_alias).then_some((together, index)));
        }
        for (together, index) in declared {
            self.inside(&together, index);
        }
    }

    /// Names the acknowledgement of an event, whatever it is: its validator needs a name.
    fn acknowledgement(&mut self, together: &Together, from: usize) {
        if !self.define(together) && !self.table.of_schemas.contains_key(together) {
            let wish = Wish::Inside(from, "Acknowledgement".to_owned());
            let index = self.declare(wish, None, Content::Whole(together.clone()));
            self.inside(together, index);
        }
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
            Some(together) if self.table.of_schemas.contains_key(&together) => {
                (Content::Alias(together), None)
            }
            Some(together) => (Content::Whole(together.clone()), Some(together)),
        };
        let index = self.declare(Wish::Event(event), Some(event), content);
        own.map(|together| (index, together))
    }

    fn declare(&mut self, wish: Wish, event: Option<EventIdx>, content: Content) -> usize {
        let index = self.wishes.len();
        if let Content::Whole(together) | Content::WithoutNull(together) = &content {
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
        let is_definition = together.within().is_none() && definition_name(self.schemas, together).is_some();
        if is_definition
            && !self.table.of_schemas.contains_key(together)
            && self.queued.insert(together.clone())
        {
            self.definitions.push_back(together.clone());
        }
        is_definition
    }

    /// Whether it is a definition in a file, and not called as the event.
    fn has_another_name(&self, together: &Together, event_name: &str) -> bool {
        let is_file =
            together.first().is_some_and(|schema| self.schemas[schema].location.pointer().is_empty());
        let name = definition_name(self.schemas, together);
        !is_file && name.is_some_and(|name| TYPESCRIPT.type_name(&name) != TYPESCRIPT.type_name(event_name))
    }

    /// Names what stands inside a named type.
    fn inside(&mut self, together: &Together, index: usize) {
        let way = Way { from: index, suffix: "", above: None };
        let way = Way { above: Some((together, &way)), ..way };
        self.below(&self.structures.of(together), way);
    }

    fn below(&mut self, structure: &Structure, way: Way<'_>) {
        for (together, name) in children(self.structures, structure) {
            let suffix = format!("{}{name}", way.suffix);
            self.visit(&together, Way { suffix: &suffix, ..way });
        }
    }

    fn visit(&mut self, together: &Together, way: Way<'_>) {
        if self.table.of_schemas.contains_key(together) || self.define(together) {
            return;
        }
        let structure = self.structures.of(together);
        // A type that holds itself can be written by its name alone.
        let content = match naming(self.structures, &structure) {
            None if way.leads_through(together) => Some(Content::Whole(together.clone())),
            None => None,
            Some(Nulls::Kept) => Some(Content::Whole(together.clone())),
            Some(Nulls::LeftOut) => Some(Content::WithoutNull(together.clone())),
        };
        match content {
            None => self.below(&structure, Way { above: Some((together, &way)), ..way }),
            Some(content) => {
                let index = self.declare(Wish::Inside(way.from, way.suffix.to_owned()), None, content);
                self.inside(together, index);
            }
        }
    }
}
