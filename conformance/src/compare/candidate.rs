//! Payloads that may be a witness, drawn from both schemas.
//!
//! What the search for a proof comes upon is nearer to the point; this is for what the search does not understand.

use serde_json::Value;

use super::Side;
use crate::generate::{Generator, Style};

const MAX_BOUNDARIES: usize = 400;
const MAX_VALID: u64 = 40;
const MAX_SITES: usize = 200;
const MAX_SEEDS: u64 = 2;

/// A payload that `refutes`: what is made may be it, and the consumer refuses it.
pub fn find(producer: Side<'_>, consumer: Side<'_>, refutes: &dyn Fn(&Value) -> bool) -> Option<Value> {
    valid(producer, refutes).or_else(|| near_miss(consumer, refutes))
}

/// Of what the producer accepts.
fn valid(producer: Side<'_>, refutes: &dyn Fn(&Value) -> bool) -> Option<Value> {
    const STYLES: [Style; 5] =
        [Style::Minimal, Style::Maximal, Style::Boundary, Style::Strange, Style::Typical];
    let generator = Generator::new(producer.plan, producer.schemas, producer.schema).ok()?;
    let of_style = |seed: u64| generator.valid_in(STYLES[(seed % 5) as usize], seed);
    let mut drawn = (0..MAX_VALID).map(of_style);
    drawn.find(|payload| refutes(payload)).or_else(|| {
        let (n, boundary) = generator.boundaries();
        let mut boundaries = (0..n.min(MAX_BOUNDARIES)).filter_map(|number| boundary(number, 0));
        boundaries.find(|found| refutes(&found.payload)).map(|found| found.payload)
    })
}

/// Of what the consumer nearly accepts.
fn near_miss(consumer: Side<'_>, refutes: &dyn Fn(&Value) -> bool) -> Option<Value> {
    let generator = Generator::new(consumer.plan, consumer.schemas, consumer.schema).ok()?;
    let mut misses = generator.near_misses();
    for site_idx in 0..misses.n_sites().min(MAX_SITES) {
        for seed in 0..MAX_SEEDS {
            let found = misses.at_site(site_idx, seed).map(|miss| miss.payload);
            if let Some(payload) = found.filter(|payload| refutes(payload)) {
                return Some(payload);
            }
        }
    }
    None
}
