//! The cases of the official test suites of Engine.IO and Socket.IO that are below the level of sessions, against a mock and
//! against the official server.

use std::time::Duration;

use serde_json::{Value, json};

use crate::wire::{Peer, QUIET, Socket, Times, against_both};

/// Heartbeats as often as the suites have them; the client may take longer, since machines of tests are busy.
const BEATING: Times =
    Times { ping_interval: Duration::from_millis(300), ping_timeout: Duration::from_secs(2), ..QUIET };

/// What is said by the first packet of a session.
fn is_open_packet(text: &str, upgrades: &[&str], peer: &Peer) {
    let open: Value = serde_json::from_str(text.strip_prefix('0').expect("an open packet")).unwrap();
    let mut names: Vec<_> = open.as_object().unwrap().keys().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!(names, ["maxPayload", "pingInterval", "pingTimeout", "sid", "upgrades"], "{}", peer.name());
    assert_eq!(open["upgrades"], json!(upgrades));
    assert_eq!((&open["pingInterval"], &open["pingTimeout"]), (&300.into(), &2000.into()));
    assert_eq!(open["maxPayload"], 1_000_000);
    assert!(open["sid"].is_string());
}

#[tokio::test]
async fn handshakes_by_polling() {
    against_both(BEATING, async |peer| {
        let (status, body) = peer.get("EIO=4&transport=polling").await;
        assert_eq!(status, 200);
        is_open_packet(&body, &["websocket"], peer);
        for (query, code) in [
            ("transport=polling", 5),
            ("EIO=abc&transport=polling", 5),
            ("EIO=4", 0),
            ("EIO=4&transport=abc", 0),
            ("EIO=4&transport=polling&sid=nobody", 1),
            ("EIO=4&transport=websocket", 3),
        ] {
            assert_eq!(peer.refusal("GET", query).await, (400, json!(code)), "{}: {query}", peer.name());
        }
        for method in ["POST", "PUT"] {
            let found = peer.refusal(method, "EIO=4&transport=polling").await;
            assert_eq!(found, (400, json!(2)), "{}: {method}", peer.name());
        }
    })
    .await;
}

#[tokio::test]
async fn handshakes_by_websocket() {
    against_both(BEATING, async |peer| {
        let mut socket = Socket::open(peer, "EIO=4&transport=websocket").await;
        is_open_packet(&socket.text().await.unwrap(), &[], peer);
        for query in [
            "transport=websocket",
            "EIO=abc&transport=websocket",
            "EIO=4",
            "EIO=4&transport=abc",
            "EIO=4&transport=websocket&sid=nobody",
        ] {
            assert!(is_of_no_use(peer, query).await, "{}: {query}", peer.name());
        }
    })
    .await;
}

#[tokio::test]
async fn payloads_of_polls_hold_one_packet_or_several() {
    against_both(QUIET, async |peer| {
        let session = peer.polling_joined().await;
        peer.posts(&session, r#"42["message",1,"2",{"3":[true]}]"#).await;
        assert_eq!(peer.polls(&session, 1).await, [r#"42["message-back",1,"2",{"3":[true]}]"#]);
        let session = peer.polling_joined().await;
        let three = ["test1", "test2", "test3"].map(|text| format!(r#"42["message","{text}"]"#));
        peer.posts(&session, &three.join("\u{1e}")).await;
        let answers = three.map(|packet| packet.replace("message", "message-back"));
        assert_eq!(peer.polls(&session, 3).await, answers);
    })
    .await;
}

#[tokio::test]
async fn payloads_of_polls_hold_bytes_beside_text() {
    against_both(QUIET, async |peer| {
        let session = peer.polling_joined().await;
        let placeholders = r#"{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}"#;
        peer.posts(&session, &format!("452-[\"message\",{placeholders}]\u{1e}bAQID\u{1e}bBAUG")).await;
        let packets = peer.polls(&session, 3).await;
        is_packet(&packets[0], "452-", &format!("[\"message-back\",{placeholders}]"));
        assert_eq!(packets[1..], ["bAQID", "bBAUG"], "{}", peer.name());
    })
    .await;
}

/// A packet has this head, and JSON behind it that says the same; members may stand in another order.
#[track_caller]
fn is_packet(text: &str, head: &str, wanted: &str) {
    let found = text.strip_prefix(head).unwrap_or_else(|| panic!("{text} is no {head}"));
    let [found, wanted] = [found, wanted].map(|json| serde_json::from_str::<Value>(json).unwrap());
    assert_eq!(found, wanted);
}

#[tokio::test]
async fn what_is_no_payload_ends_a_session_that_polls() {
    against_both(QUIET, async |peer| {
        for bad in ["abc", "9", "40\u{1e}abc", "42[\"message\""] {
            let session = peer.polling_joined().await;
            // Whether this very request is refused differs from server to server.
            peer.request("POST", &session, Some(bad)).await;
            peer.ends(&session).await;
        }
    })
    .await;
}

#[tokio::test]
async fn two_polls_at_once_end_a_session() {
    against_both(QUIET, async |peer| {
        let session = peer.polling_joined().await;
        let (first, second) = tokio::join!(peer.get(&session), peer.get(&session));
        let (waiting, other) = if first.0 == 200 { (first, second) } else { (second, first) };
        assert_eq!(waiting, (200, "1".to_owned()), "{}", peer.name());
        assert!([400, 500].contains(&other.0), "{}: {other:?}", peer.name());
        peer.ends(&session).await;
    })
    .await;
}

#[tokio::test]
async fn heartbeats_by_polling() {
    against_both(BEATING, async |peer| {
        let session = peer.polling().await;
        for _ in 0..3 {
            assert_eq!(peer.get(&session).await, (200, "2".to_owned()), "{}", peer.name());
            peer.posts(&session, "3").await;
        }
        // The client is silent now.
        peer.ends(&session).await;
    })
    .await;
}

#[tokio::test]
async fn heartbeats_by_websocket() {
    against_both(BEATING, async |peer| {
        let mut socket = Socket::engine(peer).await;
        for _ in 0..3 {
            assert_eq!(socket.text().await.as_deref(), Some("2"), "{}", peer.name());
            socket.send("3").await;
        }
        assert_eq!(socket.text().await.as_deref(), Some("2"));
        assert_eq!(socket.text().await, None, "the client is silent");
    })
    .await;
}

#[tokio::test]
async fn clients_close() {
    against_both(QUIET, async |peer| {
        let session = peer.polling().await;
        let (poll, post) = tokio::join!(peer.get(&session), async {
            // The poll is to be there first; if it is not, it is refused.
            tokio::time::sleep(Duration::from_millis(50)).await;
            peer.request("POST", &session, Some("1")).await
        });
        assert!(poll == (200, "6".to_owned()) || poll.0 == 400, "{}: {poll:?}", peer.name());
        assert_eq!(post.0, 200, "{}", peer.name());
        peer.ends(&session).await;
    })
    .await;
    against_both(BEATING, async |peer| {
        let mut socket = Socket::engine(peer).await;
        socket.send("1").await;
        // The official server notices when its ping is not answered.
        while let Some(text) = socket.text().await {
            assert_eq!((text.as_str(), peer.is_official), ("2", true));
        }
    })
    .await;
}

#[tokio::test]
async fn upgrades() {
    against_both(QUIET, async |peer| {
        let polls = peer.polling().await;
        let sockets = polls.replace("polling", "websocket");
        let mut socket = Socket::open(peer, &sockets).await;
        socket.send("2probe").await;
        assert_eq!(socket.text().await.as_deref(), Some("3probe"));
        assert_eq!(peer.get(&polls).await, (200, "6".to_owned()), "a poll ends while the client changes");
        socket.send("5").await;
        // What is answered here has been sent by the WebSocket, which has taken over.
        socket.join().await;
        assert_eq!(peer.get(&polls).await.0, 400, "{}", peer.name());
        assert_eq!(peer.request("POST", &polls, Some("42[\"message\"]")).await.0, 400, "{}", peer.name());
        assert!(is_of_no_use(peer, &sockets).await, "{}", peer.name());
        socket.send(r#"42["message",1,"2",{"3":[true]}]"#).await;
        assert_eq!(socket.said().await.as_deref(), Some(r#"42["message-back",1,"2",{"3":[true]}]"#));
    })
    .await;
}

/// Whether a WebSocket to `query` is refused, or closed at once.
async fn is_of_no_use(peer: &Peer, query: &str) -> bool {
    match Socket::try_open(peer, query).await {
        Some(mut socket) => socket.text().await.is_none(),
        None => true,
    }
}

#[tokio::test]
async fn namespaces() {
    against_both(BEATING, async |peer| {
        let mut socket = Socket::joined(peer).await;
        socket.send("40/custom,").await;
        assert!(socket.said().await.unwrap().starts_with("40/custom,{"));
        assert_eq!(socket.said().await.as_deref(), Some(r#"42/custom,["auth",{}]"#));
        socket.send("40/nowhere").await;
        assert_eq!(socket.said().await.as_deref(), Some(r#"44/nowhere,{"message":"Invalid namespace"}"#));
        socket.send("41/custom").await;
        socket.send(r#"42["message",1,"2",{"3":[true]}]"#).await;
        assert_eq!(socket.said().await.as_deref(), Some(r#"42["message-back",1,"2",{"3":[true]}]"#));
        socket.send("41").await;
        assert_eq!(socket.text().await.as_deref(), Some("2"), "the connection stays");
    })
    .await;
}

#[tokio::test]
async fn attachments_come_back() {
    against_both(QUIET, async |peer| {
        let placeholders = r#"{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}"#;
        for (asked, head, answered) in [
            ("452-[\"message\",", "452-", "[\"message-back\","),
            ("452-789[\"message-with-ack\",", "462-789", "["),
        ] {
            let mut socket = Socket::joined(peer).await;
            socket.send(&format!("{asked}{placeholders}]")).await;
            for bytes in [[1, 2, 3], [4, 5, 6]] {
                socket.send_bytes(&bytes).await;
            }
            is_packet(&socket.said().await.unwrap(), head, &format!("{answered}{placeholders}]"));
            for bytes in [[1, 2, 3], [4, 5, 6]] {
                assert_eq!(socket.bytes().await, bytes, "{}", peer.name());
            }
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_no_packet_closes() {
    against_both(QUIET, async |peer| {
        let bad = ["4abc", "42{}", r#"42abc["message-with-ack",1]"#, "x", "452-[\"message\"]"];
        // The official server waits for attachments that are announced and not referred to.
        for bad in &bad[..if peer.is_official { 4 } else { 5 }] {
            let mut socket = Socket::joined(peer).await;
            socket.send(bad).await;
            assert_eq!(socket.said().await, None, "{}: {bad}", peer.name());
        }
        let mut socket = Socket::engine(peer).await;
        socket.send(r#"42["message",1]"#).await;
        assert_eq!(socket.said().await, None, "{}: no namespace was joined", peer.name());
    })
    .await;
}

#[tokio::test]
async fn who_joins_no_namespace_is_sent_away() {
    let times = Times { connect_timeout: Duration::from_millis(200), ..QUIET };
    against_both(times, async |peer| {
        let mut socket = Socket::engine(peer).await;
        assert_eq!(socket.said().await, None, "{}", peer.name());
    })
    .await;
}
