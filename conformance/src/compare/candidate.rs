//! Payloads that may be a witness, drawn from both schemas.
//!
//! What the search for a proof comes upon is nearer to the point; this is for what the search does not understand.

use serde_json::Value;

use super::Side;
use crate::generate::{Generator, Style};

/// How many subschemas are gone through in all.
const MAX_WORK: usize = 10_000;
/// How many payloads of each kind are tried at most.
const MAX_TRIES: usize = 40;

/// A payload that `refutes`: what is made may be it, and the consumer refuses it.
pub fn find(producer: Side<'_>, consumer: Side<'_>, refutes: &dyn Fn(&Value) -> bool) -> Option<Value> {
    valid(producer, refutes).or_else(|| near_miss(consumer, refutes))
}

/// How many payloads are tried: the larger the schema, the fewer.
fn n_tries(side: Side<'_>) -> usize {
    (MAX_WORK / side.plan.iter().count().max(1)).min(MAX_TRIES)
}

/// Of what the producer accepts.
fn valid(producer: Side<'_>, refutes: &dyn Fn(&Value) -> bool) -> Option<Value> {
    const STYLES: [Style; 5] =
        [Style::Minimal, Style::Maximal, Style::Boundary, Style::Strange, Style::Typical];
    let generator = Generator::new(producer.plan, producer.schemas, producer.schema).ok()?;
    let n_tries = n_tries(producer);
    let of_style = |number: usize| generator.valid_in(STYLES[number % STYLES.len()], number as u64);
    let mut drawn = (0..n_tries / 4).map(of_style);
    drawn.find(|payload| refutes(payload)).or_else(|| {
        let (n, boundary) = generator.boundaries();
        let mut boundaries = (0..n.min(n_tries)).filter_map(|number| boundary(number, 0));
        boundaries.find(|found| refutes(&found.payload)).map(|found| found.payload)
    })
}

/// Of what the consumer nearly accepts.
fn near_miss(consumer: Side<'_>, refutes: &dyn Fn(&Value) -> bool) -> Option<Value> {
    let generator = Generator::new(consumer.plan, consumer.schemas, consumer.schema).ok()?;
    let mut misses = generator.near_misses();
    let mut made = (0..misses.n_sites().min(n_tries(consumer))).filter_map(|site| misses.at_site(site, 0));
    made.find(|miss| refutes(&miss.payload)).map(|miss| miss.payload)
}
