//! Targets that are no server of the contract.
