//! `handfast replay --capabilities`: what a server claims is played, what it lacks is skipped.

use crate::call::Workspace;
use crate::server::Server;

const GOOD: &str = r#"{"type":"pong","n":1}"#;
const REPLAY: [&str; 4] = ["replay", "sessions", "--capabilities", "server/capabilities.toml"];

/// A folder with a session, and the capabilities of a server.
fn workspace(capabilities: &str) -> Workspace {
    let workspace = Workspace::new();
    workspace.write("server/capabilities.toml", capabilities);
    workspace
}

fn targets(names: &[(&str, &str)]) -> String {
    names.iter().map(|(name, url)| format!("[[targets]]\nname = \"{name}\"\nurl = \"{url}\"\n")).collect()
}

#[test]
fn every_target_is_played_and_what_it_lacks_is_skipped() {
    let (one, other) = (Server::start(Some(GOOD)), Server::start(Some(GOOD)));
    let claims = targets(&[("one", &one.url), ("other", &other.url)]);
    let workspace = workspace(&format!("{claims}lacks = {{ paging = \"T-1: not built yet\" }}\n"));
    workspace.vary("sessions/paged.yaml", "ping and pong\n", "paged\nneeds: [paging]\n");
    let called = workspace.call(&[&REPLAY[..], &["--seed", "7", "--report", "junit=report.xml"]].concat());
    called.says(
        0,
        &[
            &format!("4 sessions against {}/, {}/ (seed 7)", one.url, other.url),
            "✓ passed  paged [one]",
            "– skipped  paged [other]\n  no paging: T-1: not built yet",
            "✓ passed  ping and pong [one]",
            "✓ passed  ping and pong [other]",
            "3 passed, 1 skipped in",
        ],
    );
    assert!(workspace.read("report.xml").contains("<skipped message=\"no paging: T-1: not built yet\"/>"));
    let alone = workspace.call(&[&REPLAY[..], &["--permutation", "one"]].concat());
    alone.says(0, &["2 passed in"]);
    workspace
        .call(&[&REPLAY[..], &["--permutation", "two"]].concat())
        .complains(2, &["there is no permutation `two`", "known are: one; other"]);
}

#[test]
fn what_is_claimed_and_absent_fails() {
    let server = Server::start(Some(GOOD));
    let workspace = workspace(&targets(&[("here", &server.url), ("nowhere", "http://127.0.0.1:9")]));
    let called = workspace.call(&[&REPLAY[..], &["--seed", "7"]].concat());
    called.says(
        1,
        &[
            "✓ passed  ping and pong [here]",
            "✗ failed  ping and pong [nowhere]",
            "failed[capability]: the capabilities claim the target `nowhere`, and nothing accepts connections",
            "reproduce: handfast replay sessions/ping.yaml --capabilities server/capabilities.toml \
             --permutation nowhere --seed 7",
        ],
    );
    workspace.write("server/capabilities.toml", &targets(&[("nowhere", "http://127.0.0.1:9")]));
    workspace.call(&REPLAY).says(3, &["✗ unreachable  ping and pong (0.00 s)"]);
}

#[test]
fn every_revision_that_is_spoken_is_played() {
    let server = Server::start(Some(GOOD));
    let speaks = "contracts = [\"../contract.yaml\", \"../new.yaml\", \"../other.yaml\"]\n";
    let workspace = workspace(&format!("{speaks}{}", targets(&[("here", &server.url)])));
    let contract = workspace.read("contract.yaml");
    let new =
        contract.replace("version: 1.0.0", "version: 2.0.0").replace("n: { type: integer", "n: { minimum: 2");
    workspace.write("new.yaml", &new);
    workspace.write("other.yaml", &contract.replace("title: Echo", "title: Elsewhere"));
    let both = workspace.call(&REPLAY);
    both.says(1, &["✓ passed  ping and pong [1.0.0]", "✗ failed  ping and pong [2.0.0]", "failed[schema]"]);
    // A revision without what a session is about does not make it wrong.
    workspace.write("new.yaml", &new.replace("pong", "gong"));
    let skipped = "– skipped  ping and pong [2.0.0]\n  revision 2.0.0 of Echo has not what it needs: ";
    workspace.call(&REPLAY).says(0, &["✓ passed  ping and pong [1.0.0]", skipped, "1 passed, 1 skipped in"]);
}

#[test]
fn a_run_that_would_play_nothing_is_wrong() {
    let text = format!("{}lacks = {{ websocket = \"T-1\" }}\n", targets(&[("one", "http://127.0.0.1:9")]));
    let workspace = workspace(&text);
    workspace.call(&REPLAY).complains(2, &["no session can be played: no websocket: T-1"]);
    workspace.write("server/capabilities.toml", "targets = []\n");
    workspace.call(&REPLAY).complains(2, &["there is no target", "server/capabilities.toml:1"]);
    workspace.call(&["replay", "sessions"]).complains(2, &["--target"]);
    let both = [&REPLAY[..], &["--target", "http://127.0.0.1:9"]].concat();
    workspace.call(&both).complains(2, &["cannot be used with"]);
}
