//! The compiler knows every file behind a contract.

use std::path::Path;

/// The dependency file that rustc writes beside this test names what it looked at.
#[test]
fn a_changed_schema_rebuilds_the_crate() {
    let binary = std::env::current_exe().unwrap();
    let listing = std::fs::read_to_string(binary.with_extension("d")).unwrap();
    for file in [
        "../schemas/orbit/asyncapi.yaml",
        "../schemas/builder/definitions.schema.json",
        "tests/schemas/configured/protocol.json",
        "tests/schemas/configured/vendor/moment.json",
        "tests/schemas/configured/handfast.toml",
    ] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file).canonicalize().unwrap();
        let is_known = listing
            .split_whitespace()
            .any(|one| Path::new(one.trim_end_matches(':')).canonicalize().is_ok_and(|one| one == path));
        assert!(is_known, "{file} is not in {}", binary.with_extension("d").display());
    }
}
