use std::path::Path;

use handfast_codegen::source::Memory;
use proptest::prelude::*;
use regex::Regex;
use serde_json::json;

use super::order::Order;
use super::*;
use crate::matcher::tests::JOBS;

/// Feeds a rule by name with frames of the server, and tells the messages of its failures.
fn messages(rule: &str, head: &str, frames: &[Value]) -> Vec<String> {
    let text = format!("session: s\ncontract: c.yaml\nconnect: {{ channel: bus{head} }}\nsteps: []");
    let source = Memory::default().with("c.yaml", JOBS).with("s.yaml", text);
    let session = crate::session::load(&source, &|_| None, Path::new("s.yaml")).expect("a session");
    let session = Arc::new(session);
    let entry = RULES.iter().find(|entry| entry.name == rule).expect("a rule");
    let conditions =
        Conditions { session: Arc::clone(&session), deadline: crate::session::DEADLINE, scale: 1.0 };
    let Some(mut rule) = (entry.start)(&conditions) else { return vec!["not started".to_owned()] };
    rule.connected(Connected { at: Duration::ZERO, again: false });
    let mut messages = Vec::new();
    for (n, payload) in frames.iter().enumerate() {
        if payload.is_null() {
            rule.connected(Connected { at: Duration::ZERO, again: true });
            continue;
        }
        let name = payload["type"].as_str().expect("a type");
        let events = session.protocol.direction(session.channel_idx, Side::Server);
        let event = *events.iter().find(|event| session.event(**event).name == name).expect("an event");
        let at = Duration::from_millis(n as u64);
        let seen = Seen { at, by: Side::Server, event, name, payload };
        messages.extend(rule.frame(&seen).into_iter().map(|failure| format!("{n}: {}", failure.message)));
    }
    messages
}

fn job(event: &str, key: &str) -> Value {
    json!({ "type": format!("job.{event}"), "job": key })
}

#[test]
fn every_rule_says_what_why_and_when() {
    for rule in RULES {
        assert!(
            [rule.name, rule.what, rule.why, rule.example].iter().all(|text| !text.is_empty()),
            "{}",
            rule.name
        );
    }
    let mut names: Vec<_> = RULES.iter().map(|rule| rule.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), RULES.len());
}

#[test]
fn lifecycles_are_followed_per_key() {
    let rows: [(&[Value], &[&str]); 4] = [
        (
            &[
                job("created", "a"),
                job("created", "b"),
                job("done", "b"),
                job("progress", "a"),
                job("done", "a"),
            ],
            &[],
        ),
        (
            &[job("created", "a"), job("done", "a"), job("progress", "a")],
            &["2: `job.progress` can't come now: of job \"a\", nothing comes next"],
        ),
        (
            &[job("progress", "a"), job("done", "a")],
            &["0: `job.progress` can't come now: of job \"a\", `job.created` comes next"],
        ),
        // After a reconnection the runner does not know what it missed.
        (&[job("created", "a"), Value::Null, job("done", "a"), job("progress", "b")], &[]),
    ];
    for (frames, expected) in rows {
        assert_eq!(messages("lifecycle", "", frames), expected, "{frames:?}");
    }
}

#[test]
fn what_the_filter_leaves_out_is_not_missed() {
    let frames = [job("done", "a"), job("done", "a")];
    let head = ", query: { topics: '*.done' }";
    assert_eq!(
        messages("lifecycle", head, &frames),
        ["1: `job.done` can't come now: of job \"a\", nothing comes next"]
    );
    assert_eq!(
        messages("filter", head, &[job("created", "a"), json!({"type": "pong"})]),
        ["0: `job.created` comes, and the query asks for *.done"]
    );
    assert_eq!(messages("filter", "", &frames), ["not started"]);
}

#[test]
fn values_are_unique_and_monotonic_on_a_connection() {
    let note = |id: Value, at: Value, job: &str| json!({"type": "note", "id": id, "at": at, "job": job});
    let first = note(json!("1"), json!(5), "a");
    assert_eq!(
        messages("unique", "", &[first.clone(), note(json!(1), json!(5), "a"), first.clone()]),
        ["2: `/id` repeats: \"1\" came before"]
    );
    assert_eq!(messages("unique", "", &[first.clone(), Value::Null, first.clone()]), Vec::<String>::new());
    let earlier = note(json!("2"), json!(4.5), "a");
    assert_eq!(messages("monotonic", "", &[first.clone(), earlier]), ["1: `/at` goes back from 5 to 4.5"]);
    assert_eq!(messages("monotonic", "", &[first, note(json!("2"), json!(1), "b")]), Vec::<String>::new());
    let times = ["2026-01-01T10:00:00Z", "2026-01-01T10:00:00.5Z", "2026-01-01T12:00:00+02:00"];
    let times: Vec<_> = times.iter().map(|at| note(Value::Null, json!(at), "a")).collect();
    let expected = r#"2: `/at` goes back from "2026-01-01T10:00:00.5Z" to "2026-01-01T12:00:00+02:00""#;
    assert_eq!(messages("monotonic", "", &times), [expected]);
}

#[test]
fn an_order_that_can_not_be_read_says_why() {
    let rows = [
        ("", "an event is missing at the end"),
        ("a |", "an event is missing at the end"),
        ("* a", "an event is missing before `*`"),
        ("(a b", "`(` is never closed"),
        ("a )", "`)` has nothing to close"),
        ("()", "an event is missing before `)`"),
    ];
    for (order, expected) in rows {
        assert_eq!(Order::parse(order).expect_err(order), expected, "{order}");
    }
    assert!(Order::parse(&"(".repeat(100_000)).is_err_and(|message| message.contains("deep")));
    assert!(Order::parse(&"a ".repeat(100_000)).is_err_and(|message| message.contains("more than")));
    assert!(Order::parse(&format!("a{}", "*".repeat(100_000))).is_ok());
}

/// Expressions over the events `a`, `b` and `c`, in the syntax that both have.
fn expressions() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![Just("a"), Just("b"), Just("c")].prop_map(str::to_owned);
    leaf.prop_recursive(4, 24, 3, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} {b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} | {b})")),
            (inner, prop_oneof![Just("*"), Just("+"), Just("?")])
                .prop_map(|(a, sign)| format!("({a}){sign}")),
        ]
    })
}

/// How many of `events` can follow each other from the start.
fn n_followed(order: &Order, events: &str) -> usize {
    let mut states = order.start();
    for (n, event) in events.chars().enumerate() {
        states = order.advance(&states, &event.to_string(), &|_| false);
        if states.is_empty() {
            return n;
        }
    }
    events.len()
}

proptest! {
    /// What the machine follows is a beginning of a word that the `regex` crate matches, and what is no beginning is not
    /// followed: of all words up to some length, both accept the same beginnings.
    #[test]
    fn an_order_follows_what_a_regular_expression_matches(expression in expressions(), events in "[abc]{0,7}") {
        let order = Order::parse(&expression).expect("an order");
        let oracle = Regex::new(&format!("^(?:{})$", expression.replace(' ', ""))).expect("an expression");
        if oracle.is_match(&events) {
            prop_assert_eq!(n_followed(&order, &events), events.len(), "{} on {}", expression, events);
        }
        // A word that is followed to its end has a continuation that matches.
        if n_followed(&order, &events) == events.len() {
            let mut open = vec![(events.clone(), 0)];
            let mut found = false;
            while let Some((word, n_more)) = open.pop() {
                found |= oracle.is_match(&word);
                if found || n_more == 6 { if found { break } else { continue } }
                open.extend(["a", "b", "c"].map(|event| (format!("{word}{event}"), n_more + 1)));
            }
            // An expression of many names may need more than that many events to end.
            prop_assert!(found || order.names().count() > 6, "{} on {}", expression, events);
        }
    }

    /// Lifecycles of different keys do not touch each other.
    #[test]
    fn any_interleaving_of_whole_lifecycles_passes(lengths in prop::collection::vec(0_usize..4, 1..5), picks in prop::collection::vec(any::<prop::sample::Index>(), 64)) {
        let mut lives: Vec<std::collections::VecDeque<Value>> = lengths.iter().enumerate().map(|(n, length)| {
            let key = n.to_string();
            let progress = (0..*length).map(|_| job("progress", &key));
            std::iter::once(job("created", &key)).chain(progress).chain([job("done", &key)]).collect()
        }).collect();
        let mut frames = Vec::new();
        for pick in &picks {
            lives.retain(|life| !life.is_empty());
            if lives.is_empty() { break }
            let life = pick.index(lives.len());
            frames.extend(lives[life].pop_front());
        }
        prop_assert_eq!(messages("lifecycle", "", &frames), Vec::<String>::new());
    }
}

#[test]
fn the_documentation_says_the_same() {
    let documented = include_str!("../../../docs/rules.md");
    for rule in RULES {
        let row = format!("| `{}` | {} | {} | {} |", rule.name, rule.what, rule.why, rule.example);
        assert!(documented.contains(&row), "{row}");
    }
}
