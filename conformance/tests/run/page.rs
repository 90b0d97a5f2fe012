//! The HTML page as a file; what a browser makes of it is tested there.

use data_encoding::BASE64;
use handfast_conformance::report::Detail;
use sha2::{Digest, Sha256};

use crate::reports::{line, run, told};
use handfast_conformance::event::RunEvent;
use handfast_conformance::verdict::Actor;

const HOSTILE: &str =
    "</script><script>alert(1)</script><!--<script>\u{2028}\u{2029}]]>&amp;{{script}}{{policy}}";

fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    text.split_once(before).unwrap().1.split_once(after).unwrap().0
}

fn page() -> String {
    let mut events = run();
    for event in &mut events {
        if let RunEvent::SessionFinished(report) = event {
            report.name.push_str(HOSTILE);
            report.transcript.push(line(1.0, Actor::Server, HOSTILE, HOSTILE));
        }
    }
    told("html", Detail::Normal, &events)
}

#[test]
fn data_never_leaves_its_element() {
    let page = page();
    assert_eq!(page.matches("<script").count(), 2, "the data and the script");
    assert_eq!(page.matches("</script>").count(), 2);
    let data = between(&page, "<script id=\"data\" type=\"application/json\">", "</script>");
    assert!(!data.contains(['<', '>', '&', '\u{2028}', '\u{2029}']));
    let data: serde_json::Value = serde_json::from_str(data).unwrap();
    let text = &data["sessions"][0]["report"]["transcript"][0]["text"];
    assert_eq!(text.as_str(), Some(HOSTILE));
    assert_eq!(data["sessions"].as_array().map(Vec::len), Some(5));
    assert_eq!(data["finished"]["exit-code"], 3);
}

#[test]
fn only_its_own_script_and_style_may_run() {
    let page = page();
    let policy = between(&page, "Content-Security-Policy\" content=\"", "\"");
    for (name, text) in [
        ("style-src", between(&page, "<style>", "</style>")),
        ("script-src", page.rsplit_once("<script>").unwrap().1.split_once("</script>").unwrap().0),
    ] {
        let hash = BASE64.encode(&Sha256::digest(text));
        assert!(policy.contains(&format!("{name} 'sha256-{hash}'")), "{name}: {policy}");
    }
    assert!(policy.starts_with("default-src 'none';") && !policy.contains("unsafe"), "{policy}");
    assert!(!page.contains("http://www") && !page.contains("https://"), "nothing is fetched");
}

#[test]
fn a_page_stays_small_enough_to_open() {
    let mut events = run();
    let passed = events.iter_mut().find_map(|event| match event {
        RunEvent::SessionFinished(report) if report.failures.is_empty() => Some(report),
        _ => None,
    });
    let transcript: Vec<_> =
        (0..20_u8).map(|_| line(1.0, Actor::Server, "big", &"x".repeat(1 << 20))).collect();
    passed.unwrap().transcript = transcript;
    let page = told("html", Detail::Normal, &events);
    assert!(page.len() < 1 << 20, "{}", page.len());
    assert!(page.contains("\"n-lines-left-out\":20"));
}
