//! Handfast.
