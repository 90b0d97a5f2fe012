//! How much waits for the runner: queues are bounded in items, and in bytes.

use serde_json::Value;
use tokio::sync::mpsc;

use super::Observed;

/// What is larger, in bytes, waits until its queue is empty.
const LARGE: usize = 64 << 10;
/// What a JSON value takes of itself, in bytes; members of objects take more.
const NODE: usize = 32;

/// Puts `item`, which takes `n_bytes`, into a queue as soon as there is room for it. A receiver that has gone wants
/// nothing more.
pub(super) async fn put<T>(queue: &mpsc::Sender<T>, item: T, n_bytes: usize) {
    if n_bytes <= LARGE {
        let _ = queue.send(item).await;
    // Apart: it is rare, and every connection would keep room for it.
    } else if let Ok(mut whole) = Box::pin(queue.reserve_many(queue.max_capacity())).await
        && let Some(place) = whole.next()
    {
        place.send(item);
    }
}

/// What `what` takes, in bytes.
pub(super) fn size(what: &Observed) -> usize {
    match what {
        Observed::Frame(frame) => values(&frame.arguments) + bytes(&frame.attachments),
        Observed::Acknowledged { arguments, attachments, .. } => values(arguments) + bytes(attachments),
        _ => 0,
    }
}

fn values(values: &[Value]) -> usize {
    values.iter().map(size_of_value).sum()
}

fn bytes(attachments: &[Vec<u8>]) -> usize {
    attachments.iter().map(Vec::len).sum()
}

/// What a value takes, in bytes.
pub(crate) fn size_of_value(value: &Value) -> usize {
    NODE + match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => 0,
        Value::String(text) => text.len(),
        Value::Array(items) => items.iter().map(size_of_value).sum(),
        Value::Object(members) => {
            members.iter().map(|(name, value)| NODE + name.len() + size_of_value(value)).sum()
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_have_sizes() {
        assert_eq!(size_of_value(&json!([1, "abc", { "ab": null }])), 6 * NODE + 3 + 2);
    }

    #[tokio::test]
    async fn what_is_large_waits_for_all_that_is_before_it() {
        let (queue, mut out) = mpsc::channel(4);
        put(&queue, 1, LARGE).await;
        let large = put(&queue, 2, LARGE + 1);
        tokio::pin!(large);
        assert!(futures_util::poll!(&mut large).is_pending());
        assert_eq!(out.recv().await, Some(1));
        large.await;
        assert_eq!(out.recv().await, Some(2));
        drop(out);
        put(&queue, 3, LARGE + 1).await;
    }
}
