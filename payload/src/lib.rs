//! Judges payloads by a validation plan, and makes them from it, where no compiler is at hand.

pub mod generate;
pub mod interpret;
#[cfg(feature = "proptest")]
pub mod strategy;
