//! Makes payloads and prints them.

use std::collections::BTreeSet;

use handfast_codegen::Document;
use handfast_codegen::model::{SchemaIdx, Schemas, Side};
use handfast_codegen::plan::Plan;
use handfast_codegen::source::Disk;
use handfast_conformance::generate::{Generator, NearMiss, malformed};
use serde_json::{Value, json};

use super::{Fuzz, Sender};
use crate::error::Error;
use crate::printing::{print, say};

/// What payloads are made of.
struct Subject {
    /// The event, or the definition; nothing where a schema is all there is.
    name: Option<String>,
    schema: SchemaIdx,
}

/// Prints payloads, or what a schema's constraints are worth.
///
/// # Errors
/// The document is wrong, or nothing can be made.
pub fn emit(fuzz: &Fuzz) -> Result<(), Error> {
    let read = fuzz.reading.options(&fuzz.document);
    let document = read.and_then(|options| options.compile_document(&Disk::default(), &fuzz.document));
    let document = document.map_err(|problems| Error::documents(vec![problems]))?;
    let subjects = fuzz.subjects(&document)?;
    let (plan, schemas) = parts(&document);
    let generators = subjects.iter().map(|subject| generator(plan, schemas, subject));
    let generators = generators.collect::<Result<Vec<_>, Error>>()?;
    let all: Vec<_> = subjects.iter().zip(&generators).collect();
    match fuzz.emit {
        Some(n) => fuzz.emit(n, &all),
        None => tell_sites(&all),
    }
}

impl Fuzz {
    fn subjects(&self, document: &Document) -> Result<Vec<Subject>, Error> {
        let mut subjects = match document {
            Document::Contract(compiled) => {
                let mut events = BTreeSet::new();
                for side in [Side::Server, Side::Client].into_iter().filter(|side| self.wants(*side)) {
                    let indices = compiled.contract.direction(side);
                    for event in indices.into_iter().map(|index| &compiled.contract[index]) {
                        events.extend(event.payload.map(|payload| (event.name.clone(), payload)));
                    }
                }
                let subject = |(name, schema)| Subject { name: Some(name), schema };
                events.into_iter().map(subject).collect::<Vec<_>>()
            }
            Document::Schema(schema) if schema.roots.is_empty() => {
                vec![Subject { name: None, schema: schema.root }]
            }
            Document::Schema(schema) => {
                let subject = |(name, schema): &(String, SchemaIdx)| Subject {
                    name: Some(name.clone()),
                    schema: *schema,
                };
                schema.roots.iter().map(subject).collect()
            }
        };
        let known: Vec<String> = subjects.iter().filter_map(|subject| subject.name.clone()).collect();
        if !self.events.is_empty() {
            let is_wanted = |name: &String| self.events.contains(name);
            subjects.retain(|subject| subject.name.as_ref().is_some_and(is_wanted));
        }
        if subjects.is_empty() {
            let wanted = if self.events.is_empty() { "any".to_owned() } else { self.events.join("`, `") };
            let error = Error::new(format!("there is no event `{wanted}` with a payload"));
            return Err(error.help(format!("known are {}", known.join(", "))));
        }
        Ok(subjects)
    }

    fn wants(&self, side: Side) -> bool {
        self.from.is_none_or(|from| (from == Sender::Server) == (side == Side::Server))
    }

    fn emit(&self, n: u64, all: &[(&Subject, &Generator<'_>)]) -> Result<(), Error> {
        let mut sources: Vec<_> =
            all.iter().map(|(subject, generator)| (*subject, self.source(generator))).collect();
        let (mut number, mut n_printed, mut n_empty) = (0, 0, 0);
        while n_printed < n && n_empty < sources.len() {
            let n_sources = sources.len() as u64;
            let (subject, source) = &mut sources[(number % n_sources) as usize];
            match source(number / n_sources) {
                Some(mut line) => {
                    if let (Some(name), Some(line)) = (&subject.name, line.as_object_mut()) {
                        line.insert("event".to_owned(), name.as_str().into());
                    }
                    print(&format!("{line}\n"))?;
                    (n_printed, n_empty) = (n_printed + 1, 0);
                }
                None => n_empty += 1,
            }
            number += 1;
        }
        if n_printed < n {
            say(&format!("{n_printed} payloads are all there are of this kind"));
        }
        Ok(())
    }

    /// The lines of one event by their number.
    fn source<'g>(&self, generator: &'g Generator<'g>) -> Box<dyn FnMut(u64) -> Option<Value> + 'g> {
        let seed = self.seed;
        let seeded = move |number: u64| seed.wrapping_mul(1_000_003).wrapping_add(number);
        let valid = move |number| Some(json!({ "payload": generator.valid(seeded(number)), "valid": true }));
        let mut misses = generator.near_misses();
        if self.valid {
            Box::new(valid)
        } else if self.invalid {
            Box::new(move |number| misses.draw(seeded(number)).map(invalid_line))
        } else if self.boundary {
            let (n_places, boundary) = generator.boundaries();
            Box::new(move |number| {
                // Places that can't be come to are passed by.
                let made = (0..n_places as u64).find_map(|step| {
                    let number = number + step;
                    boundary((number % n_places as u64) as usize, seeded(number))
                })?;
                let place = json!({ "at": made.at, "schema": made.schema, "side": made.side });
                Some(json!({ "payload": made.payload, "valid": true, "boundary": place }))
            })
        } else if self.malformed {
            Box::new(move |number| {
                let mut frames = malformed(&generator.valid(seeded(number)), seeded(number));
                let frame = frames.swap_remove(number as usize % frames.len());
                let text = String::from_utf8_lossy(&frame.bytes);
                Some(json!({ "frame": text, "valid": false, "breaks": { "operator": frame.operator } }))
            })
        } else {
            Box::new(move |number| {
                let miss = (number % 2 == 1).then(|| misses.draw(seeded(number / 2)).map(invalid_line));
                miss.flatten().or_else(|| valid(number))
            })
        }
    }
}

fn invalid_line(miss: NearMiss) -> Value {
    let NearMiss { payload, at, keyword, schema, operator } = miss;
    let breaks = json!({ "at": at, "keyword": keyword, "operator": operator, "schema": schema });
    json!({ "payload": payload, "valid": false, "breaks": breaks })
}

fn parts(document: &Document) -> (&Plan, &Schemas) {
    match document {
        Document::Contract(compiled) => (&compiled.plan, &compiled.contract.schemas),
        Document::Schema(schema) => (&schema.plan, &schema.schemas),
    }
}

fn generator<'d>(plan: &'d Plan, schemas: &'d Schemas, subject: &Subject) -> Result<Generator<'d>, Error> {
    let name = subject.name.as_ref().map(|name| format!(" of `{name}`")).unwrap_or_default();
    Generator::new(plan, schemas, subject.schema).map_err(|reason| {
        let help = "change the schema so that something is valid, or choose another with `--event`";
        Error::new(format!("no payload{name} can be made: {reason}")).help(help)
    })
}

/// Prints of each event how many sites of its schema are isolated.
fn tell_sites(all: &[(&Subject, &Generator<'_>)]) -> Result<(), Error> {
    for (subject, generator) in all {
        let mut misses = generator.near_misses();
        let coverage = misses.coverage();
        let mut line = json!({
            "sites": coverage.n_sites,
            "isolated": coverage.n_isolated,
            "implied": coverage.n_implied,
            "open": misses.open(),
        });
        if let (Some(name), Some(line)) = (&subject.name, line.as_object_mut()) {
            line.insert("event".to_owned(), name.as_str().into());
        }
        print(&format!("{line}\n"))?;
    }
    Ok(())
}
