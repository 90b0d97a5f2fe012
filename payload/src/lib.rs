//! Judges payloads by a validation plan, and makes them from it, where no compiler is at hand.

pub mod generate;
pub mod interpret;
#[cfg(feature = "proptest")]
pub mod strategy;

/// The examples of the guide to strategies, compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../../docs/strategies.md")]
struct Strategies;
