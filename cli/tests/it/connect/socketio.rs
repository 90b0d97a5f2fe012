//! Acknowledgements and binary attachments, from a server of one script.

use futures_util::SinkExt;
use tokio_tungstenite::tungstenite::Message;

use super::scripted::{Scripted, hear, say};
use super::talk::json_lines;
use crate::call::{Called, Workspace};

const CONTRACT: &str = r##"
asyncapi: 3.0.0
info: { title: Files, version: 1.0.0 }
servers: { main: { host: localhost, protocol: socket.io } }
channels:
  files:
    address: /files
    messages:
      save: { $ref: "#/components/messages/save" }
      blob: { $ref: "#/components/messages/blob" }
operations:
  save:
    action: receive
    channel: { $ref: "#/channels/files" }
    messages: [{ $ref: "#/channels/files/messages/save" }]
    x-ack: { type: object, required: [ok], properties: { ok: { type: boolean } } }
  tell: { action: send, channel: { $ref: "#/channels/files" }, messages: [{ $ref: "#/channels/files/messages/blob" }] }
components:
  messages:
    save: { payload: { type: array, prefixItems: [{ type: string }, { type: integer }], minItems: 2 } }
    blob: { payload: {} }
"##;

/// A server that takes one event, acknowledges it so, and sends a blob.
fn serve(acknowledgement: &'static str) -> Scripted {
    Scripted::start(move |_, mut socket| async move {
        let open =
            r#"0{"sid":"a","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":100000}"#;
        say(&mut socket, &[open]).await;
        assert_eq!(hear(&mut socket).await.as_deref(), Some("40/files,"));
        say(&mut socket, &[r#"40/files,{"sid":"b"}"#]).await;
        assert_eq!(hear(&mut socket).await.as_deref(), Some(r#"42/files,0["save","a",1]"#));
        say(&mut socket, &[acknowledgement, r#"451-/files,9["blob",{"_placeholder":true,"num":0}]"#]).await;
        let _ = socket.send(Message::binary(vec![7; 42])).await;
        hear(&mut socket).await;
    })
}

fn saved(acknowledgement: &'static str, format: &str) -> Called {
    let (workspace, server) = (Workspace::new(), serve(acknowledgement));
    workspace.write("files.yaml", CONTRACT);
    workspace.write("payload.json", r#"["a", 1]"#);
    let call =
        ["connect", "files.yaml", "--target", &server.url, "--transport", "websocket", "--timeout", "1m"];
    let emit = ["--emit", "save", "@payload.json", "--until", "blob", "--format", format];
    workspace.call(&[&call[..], &emit].concat())
}

#[test]
fn acknowledgements_are_asked_for_and_validated() {
    let good = saved(r#"43/files,0[{"ok":true}]"#, "text");
    good.complains(0, &["connected to "]);
    let lines: Vec<_> = good.stdout.lines().collect();
    assert!(lines[0].ends_with(r#" → save ["a",1]"#), "{good:#?}");
    assert!(lines[1].ends_with(r#" ← ✓ acknowledged save {"ok":true}"#), "{good:#?}");
    assert!(
        lines[2]
            .ends_with(r#" ← ✓ blob (wants an acknowledgement) {"_placeholder":true,"num":0} [42 bytes]"#),
        "{good:#?}"
    );
    let bad = saved(r#"43/files,0["fine"]"#, "text");
    bad.complains(1, &["1 event was invalid"]);
    assert!(
        bad.stdout.contains("← ✗ invalid acknowledged save \"fine\"\n  `the value` breaks `type`"),
        "{bad:#?}"
    );
}

#[test]
fn programs_read_of_them_too() {
    let called = saved(r#"43/files,0[{"ok":true}]"#, "json");
    called.complains(0, &[]);
    let lines = json_lines(&called);
    assert_eq!((&lines[2]["acknowledges"], &lines[2]["data"]["ok"]), (&"save".into(), &true.into()));
    assert_eq!((&lines[3]["attachments"][0], &lines[3]["acknowledge"]), (&42.into(), &true.into()));
}

#[test]
fn an_acknowledgement_that_nobody_asked_for_is_wrong() {
    saved(r#"43/files,7[{"ok":true}]"#, "text").complains(1, &["1 event was invalid"]);
}
