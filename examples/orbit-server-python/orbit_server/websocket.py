"""The WebSocket endpoint: events out, `ping` in."""

import asyncio
import json
from typing import Any

from aiohttp import WSCloseCode, WSMessage, WSMsgType, web

from .auth import PROTOCOL
from .events import Event, Topics, is_date_time
from .hub import Hub, Subscription
from .tasks import is_uuid

MAX_FRAME_BYTES = 64 * 1024
HEARTBEAT_S = 30


async def serve_websocket(request: web.Request, hub: Hub) -> web.StreamResponse:
    """Serves one client until it leaves, breaks the protocol, reads too slowly, or the server stops."""
    socket = web.WebSocketResponse(protocols=[PROTOCOL], max_msg_size=MAX_FRAME_BYTES, heartbeat=HEARTBEAT_S)
    with hub.subscribe(Topics(request.query.getall("topics", [])), request.transport) as subscription:
        await socket.prepare(request)
        reader = asyncio.create_task(_read(socket, subscription))
        writer = asyncio.create_task(_write(socket, subscription))
        code = await _first_of(reader, writer)
        # From here on the connection is cut if the client does not close it in time.
        subscription.end(code)
        await socket.close(code=code)
    return socket


async def _first_of(*tasks: asyncio.Task[WSCloseCode]) -> WSCloseCode:
    """Waits for the first task, stops the others, and returns the close code it came to."""
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return done.pop().result()


async def _write(socket: web.WebSocketResponse, subscription: Subscription) -> WSCloseCode:
    try:
        while event := await subscription.next():
            await socket.send_str(event.json)
    except ConnectionError:
        return WSCloseCode.OK
    return subscription.close_code


async def _read(socket: web.WebSocketResponse, subscription: Subscription) -> WSCloseCode:
    async for message in socket:
        if message.type is WSMsgType.ERROR:
            # Not even a frame, too large a one, or no UTF-8: the library has closed for a reason of its own.
            return WSCloseCode(socket.close_code)
        if code := _refuse(message):
            return code
        # Through the queue, so that the answer comes after all that was published before the question.
        subscription.offer(Event.create("pong", {}))
    return WSCloseCode.OK


def _refuse(message: WSMessage) -> WSCloseCode | None:
    """What is wrong with a frame; nothing when it is a ping, the one event clients send."""
    try:
        text = message.data.decode() if message.type is WSMsgType.BINARY else message.data
        frame = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        return WSCloseCode.INVALID_TEXT
    return None if _is_ping(frame) else WSCloseCode.POLICY_VIOLATION


def _is_ping(frame: Any) -> bool:
    return (
        isinstance(frame, dict)
        and frame.get("type") == "ping"
        and ("id" not in frame or is_uuid(frame["id"]))
        and ("timestamp" not in frame or is_date_time(frame["timestamp"]))
    )


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")
