"""The Server-Sent Events endpoint."""

import asyncio
from collections.abc import AsyncIterator

from aiohttp import hdrs, web

from .events import Topics
from .hub import Hub, Subscription

RETRY_MS = 1000

HEADERS = {
    hdrs.CONTENT_TYPE: "text/event-stream",
    hdrs.CACHE_CONTROL: "no-cache",
    # Proxies that buffer would hold events back.
    "X-Accel-Buffering": "no",
}


async def serve_stream(request: web.Request, hub: Hub, heartbeat_s: float) -> web.StreamResponse:
    """Serves one client until it leaves, reads too slowly, or the server stops."""
    response = web.StreamResponse(headers=HEADERS)
    topics = Topics(request.query.getall("topics", []))
    last_event_id = request.headers.get("Last-Event-ID")
    with hub.subscribe(topics, request.transport) as subscription:
        # Taken in the same instant as the subscription: what comes later is live.
        missed = hub.missed(last_event_id, topics) if last_event_id else []
        try:
            await response.prepare(request)
            await response.write(f"retry: {RETRY_MS}\n\n".encode())
            if missed is None:
                await response.write(b": the last event is not known here, nothing is replayed\n\n")
            for event in missed or []:
                await response.write(event.sse)
            async for block in _live(subscription, heartbeat_s):
                await response.write(block)
        except ConnectionError:
            pass
    return response


async def _live(subscription: Subscription, heartbeat_s: float) -> AsyncIterator[bytes]:
    """The blocks of a stream, with a comment whenever it was silent for long."""
    while True:
        try:
            async with asyncio.timeout(heartbeat_s):
                event = await subscription.next()
        except TimeoutError:
            yield b": heartbeat\n\n"
            continue
        if event is None:
            return
        yield event.sse
