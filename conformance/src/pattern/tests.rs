use std::path::Path;
use std::time::SystemTime;

use serde_json::json;

use super::*;

/// Reads `pattern` (YAML) and compares it with `value` (JSON): what was captured, or what differs.
fn outcome(pattern: &str, value: &str) -> String {
    let node = handfast_codegen::load::parse(Path::new("p.yaml"), pattern).expect("YAML");
    let value: Value = serde_json::from_str(value).expect("JSON");
    let mut scope = Scope::new("p.yaml");
    scope.names.insert("known".to_owned());
    let pattern = Pattern::read(&node, "", &mut scope);
    if let Some(problem) = scope.problems.first() {
        return format!("{}: {} ({})", problem.code, problem.message, problem.help.as_deref().unwrap_or(""));
    }
    let mut captures = Captures::default();
    captures.insert("known", json!("k-1"));
    match matches(&pattern, &value, &captures) {
        Ok(captures) => {
            let names = captures.0.iter().filter(|(name, _)| *name != "known");
            let names: Vec<_> = names.map(|(name, value)| format!(" {name}={value}")).collect();
            format!("matches{}", names.concat())
        }
        Err(differences) => {
            let lines = differences.iter().map(|d| format!("{} wanted {} found {}", d.at, d.wanted, d.found));
            lines.collect::<Vec<_>>().join("; ")
        }
    }
}

#[track_caller]
fn check(pattern: &str, value: &str, expected: &str) {
    assert_eq!(outcome(pattern, value), expected, "{pattern} against {value}");
}

#[test]
fn literals_match_equal_values() {
    check("1", "1.0", "matches");
    check("1", "\"1\"", " wanted 1 found \"1\"");
    check("null", "null", "matches");
    check("text", "\"other\"", " wanted \"text\" found \"other\"");
    check("{}", "{\"more\": 1}", "matches");
    check("[]", "[1]", "/0 wanted nothing found 1");
    check("[1, 2]", "[1]", "/1 wanted 2 found nothing");
    check("{a: {b: 1}}", "{\"a\": {\"c\": 1}}", "/a/b wanted 1 found nothing");
    check("{a/b: 1}", "{\"a/b\": 2}", "/a~1b wanted 1 found 2");
    check("{a: 1}", "[]", " wanted {\"a\":1} found []");
}

#[test]
fn matchers_match_types_ranges_formats_and_expressions() {
    check("'{{any}}'", "[]", "matches");
    check("'{{number 0..100}}'", "100", "matches");
    check("'{{number 0..100}}'", "100.5", " wanted {{number 0..100}} found 100.5");
    check("'{{integer 1..}}'", "2.0", "matches");
    check("'{{integer}}'", "2.5", " wanted {{integer}} found 2.5");
    check("'{{number ..-1}}'", "0", " wanted {{number ..-1}} found 0");
    check("'{{null}}'", "null", "matches");
    check("'{{uuid}}'", "\"not one\"", " wanted {{uuid}} found \"not one\"");
    check("'{{date-time as when}}'", "\"2026-01-02T03:04:05Z\"", "matches when=\"2026-01-02T03:04:05Z\"");
    check("'{{regex ^a{2}$}}'", "\"aa\"", "matches");
    check("'{{regex ^a.*z$ as word}}'", "\"abz\"", "matches word=\"abz\"");
    check("'{{regex ^a}}'", "1", " wanted {{regex ^a}} found 1");
}

#[test]
fn captures_are_compared_and_made_in_written_order() {
    check("'{{known}}'", "\"k-1\"", "matches");
    check("'{{known}}'", "\"k-2\"", " wanted {{known}} = \"k-1\" found \"k-2\"");
    check("'/tasks/{{known}}'", "\"/tasks/k-1\"", "matches");
    check("'/tasks/{{known}}'", "\"/tasks/k-2\"", " wanted \"/tasks/k-1\" found \"/tasks/k-2\"");
    check("{a: '{{any as x}}', b: '{{x}}'}", "{\"a\": [1], \"b\": [1]}", "matches x=[1]");
    check("{a: '{{any as x}}', b: '{{x}}'}", "{\"a\": 1, \"b\": 2}", "/b wanted {{x}} = 1 found 2");
}

#[test]
fn a_pattern_that_can_not_be_read_is_a_diagnostic() {
    let rows = [
        (
            "'{{uid}}'",
            "undefined-capture: `uid` is no matcher, and nothing is captured under that name before (did you mean `{{uuid}}`?)",
        ),
        (
            "'{{somewhere}}'",
            "undefined-capture: `somewhere` is no matcher, and nothing is captured under that name before (capture it in an earlier step: `{{any as somewhere}}`)",
        ),
        ("'{{number 9..1}}'", "pattern: no number is in `9..1` (write `1..9`)"),
        ("'{{number few}}'", "pattern: `few` is no range (write `0..100`, `1..` or `..9`)"),
        (
            "'{{uuid v4}}'",
            "pattern: `uuid` takes nothing behind it, and `v4` stands there (write `{{uuid}}` or `{{uuid as NAME}}`)",
        ),
        (
            "'{{regex (}}'",
            "pattern: `(` is no regular expression: unclosed group (the syntax is that of the Rust crate `regex`: no look-around, no back-references)",
        ),
        (
            "'{{any as uuid}}'",
            "pattern: `uuid` is the name of a matcher, and can't be captured under it (take another name)",
        ),
        ("'{{any'", "pattern: `{{any` is never closed (close it with `}}`)"),
        (
            "'{{now}}'",
            "pattern: `{{now}}` stands for a fresh time, and can only be sent (write `{{date-time}}`)",
        ),
        (
            "'task {{uuid}}'",
            "pattern: `task {{uuid}}` has a matcher inside a longer string (match the whole string: `{{regex ^build-[0-9]+$}}`)",
        ),
    ];
    for (pattern, expected) in rows {
        check(pattern, "null", expected);
    }
}

fn filled(template: &str, seed: u64) -> Result<(Value, Captures), String> {
    let node = handfast_codegen::load::parse(Path::new("t.yaml"), template).expect("YAML");
    let mut scope = Scope::new("t.yaml");
    scope.names.insert("known".to_owned());
    let template = Template::read(&node, "", &mut scope);
    if let Some(problem) = scope.problems.first() {
        return Err(problem.message.clone());
    }
    let mut captures = Captures::default();
    captures.insert("known", json!({"n": 1}));
    let value = template.fill(&mut captures, &mut Fresh::new(seed, SystemTime::UNIX_EPOCH));
    Ok((value, captures))
}

#[test]
fn what_is_sent_takes_captured_and_fresh_values() {
    let (value, captures) =
        filled("{a: '{{known}}', b: 'x-{{known}}', c: '{{uuid as id}}', d: '{{now}}', e: [1]}", 1)
            .expect("a template");
    assert_eq!(value["a"], json!({"n": 1}));
    assert_eq!(value["b"], json!("x-{\"n\":1}"));
    assert!(value["c"].as_str().is_some_and(handfast::format::uuid), "{value}");
    assert_eq!(captures.get("id"), Some(&value["c"]));
    assert_eq!(value["d"], json!("1970-01-01T00:00:00.000Z"));
    assert_eq!(value["e"], json!([1]));
    assert_eq!(filled("'{{uuid}}'", 7), filled("'{{uuid}}'", 7));
    assert_ne!(filled("'{{uuid}}'", 7), filled("'{{uuid}}'", 8));
    let refused = filled("'{{string}}'", 1).expect_err("no one value");
    assert_eq!(refused, "`{{string}}` matches many values, and can't be sent");
}

#[test]
fn a_long_difference_is_cut() {
    let long = format!("\"{}\"", "ñ".repeat(5000));
    assert!(outcome("1", &long).chars().count() < 2 * MAX_SHOWN);
    let many = format!("[{}]", vec!["1"; 5000].join(","));
    assert!(outcome("[]", &many).split("; ").count() <= 32);
}
