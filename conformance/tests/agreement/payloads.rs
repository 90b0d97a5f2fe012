//! Made payloads: valid ones are, near misses are not, and every judge says so.

use handfast_codegen::model::Schemas;
use handfast_conformance::generate::{Generator, Style};

use super::Judges;

const N_PAYLOADS: u64 = 200;
/// Of the constraints that a payload can break alone, so many are broken.
const MIN_ISOLATED: f64 = 0.95;

/// Payloads made of one schema.
#[track_caller]
pub fn check(schemas: &Schemas, judges: &Judges<'_>) {
    let generator = Generator::new(judges.plan, schemas, judges.schema).unwrap();
    for seed in 0..N_PAYLOADS {
        let value = generator.valid(seed);
        assert!(judges.oracle.is_valid(&value), "{value}");
        assert_eq!(value, generator.valid(seed), "a seed makes the same again");
        judges.agree_on(&value);
    }
    let smallest = generator.valid_in(Style::Minimal, 0).to_string();
    let largest = generator.valid_in(Style::Maximal, 0).to_string();
    assert!(smallest.len() <= largest.len(), "{smallest} is larger than {largest}");
    let (n_places, boundary) = generator.boundaries();
    for made in (0..n_places).filter_map(|place| boundary(place, 1)) {
        assert!(judges.oracle.is_valid(&made.payload), "{made:?}");
        assert!(made.payload.pointer(&made.at).is_some(), "{made:?}");
    }
    let mut misses = generator.near_misses();
    let coverage = misses.coverage();
    let n_isolatable = coverage.n_sites - coverage.n_implied;
    let open = misses.open();
    assert!(coverage.n_isolated as f64 >= MIN_ISOLATED * n_isolatable as f64, "{coverage:?} {open:?}");
    let n_payloads = N_PAYLOADS.max(2 * coverage.n_sites as u64);
    for miss in (0..n_payloads).filter_map(|seed| misses.draw(seed)) {
        assert!(!judges.oracle.is_valid(&miss.payload), "{miss:?}");
        judges.agree_on(&miss.payload);
    }
}
