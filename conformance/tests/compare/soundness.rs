//! Random pairs: what is called compatible is refuted by no value, what is called breaking by the witness.

use fastrand::Rng;
use handfast_codegen::Dialect;
use handfast_conformance::compare::{Reading, Verdict};

use crate::pair::{Oracle, verdict};
use crate::random::{changed, schema, value};

const N_PAIRS: u64 = 1_500;
const N_VALUES: usize = 250;
const DIALECT: Dialect = Dialect::Draft202012;

#[test]
fn no_value_refutes_what_is_compatible_and_the_witness_what_is_not() {
    let seeds = std::env::var("COMPARE_SEEDS").ok();
    let n_pairs = seeds.and_then(|n| n.parse().ok()).unwrap_or(N_PAIRS);
    let (mut n_unknown, mut n_compatible) = (0, 0);
    for seed in 0..n_pairs {
        let mut rng = Rng::with_seed(seed);
        let producer = schema(2, &mut rng);
        let consumer = if rng.u8(..3) == 0 { schema(2, &mut rng) } else { changed(&producer, 2, &mut rng) };
        let said = verdict(&producer, &consumer, DIALECT, Reading::Strict);
        let oracle = Oracle::of(&producer, &consumer, DIALECT);
        let what = || format!("seed {seed}: {producer} => {consumer}");
        match said {
            Verdict::Compatible => {
                n_compatible += 1;
                for _ in 0..N_VALUES {
                    let value = value(3, &mut rng);
                    assert!(!oracle.refutes(&value), "{} is refuted by {value}", what());
                }
            }
            Verdict::Breaking(witness) => {
                assert!(oracle.refutes(&witness.payload), "{} has the witness {}", what(), witness.payload);
                assert!(!witness.violations.is_empty(), "{}", what());
            }
            Verdict::Unknown(blocked) => {
                n_unknown += 1;
                if std::env::var_os("COMPARE_UNKNOWN").is_some() {
                    eprintln!("{}: {blocked:?}", what());
                }
            }
        }
    }
    eprintln!("{n_compatible} compatible, {n_unknown} unknown of {n_pairs}");
    assert!(n_unknown * 50 <= n_pairs, "{n_unknown} of {n_pairs} are unknown");
    assert!(n_compatible * 8 >= n_pairs, "{n_compatible} of {n_pairs} are compatible");
}
