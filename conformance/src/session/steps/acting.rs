//! Reads the steps of the client.

use std::collections::BTreeSet;
use std::sync::Arc;

use data_encoding::BASE64;
use handfast_codegen::model::{EventIdx, Side, Transport};

use super::super::environment::resolve;
use super::super::values::{After, CloseBy, Piece, Statuses, Written};
use super::super::written;
use super::super::{Cause, Close, HttpRequest, Raw, Send, StepKind};
use super::{At, Reading};
use crate::pattern::Template;

impl Reading<'_, '_> {
    pub(super) fn send(&mut self, at: At<'_>) -> Option<(String, StepKind)> {
        let written: written::SendStep = self.typed(at, "step `send`")?;
        let before = self.scope.names.clone();
        let event = self.event(at.child("send"), &written.send, Side::Client);
        self.arguments(written.acknowledged, at, "acknowledged");
        let acknowledged = self.pattern(written.acknowledged, at, "acknowledged");
        self.scope.attachments = self.attachments(&written.attachments, at);
        let data = match written.invalid {
            true => self.invalid_data(event, written.data, at),
            false => self.data(event, written.data, at),
        };
        let attachments = if written.attachments.is_empty() {
            self.binaries(at, "data")
        } else {
            std::mem::take(&mut self.scope.attachments)
        };
        let after = self.cause(written.after.as_ref(), at, before);
        let within = written.within.map(|within| within.duration());
        if within.is_some() && acknowledged.is_none() {
            let help = "add `acknowledged`, or take `within` away";
            self.problem("step", at, "`within` without `acknowledged`: there is nothing to wait for", help);
        }
        let step = Send {
            event: event?,
            data: data?,
            is_invalid: written.invalid,
            acknowledged,
            attachments,
            within,
            after,
            is_answered: written.answered,
        };
        Some((format!("send {}", written.send), StepKind::Send(step)))
    }

    pub(super) fn raw(&mut self, at: At<'_>) -> Option<(String, StepKind)> {
        let written: written::RawStep = self.typed(at, "step `raw`")?;
        let transport = self.session.channel().transport;
        if transport == Transport::Sse {
            self.problem(
                "transport",
                at,
                "`raw` on a stream that only the server speaks on",
                "make it a `request`",
            );
        }
        if (transport == Transport::SocketIo) != written.event.is_some() {
            let help = "over Socket.IO name the `event` whose argument the bytes are, elsewhere none";
            self.problem("transport", at, "the bytes are not in their place", help);
        }
        let name = written.event.as_deref().unwrap_or("bytes");
        let text = format!("send {name} as it is");
        let event = match &written.event {
            Some(name) => Some(self.event(at.child("event"), name, Side::Client)?),
            None => None,
        };
        let bytes = self.bytes(&written.raw, at)?;
        Some((text, StepKind::Raw(Raw { event, bytes })))
    }

    /// Bytes that are sent as they are.
    fn bytes(&mut self, pieces: &[Piece], at: At<'_>) -> Option<Arc<[u8]>> {
        match Piece::bytes(pieces) {
            Ok(bytes) => Some(bytes.into()),
            Err(message) => {
                let help = "write `raw: [{ text: '{\"a\":' }]`, or `base64`, with `times` where they repeat";
                self.problem("raw", at, message, help);
                None
            }
        }
    }

    /// What is sent: as it is written, else what the schema leaves no choice about.
    fn data(&mut self, event: Option<EventIdx>, data: Written, at: At<'_>) -> Option<Template> {
        let template = match self.template(data, at, "data") {
            Some(template) => template,
            None => Template::of(&self.session.protocol.constants(event?)),
        };
        let (Some(event), Some(payload)) = (event, template.constant()) else { return Some(template) };
        let violations = self.session.protocol.violations(event, &payload);
        let is_written = data.0;
        for violation in &violations {
            let ((position, pointer), help) = if is_written {
                (at.child("data").deeper(&violation.at), "what is sent keeps the contract, too")
            } else {
                (at.child("send").here(), "its schema leaves a choice: write `data`")
            };
            let place = self.scope.place(position, &pointer);
            self.scope.problem("payload", place, format!("what is sent is not valid: {violation}"), help);
        }
        violations.is_empty().then_some(template)
    }

    /// What is sent to be refused: as it is written, which is not valid.
    fn invalid_data(&mut self, event: Option<EventIdx>, data: Written, at: At<'_>) -> Option<Template> {
        let Some(template) = self.template(data, at, "data") else {
            self.problem(
                "payload",
                at,
                "`invalid` without `data`",
                "write the `data` that breaks the schema",
            );
            return None;
        };
        if let (Some(event), Some(payload)) = (event, template.constant())
            && self.session.protocol.violations(event, &payload).is_empty()
        {
            let help = "take `invalid` away, or break the schema";
            self.problem("payload", at, "the `data` is meant to be invalid, and is valid", help);
        }
        Some(template)
    }

    fn attachments(&mut self, texts: &[String], at: At<'_>) -> Vec<Vec<u8>> {
        if !texts.is_empty() {
            self.socket_io_only("attachments", at);
        }
        let decoded = texts.iter().enumerate().filter_map(|(n, text)| match BASE64.decode(text.as_bytes()) {
            Ok(bytes) => Some(bytes),
            Err(error) => {
                let (position, pointer) = at.child("attachments").deeper(&format!("/{n}"));
                let place = self.scope.place(position, &pointer);
                let help = "padding is part of it: `AAE=`";
                self.scope.problem("base64", place, format!("this is no base64: {error}"), help);
                None
            }
        });
        decoded.collect()
    }

    pub(super) fn request(&mut self, at: At<'_>) -> Option<(String, StepKind)> {
        let written: written::RequestStep = self.typed(at, "step `request`")?;
        let (node, pointer) = (at.node.get("request")?, format!("{}/request", at.pointer));
        let request = At { node, pointer: &pointer };
        let text = format!("request {} {}", written.request.method, written.request.path);
        if !is_token(&written.request.method) {
            let message = format!("`{}` is no HTTP method", written.request.method);
            self.problem("request", request, message, "write `GET` or `POST`");
        }
        if !written.request.path.starts_with('/') && !written.request.path.starts_with("{{") {
            let message = format!("`{}` is no path", written.request.path);
            self.problem("request", request, message, "begin it with `/`; it is relative to the target");
        }
        let before = self.scope.names.clone();
        let path = Template::read(node.get("path")?, &format!("{pointer}/path"), self.scope);
        let headers = written.request.headers.keys().filter_map(|name| {
            let node = node.get("headers")?.get(name)?;
            Some((name.clone(), self.header(At { node, pointer: &format!("{pointer}/headers/{name}") })))
        });
        let headers = headers.collect();
        let body = self.template(written.request.body, request, "body");
        if !std::mem::take(&mut self.scope.attachments).is_empty() {
            self.problem(
                "pattern",
                request,
                "a request is JSON and takes no attachments",
                "take `$binary` away",
            );
        }
        let answer = written.response.unwrap_or_default();
        let response_at = at.node.get("response").map(|node| (node, format!("{}/response", at.pointer)));
        let (response, response_headers) = match &response_at {
            None => (None, Vec::new()),
            Some((node, pointer)) => {
                let answer_at = At { node, pointer };
                let headers = self.headers(&answer.headers, answer_at);
                (self.pattern(answer.body, answer_at, "body"), headers)
            }
        };
        let raw = match &written.request.raw {
            Some(pieces) => Some(self.bytes(pieces, request)?),
            None => None,
        };
        let request = HttpRequest {
            method: written.request.method,
            path,
            headers,
            body,
            raw,
            status: if answer.status.is_empty() { Statuses::success() } else { answer.status },
            response_headers,
            response,
            within: written.within.map(|within| within.duration()),
            after: self.cause(written.after.as_ref(), at, before),
        };
        Some((text, StepKind::Request(Box::new(request))))
    }

    /// What the step waits for, which has to be expected before it on its connection. Where it waits for that alone, later
    /// steps can't rely on what it captures, nor on the names that were there before it.
    fn cause(&mut self, after: Option<&After>, at: At<'_>, names: BTreeSet<String>) -> Option<Cause> {
        let after = after?;
        self.scope.names = names;
        if self.n_courses > 0 {
            self.problem("after", at, "`after` within a course, which may not be taken", "take it away");
        }
        match after {
            After::Events(n_events) => {
                if self.here.n_events.is_some_and(|most| *n_events > most) {
                    let most = self.here.n_events.unwrap_or_default();
                    let message =
                        format!("`after: {n_events}`, and the steps before it expect {most} events");
                    self.problem("after", at, message, "count the events of the server on this connection");
                }
                Some(Cause::Events(*n_events))
            }
            After::Event(name) => {
                let event = self.event(at.child("after"), name, Side::Server)?;
                if !self.here.events.contains(&event) {
                    let message = format!("`after: {name}`, which no step before expects on this connection");
                    self.problem("after", at, message, format!("add `expect: {name}` before it"));
                }
                Some(Cause::Event(event))
            }
        }
    }

    fn header(&mut self, at: At<'_>) -> Template {
        let text = at.node.as_str().unwrap_or_default();
        let place = self.scope.place(at.node.position, at.pointer);
        let resolved = resolve(text, &place, self.environment, self.scope);
        // What comes from the environment is no template.
        if resolved == text {
            Template::read(at.node, at.pointer, self.scope)
        } else {
            Template::of(&resolved.into())
        }
    }

    pub(super) fn disconnect(&mut self, at: At<'_>) -> Option<(String, StepKind)> {
        let _: written::DisconnectStep = self.typed(at, "step `disconnect`")?;
        Some(("disconnect".to_owned(), StepKind::Disconnect))
    }

    pub(super) fn resume(&mut self, at: At<'_>) -> Option<(String, StepKind)> {
        let written: written::ResumeStep = self.typed(at, "step `resume`")?;
        let Some(after) = written.resume.and_then(|point| point.after) else {
            return Some(("resume".to_owned(), StepKind::Resume(None)));
        };
        let event = self.event(at.child("resume"), &after, Side::Server)?;
        if !self.expected.contains(&event) {
            let message = format!("`resume` after `{after}`, which no step before expects");
            self.problem(
                "resume",
                at,
                message,
                format!("add `expect: {after}` before the connection is lost"),
            );
        }
        Some((format!("resume after {after}"), StepKind::Resume(Some(event))))
    }

    pub(super) fn close(&mut self, at: At<'_>) -> Option<(String, StepKind)> {
        let written: written::CloseStep = self.typed(at, "step `close`")?;
        let how = written.close.unwrap_or_default();
        let inside = at.node.get("close").map(|node| (node, format!("{}/close", at.pointer)));
        let inside = inside.as_ref().map(|(node, pointer)| At { node, pointer });
        let (by, reason, says) = match how.by {
            CloseBy::Client => {
                ("client", None, inside.and_then(|at| self.template(how.reason, at, "reason")))
            }
            CloseBy::Server => ("server", inside.and_then(|at| self.pattern(how.reason, at, "reason")), None),
        };
        let close = Close { codes: how.code.0, by: how.by, is_clean: how.clean, reason, says };
        Some((format!("close by {by}"), StepKind::Close(close)))
    }
}

/// Whether `text` is a token (RFC 9110, 5.6.2).
fn is_token(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}
