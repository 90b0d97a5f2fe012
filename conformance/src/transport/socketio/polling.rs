//! Engine.IO's long-polling: one GET at a time brings packets, one POST at a time takes them.

use std::collections::VecDeque;
use std::sync::atomic::Ordering;

use tokio::sync::mpsc;
use tokio::time::timeout;
use url::Url;

use super::Batch;
use super::carrier::{Carrier, Incoming};
use super::engine::{self, Packet};
use crate::transport::http::{self, BodyEnd, Client};
use crate::transport::opening::NotOpened;
use crate::transport::{Closing, Endpoint, Handshake, Peer, Refusal};

/// The payload of the first poll.
///
/// # Errors
///
/// Nobody answers, the server refuses, or the payload is none.
pub(super) async fn handshake(
    client: &Client,
    url: &Url,
    endpoint: &Endpoint,
) -> Result<(String, Handshake), NotOpened> {
    let mut response = client.get(url, endpoint, http::no_headers()).await?;
    if response.status().as_u16() != 200 {
        return Err(NotOpened::Refused(Box::new(http::refusal(response, endpoint.limits).await)));
    }
    let headers = http::header_list(response.headers());
    let mut body = Vec::new();
    match http::read_body(&mut response, endpoint.limits.message_bytes, &mut body).await {
        BodyEnd::Complete => {}
        BodyEnd::Broken(reason) => return Err(NotOpened::Unreachable(reason)),
        BodyEnd::Cut => {
            return Err(NotOpened::Malformed {
                raw: String::new(),
                reason: "the payload is too long".to_owned(),
            });
        }
    }
    let payload = String::from_utf8(body).map_err(|error| NotOpened::Malformed {
        raw: String::from_utf8_lossy(error.as_bytes()).into_owned(),
        reason: "the payload is not UTF-8".to_owned(),
    })?;
    Ok((payload, Handshake { status: 200, headers, ..Handshake::default() }))
}

/// Polls until the carrier is paused.
///
/// # Errors
///
/// The connection is over.
pub(super) async fn poll(carrier: &Carrier<'_>, incoming: &mpsc::Sender<Incoming>) -> Result<(), Closing> {
    while !*carrier.paused.borrow() {
        match fetch(carrier).await {
            Ok(body) => deliver(&body, incoming).await,
            // A server that heard our goodbye may end the poll as it likes; the goodbye's own answer counts.
            Err(_) if carrier.closing.load(Ordering::Relaxed) => std::future::pending().await,
            Err(closing) => return Err(closing),
        }
    }
    Ok(())
}

async fn fetch(carrier: &Carrier<'_>) -> Result<Vec<u8>, Closing> {
    let response = carrier.client.get(&carrier.url, carrier.endpoint, http::no_headers()).await;
    let response = response.map_err(|failure| broken(failure.to_string()))?;
    body(carrier, response).await
}

async fn deliver(body: &[u8], incoming: &mpsc::Sender<Incoming>) {
    let Ok(payload) = std::str::from_utf8(body) else {
        let raw = String::from_utf8_lossy(body).into_owned();
        let reason = "the payload is not UTF-8".to_owned();
        return Incoming::Malformed { raw, reason }.put_into(incoming).await;
    };
    for (raw, packet) in engine::decode_payload(payload) {
        Incoming::new(raw, packet).put_into(incoming).await;
    }
}

/// Posts what is to go out until the carrier is paused.
///
/// # Errors
///
/// The connection is over: broken, or closed by us.
pub(super) async fn post(carrier: &Carrier<'_>, outgoing: &mut mpsc::Receiver<Batch>) -> Result<(), Closing> {
    let mut paused = carrier.paused.subscribe();
    loop {
        let batch = tokio::select! {
            biased;
            _ = paused.wait_for(|paused| *paused) => return Ok(()),
            batch = outgoing.recv() => batch,
        };
        let Some(batch) = batch else { std::future::pending().await };
        let mut queue = VecDeque::from(batch);
        while let Ok(more) = outgoing.try_recv() {
            queue.extend(more);
        }
        while !queue.is_empty() {
            let last = queue.back() == Some(&Packet::Close);
            carrier.closing.fetch_or(last, Ordering::Relaxed);
            submit(carrier, take_payload(&mut queue, carrier.open.max_payload)).await?;
            if last && queue.is_empty() {
                return Err(Closing { by: Peer::Client, clean: true, ..Closing::default() });
            }
        }
    }
}

fn take_payload(queue: &mut VecDeque<Packet>, limit: usize) -> String {
    let mut payload = String::new();
    while let Some(packet) = queue.front()
        && engine::append(&mut payload, packet, limit)
    {
        queue.pop_front();
    }
    payload
}

async fn submit(carrier: &Carrier<'_>, payload: String) -> Result<(), Closing> {
    let limit = carrier.endpoint.limits.write;
    let exchange = async {
        let response = carrier.client.post(&carrier.url, carrier.endpoint, payload).await;
        body(carrier, response.map_err(|error| broken(error.to_string()))?).await
    };
    match timeout(limit, exchange).await {
        // The body is `ok`, of which no client makes anything.
        Ok(answer) => answer.map(|_| ()),
        Err(_) => Err(Closing {
            by: Peer::Client,
            reason: format!("the server has not answered a POST for {limit:?}"),
            ..Closing::default()
        }),
    }
}

/// The body of an answer that must be 200.
async fn body(carrier: &Carrier<'_>, mut response: reqwest::Response) -> Result<Vec<u8>, Closing> {
    if response.status().as_u16() != 200 {
        return Err(refused(http::refusal(response, carrier.endpoint.limits).await));
    }
    let mut body = Vec::new();
    match http::read_body(&mut response, carrier.endpoint.limits.message_bytes, &mut body).await {
        BodyEnd::Complete => Ok(body),
        BodyEnd::Broken(reason) => Err(broken(reason)),
        BodyEnd::Cut => Err(Closing {
            by: Peer::Client,
            reason: "the payload is too long".to_owned(),
            ..Closing::default()
        }),
    }
}

fn refused(refusal: Refusal) -> Closing {
    let refusal = super::carrier::engine_refusal(refusal);
    let status = refusal.status.unwrap_or_default();
    broken(format!("HTTP {status}: {}", crate::transport::printable(&refusal.message)))
}

fn broken(reason: String) -> Closing {
    Closing { reason, ..Closing::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn payloads_keep_the_order_and_the_limit() {
        let texts = ["a", "b", "much longer than the limit", "c"];
        let mut queue: VecDeque<_> = texts.iter().map(|text| Packet::Text((*text).to_owned())).collect();
        let mut payloads = Vec::new();
        while !queue.is_empty() {
            payloads.push(take_payload(&mut queue, 5));
        }
        assert_eq!(payloads, ["4a\u{1e}4b", "4much longer than the limit", "4c"]);
    }
}
