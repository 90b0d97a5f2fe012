//! The exit codes, as `handfast --help` and docs/exit-codes.md give them.

use handfast_conformance::verdict::Verdict;

/// All went well.
pub const PASSED: u8 = Verdict::Passed.exit_code();
/// Something wrong was found where the command was to look.
pub const FAILED: u8 = Verdict::Failed.exit_code();
/// The command was called wrongly, or a file it was given is wrong.
pub const WRONG: u8 = Verdict::Broken.exit_code();

/// Nobody can say whether something is wrong.
pub const UNDECIDED: u8 = Verdict::Inconclusive.exit_code();

/// Every exit code and what it means.
pub static EXIT_CODES: &[(u8, &str)] = &[
    (PASSED, "passed: nothing wrong was found"),
    (
        FAILED,
        "failed: the server broke its contract or did not do what a session or call expects, a document is invalid, a change breaks somebody, or a generated file or a list of known failures is stale",
    ),
    (WRONG, "usage, or a contract, session or other file that is wrong or can't be read or written"),
    (Verdict::Unreachable.exit_code(), "the target can't be reached, or could not be started"),
    (
        UNDECIDED,
        "inconclusive: the runner itself was late, or was interrupted; whether a change breaks somebody could not be decided",
    ),
];

/// The exit codes as a part of a help text.
pub fn help() -> String {
    let mut text = String::from("Exit codes:\n");
    text.extend(EXIT_CODES.iter().map(|(code, meaning)| format!("  {code}  {meaning}\n")));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documentation_says_the_same() {
        let documented = include_str!("../../docs/exit-codes.md");
        for (code, meaning) in EXIT_CODES {
            let row = format!("| {code} | {meaning} |");
            assert!(documented.lines().any(|line| line == row), "{row}");
        }
        assert_eq!(documented.lines().filter(|line| line.starts_with("| ")).count(), EXIT_CODES.len() + 1);
    }
}
