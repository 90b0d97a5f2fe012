//! Generated types draw themselves: what is drawn is valid, and what it shrinks to.

use std::fmt::Debug;

use handfast::Error;
use handfast_payload::strategy::Arbitrary;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, TestCaseError, TestError, TestRunner};
use serde_json::Value;

use super::{Everything, Unions, builder, odd, orbit};

const N_CASES: u32 = 256;
/// How often each case is made smaller.
const N_SMALLER: usize = 40;

/// Draws values of a type, makes each smaller, and asks each time whether it is still what it should be.
#[track_caller]
fn check<T: Arbitrary + Debug>(is_valid: impl Fn(&T) -> Result<bool, Error>) {
    let mut runner = TestRunner::deterministic();
    for _ in 0..N_CASES {
        let mut tree = T::arbitrary().new_tree(&mut runner).unwrap();
        assert!(is_valid(&tree.current()).unwrap(), "{:?}", tree.current());
        for step in 0..N_SMALLER {
            if !(if step % 3 == 2 { tree.complicate() } else { tree.simplify() }) {
                break;
            }
            assert!(is_valid(&tree.current()).unwrap(), "{:?}", tree.current());
        }
    }
}

#[test]
fn events_of_orbit() {
    check::<orbit::ServerEvent>(|event| {
        let again = orbit::ServerEvent::from_parts(event.name(), event.to_value()?)?;
        Ok(again == *event && orbit::ServerEvent::NAMES.contains(&event.name()))
    });
    check::<orbit::ClientEvent>(|event| {
        let again = orbit::ClientEvent::from_parts(event.name(), event.to_value()?)?;
        Ok(again == *event && orbit::ClientEvent::NAMES.contains(&event.name()))
    });
}

#[test]
fn events_of_builder() {
    check::<builder::ServerEvent>(|event| {
        let again = builder::ServerEvent::from_parts(event.name(), event.to_value()?)?;
        Ok(again == *event && builder::ServerEvent::NAMES.contains(&event.name()))
    });
    check::<builder::ClientEvent>(|event| {
        let again = builder::ClientEvent::from_parts(event.name(), event.to_value()?)?;
        Ok(again == *event && builder::ClientEvent::NAMES.contains(&event.name()))
    });
}

#[test]
fn a_schema_that_contains_itself() {
    check::<Everything>(|value| Ok(Everything::is_valid(&value.to_value()?)));
}

#[test]
fn unions_and_hostile_names() {
    check::<Unions>(|value| Ok(Unions::is_valid(&value.to_value()?)));
    check::<odd::Names>(|value| Ok(odd::Names::is_valid(&value.to_value()?)));
}

#[test]
fn every_event_is_drawn() {
    let mut runner = TestRunner::deterministic();
    let mut missing: Vec<&str> = orbit::ServerEvent::NAMES.to_vec();
    for _ in 0..40 * orbit::ServerEvent::NAMES.len() {
        let event = orbit::ServerEvent::arbitrary().new_tree(&mut runner).unwrap().current();
        missing.retain(|name| *name != event.name());
    }
    assert!(missing.is_empty(), "{missing:?}");
}

/// A failure shrinks to the smallest payload that shows it, and stays within the schema on the way.
#[test]
fn a_failure_shrinks_inside_the_schema() {
    let config = Config { cases: 2000, failure_persistence: None, ..Config::default() };
    let found = TestRunner::new(config).run(&orbit::TaskUpdated::arbitrary(), |event| {
        let value = event.to_value().unwrap();
        assert!(orbit::TaskUpdated::is_valid(&value), "{value}");
        match value["payload"]["progress"].as_i64() {
            Some(progress) if progress > 50 => Err(TestCaseError::fail("more than half is done")),
            _ => Ok(()),
        }
    });
    let Err(TestError::Fail(_, smallest)) = found else { panic!("{found:?}") };
    let value = smallest.to_value().unwrap();
    assert_eq!(value["payload"]["progress"], 51, "{value}");
    let n_members = |value: &Value| value.as_object().map_or(0, serde_json::Map::len);
    assert_eq!(n_members(&value["payload"]), 2, "{value}");
}
