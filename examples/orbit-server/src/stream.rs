//! The Server-Sent Events endpoint.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::response::IntoResponse;
use axum::response::sse::{self, KeepAlive, Sse};
use futures_util::{StreamExt, stream};

use crate::event::Event;
use crate::hub::{Missed, Subscription};

const RETRY: Duration = Duration::from_secs(1);

/// Streams what a client missed and then what comes, until it leaves, reads too slowly, or the server stops.
pub fn respond(missed: Missed, subscription: Subscription, heartbeat: Duration) -> impl IntoResponse {
    let greeting = sse::Event::default().retry(RETRY);
    let replay = match missed {
        Missed::Events(events) => events.iter().map(block).collect(),
        Missed::Unknown => {
            vec![sse::Event::default().comment("the last event is not known here, nothing is replayed")]
        }
    };
    let live = stream::unfold(subscription, async |mut subscription| {
        let event = subscription.next().await.ok()?;
        Some((block(&event), subscription))
    });
    let blocks = stream::iter([greeting]).chain(stream::iter(replay)).chain(live).map(Ok::<_, Infallible>);
    let keep_alive = KeepAlive::new().interval(heartbeat).text("heartbeat");
    // Proxies that buffer would hold events back.
    ([("X-Accel-Buffering", "no")], Sse::new(blocks).keep_alive(keep_alive))
}

fn block(event: &Arc<Event>) -> sse::Event {
    sse::Event::default().id(&*event.id).event(&event.name).data(event.json.as_str())
}
