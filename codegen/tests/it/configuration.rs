//! What `handfast.toml` says, and where it is found.

use std::path::{Path, PathBuf};

use handfast_codegen::source::Memory;
use handfast_codegen::{Dialect, Formats, Options, compile_schema};

#[track_caller]
fn found(files: &[(&str, &str)], path: &str) -> Options {
    let memory = files.iter().fold(Memory::default(), |memory, (path, text)| memory.with(path, *text));
    Options::find(&memory, Path::new(path)).unwrap_or_else(|problem| panic!("{problem}"))
}

/// What is said of a file that holds `text`.
fn refused(text: &str) -> String {
    let memory = Memory::default().with("handfast.toml", text);
    Options::find(&memory, Path::new("s.json")).expect_err("a file that is wrong").to_string()
}

#[test]
fn everything_is_read() {
    let text = "default-dialect = \"draft-07\"\nformats = \"assert\"\n[resolve]\n\"https://e.org/\" = \"../vendor\"\n";
    let options = found(&[("a/handfast.toml", text)], "a/s.json");
    assert_eq!((options.default_dialect, options.formats), (Dialect::Draft7, Formats::Assert));
    assert_eq!(options.resolve, [("https://e.org/".to_owned(), PathBuf::from("a/../vendor"))]);
    assert_eq!(options.file, Some(PathBuf::from("a/handfast.toml")));
}

#[test]
fn the_nearest_file_counts() {
    let files = [("handfast.toml", "formats = \"assert\""), ("a/handfast.toml", "")];
    assert_eq!(found(&files, "a/b/s.json").formats, Formats::Annotate);
    assert_eq!(found(&files, "b/s.json").formats, Formats::Assert);
    // Documents beside the folder still find what stands in it.
    assert_eq!(found(&files, "../schemas/s.json").formats, Formats::Assert);
    assert_eq!(found(&[], "a/s.json"), Options::default());
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    for (text, expected) in [
        ("formats = \"assert", "error[syntax]"),
        (
            "\nfromats = \"assert\"",
            "error[unknown-key]: `fromats` is no key of handfast.toml\n  ┌─ handfast.toml:2:1\n  help: did you mean `formats`?",
        ),
        ("formats = \"asert\"", "help: did you mean `assert`?"),
        (
            "default-dialect = \"draft-3\"",
            "error[configuration]: `draft-3` is no dialect of JSON Schema\n  ┌─ handfast.toml:1:19",
        ),
        ("[resolve]\na = 1", "error[configuration]"),
    ] {
        let refused = refused(text);
        assert!(refused.contains(expected), "{text}\n{refused}");
    }
}

#[test]
fn the_file_is_one_of_those_behind_a_schema() {
    let memory = Memory::default()
        .with("a/handfast.toml", "[resolve]\n\"https://e.org/\" = \"vendor\"")
        .with("a/s.json", r#"{ "$ref": "https://e.org/t" }"#)
        .with("a/vendor/t.json", "{}");
    let compiled = compile_schema(&memory, Path::new("a/s.json")).unwrap_or_else(|it| panic!("{it}"));
    assert_eq!(compiled.files, ["a/s.json", "a/vendor/t.json", "a/handfast.toml"].map(PathBuf::from));
}
