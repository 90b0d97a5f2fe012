//! Sessions against a scripted server: text in, text out.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use handfast_codegen::source::Memory;
use serde_json::{Value, json};

use super::*;
use crate::session::Session;
use crate::transport::{Closing, EngineMode, Frame, Handshake, Peer, Refusal};
use crate::verdict::Verdict;

/// Jobs over a WebSocket and over SSE: the name stands in the payload, ids resume, topics filter.
pub(crate) const JOBS: &str = include_str!("tests/jobs.yaml");

/// A chat over Socket.IO: the transport names events, requests are acknowledged, the server pings.
pub(crate) const CHAT: &str = include_str!("tests/chat.yaml");

/// What the scripted server does, and when.
enum Cue {
    At(u64, Happening),
    /// So long after the nth thing that the client does with that name.
    After(&'static str, u64, Happening),
}

#[derive(Clone)]
enum Happening {
    Seen(Observed),
    Answered(Answer),
}

fn session(contract: &str, text: &str) -> Session {
    let source = Memory::default().with("c.yaml", contract).with("s.yaml", text);
    match crate::session::load(&source, &|_| None, Path::new("s.yaml")) {
        Ok(session) => session,
        Err(problems) => panic!("{problems}"),
    }
}

fn settings() -> Settings {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let tls =
        tls.expect("versions").with_root_certificates(rustls::RootCertStore::empty()).with_no_client_auth();
    Settings {
        target: "http://localhost:1".parse().expect("a URL"),
        tls: Arc::new(tls),
        engine: EngineMode::default(),
        scale: 1.0,
        deadline: None,
        seed: 1,
        began: SystemTime::UNIX_EPOCH,
    }
}

/// Reads a script. A line is `TIME WHAT`, where TIME is `40` (ms since the start) or `order+5` (after the client's next
/// `order`), and WHAT an event with its JSON, or `open`, `refuse STATUS MESSAGE`, `close CODE`, `ack JSON`,
/// `response STATUS JSON`.
fn script(text: &'static str) -> Vec<Cue> {
    let line = |line: &'static str| {
        let (time, what) = line.trim().split_once(' ').expect("a time");
        let happening = happening(what);
        match time.split_once('+') {
            None => Cue::At(time.parse().expect("ms"), happening),
            Some((name, ms)) => Cue::After(name, ms.parse().expect("ms"), happening),
        }
    };
    text.lines().filter(|line| !line.trim().is_empty()).map(line).collect()
}

fn happening(what: &str) -> Happening {
    let (word, rest) = what.split_once(' ').unwrap_or((what, ""));
    let json = |text: &str| serde_json::from_str::<Value>(text).expect("JSON");
    Happening::Seen(match word {
        "refuse" => {
            let (status, message) = rest.split_once(' ').unwrap_or((rest, ""));
            Observed::Refused(Refusal {
                status: status.parse().ok(),
                message: message.to_owned(),
                data: Some(json!({"code": 7})),
                after: if message.contains("tattling") {
                    vec!["42[\"secret\"]".to_owned()]
                } else {
                    Vec::new()
                },
                ..Refusal::default()
            })
        }
        "unreachable" => Observed::Unreachable("nobody there".to_owned()),
        "malformed" => Observed::Malformed { raw: rest.to_owned(), reason: "not JSON".to_owned() },
        "close" => {
            let (code, reason) = rest.split_once(' ').unwrap_or((rest, ""));
            let (code, reason) = (code.parse().ok(), reason.to_owned());
            Observed::Closed(Closing { by: Peer::Server, code, reason, clean: true })
        }
        "bytes" => {
            let (name, argument) = rest.split_once(' ').expect("an argument");
            Observed::Frame(Frame {
                name: Some(name.to_owned()),
                arguments: vec![json(argument)],
                ack: Some(9),
                attachments: vec![vec![0, 1]],
                ..Frame::default()
            })
        }
        "unsupported" => Observed::Unsupported("no barrier".to_owned()),
        "ack" => Observed::Acknowledged { id: 1, arguments: vec![json(rest)], attachments: Vec::new() },
        "response" => {
            let (status, body) = rest.split_once(' ').expect("a body");
            return Happening::Answered(Answer::Response {
                status: status.parse().expect("status"),
                headers: vec![("location".to_owned(), "/here".to_owned())],
                body: json(body),
                bytes: body.as_bytes().to_vec(),
            });
        }
        "emit" => {
            let (name, arguments) = rest.split_once(' ').unwrap_or((rest, ""));
            let arguments = if arguments.is_empty() {
                vec![]
            } else {
                json(&format!("[{arguments}]")).as_array().cloned().unwrap_or_default()
            };
            Observed::Frame(Frame { name: Some(name.to_owned()), arguments, ..Frame::default() })
        }
        "asks" => {
            let (name, argument) = rest.split_once(' ').expect("an argument");
            Observed::Frame(Frame {
                name: Some(name.to_owned()),
                arguments: vec![json(argument)],
                ack: Some(9),
                ..Frame::default()
            })
        }
        "raw" => Observed::Frame(Frame { arguments: vec![json(rest)], ..Frame::default() }),
        name => {
            let mut payload = json(if rest.is_empty() { "{}" } else { rest });
            payload["type"] = json!(name);
            let id = payload.get("id").and_then(Value::as_str).map(str::to_owned);
            Observed::Frame(Frame { id, arguments: vec![payload], ..Frame::default() })
        }
    })
}

/// The client's side of a play: what it did, in order.
struct Played {
    outcome: Outcome,
    done: Vec<String>,
}

/// Plays `session` against `cues`. Handshakes succeed, barriers and pings of proofs are answered, unless the cues say
/// otherwise.
fn play(session: Session, settings: Settings, cues: Vec<Cue>) -> Played {
    let mut player = Box::new(Play::new(Arc::new(session), settings));
    let refuses = |cue: &Cue| {
        matches!(cue, Cue::At(_, Happening::Seen(Observed::Refused(_) | Observed::Unreachable(_))))
    };
    let opens = !cues.iter().any(refuses);
    let mut queue: Vec<(Duration, Happening)> = Vec::new();
    let mut later = VecDeque::new();
    let ms = Duration::from_millis;
    for cue in cues {
        match cue {
            Cue::At(at, happening) => queue.push((ms(at), happening)),
            Cue::After(name, after, happening) => later.push_back((name, after, happening)),
        }
    }
    let mut now = Duration::ZERO;
    let mut done = Vec::new();
    for _ in 0..100_000 {
        let mut react = |name: &str, queue: &mut Vec<(Duration, Happening)>| {
            let (mine, others): (Vec<_>, Vec<_>) = later.drain(..).partition(|(on, ..)| *on == name);
            later = others.into();
            let any = !mine.is_empty();
            queue.extend(mine.into_iter().map(|(_, after, happening)| (now + ms(after), happening)));
            any
        };
        let soon = |what| (now + ms(1), Happening::Seen(what));
        match player.next(now) {
            Action::Open(kind, endpoint) => {
                done.push(format!("open {kind:?} {} {:?}", endpoint.url.path(), endpoint.last_event_id));
                react("open", &mut queue);
                let subprotocol = endpoint.subprotocols.first().cloned();
                if opens {
                    queue.push((
                        now,
                        Happening::Seen(Observed::Opened(Handshake {
                            status: 101,
                            subprotocol,
                            headers: vec![("x-served-by".to_owned(), "one".to_owned())],
                            connect: Some(json!({"sid": "s1"})),
                        })),
                    ));
                }
            }
            Action::Command(Command::Send(outgoing)) => {
                done.push(format!("send {} {}", outgoing.name, Value::Array(outgoing.arguments)));
                if !react(&outgoing.name, &mut queue) && outgoing.name == "ping" {
                    queue.push(soon(Observed::Frame(Frame {
                        arguments: vec![json!({"type": "pong"})],
                        ..Frame::default()
                    })));
                }
            }
            Action::Command(Command::Raw { name, bytes }) => {
                done.push(format!("raw {name} {}", String::from_utf8_lossy(&bytes)));
                react(&name, &mut queue);
            }
            Action::Command(Command::Barrier(number)) => {
                if !react("barrier", &mut queue) {
                    queue.push(soon(Observed::Barrier(number)));
                }
            }
            Action::Command(Command::Acknowledge { id, arguments, attachments }) => {
                let bytes = if attachments.is_empty() { String::new() } else { format!(" {attachments:?}") };
                done.push(format!("acknowledge {id} {}{bytes}", Value::Array(arguments)));
            }
            Action::Command(Command::Close { code, reason }) => {
                done.push(format!("close {code} {reason}").trim_end().to_owned());
                let closing =
                    Closing { by: Peer::Client, code: Some(code), reason: String::new(), clean: true };
                if !react("close", &mut queue) {
                    queue.push(soon(Observed::Closed(closing)));
                }
            }
            Action::Command(Command::Abort) => {
                done.push("abort".to_owned());
                queue.push(soon(Observed::Closed(Closing { by: Peer::Client, ..Closing::default() })));
                react("abort", &mut queue);
            }
            Action::Request(request) => {
                done.push(format!(
                    "{} {} {:?}",
                    request.method,
                    request.path,
                    request.body.map(|body| body.to_string())
                ));
                react("request", &mut queue);
            }
            Action::WaitUntil(until) => {
                queue.sort_by_key(|(at, _)| *at);
                let is_next = queue.first().is_some_and(|(at, _)| *at <= until);
                if is_next {
                    let (at, happening) = queue.remove(0);
                    now = now.max(at);
                    match happening {
                        Happening::Seen(what) => player.observe(at, what),
                        Happening::Answered(answer) => player.answered(at, answer),
                    }
                } else {
                    now = until;
                }
            }
            Action::Done => return Played { outcome: player.finish(), done },
        }
    }
    panic!("the session never ends: {:#?}", player.finish());
}

/// What a play came to, one line per failure.
fn told(outcome: &Outcome) -> String {
    let failure = |failure: &Failure| {
        let verdict =
            if failure.verdict == Verdict::Failed { String::new() } else { format!("{} ", failure.verdict) };
        let line = failure.step.as_ref().map_or_else(String::new, |step| format!("{}: ", step.line));
        let differences =
            failure.differences.iter().map(|d| format!("; {} wanted {} found {}", d.at, d.wanted, d.found));
        format!("{line}{verdict}{}: {}{}", failure.rule, failure.message, differences.collect::<String>())
    };
    match outcome.failures.as_slice() {
        [] => "passed".to_owned(),
        failures => failures.iter().map(failure).collect::<Vec<_>>().join("\n"),
    }
}

#[track_caller]
fn check_on(contract: &str, head: &str, steps: &str, cues: &'static str, expected: &str) -> Played {
    let text = format!("session: s\ncontract: c.yaml\n{head}\nsteps:\n{steps}\n");
    let played = play(session(contract, &text), settings(), script(cues));
    assert_eq!(told(&played.outcome), expected, "{text}\n{cues}\n{:#?}", played.outcome.transcript);
    played
}

/// Plays steps on the WebSocket; the first step stands in line 5.
#[track_caller]
fn check(steps: &str, cues: &'static str, expected: &str) -> Played {
    check_on(JOBS, "connect: { channel: bus }", steps, cues, expected)
}

mod connections;
mod courses;
mod expectations;
mod proofs;
mod refusals;
mod socketio;
