"""Puts the server together: routes, the hub, and what runs beside them."""

import asyncio
import uuid
from collections.abc import AsyncIterator
from contextlib import suppress

from aiohttp import web

from .auth import Handler, require_token
from .event_log import EventLog
from .hub import Hub
from .metrics import publish_metrics
from .settings import Settings
from .stream import serve_stream
from .tasks import BadRequest, Task, complete_interrupted, run
from .websocket import serve_websocket

MAX_BODY_BYTES = 16 * 1024

HUB = web.AppKey("hub", Hub)


def create_app(settings: Settings) -> web.Application:
    """Makes the application; nothing listens yet. Raises `OSError` when the event log cannot be taken up."""
    log = EventLog(settings.event_log, settings.history) if settings.event_log else None
    hub = Hub(settings.history, settings.queue, settings.close_grace_s, log)
    complete_interrupted(hub)
    container_id = str(uuid.uuid4())
    # The event loop keeps no strong reference to tasks.
    running: set[asyncio.Task[None]] = set()

    async def websocket(request: web.Request) -> web.StreamResponse:
        return await serve_websocket(request, hub)

    async def stream(request: web.Request) -> web.StreamResponse:
        return await serve_stream(request, hub, settings.sse_heartbeat_s)

    async def create_task(request: web.Request) -> web.StreamResponse:
        task = Task.from_body(await request.read(), container_id)
        start(run(task, hub, settings.step_ms))
        return web.json_response({"task": task.describe()}, status=202)

    def start(work) -> None:
        job = asyncio.create_task(work)
        running.add(job)
        job.add_done_callback(running.discard)

    async def background(app: web.Application) -> AsyncIterator[None]:
        start(publish_metrics(hub, container_id, settings.metrics_ms))
        yield
        for job in list(running):
            job.cancel()
            with suppress(asyncio.CancelledError):
                await job

    async def close(app: web.Application) -> None:
        hub.close()

    guard = require_token(settings.token)
    app = web.Application(client_max_size=MAX_BODY_BYTES, middlewares=[json_errors])
    app.add_routes([
        web.get("/ws", guard(websocket), allow_head=False),
        web.get("/events/stream", guard(stream), allow_head=False),
        web.post("/api/tasks", guard(create_task)),
    ])
    app.cleanup_ctx.append(background)
    app.on_shutdown.append(close)
    app[HUB] = hub
    return app


@web.middleware
async def json_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answers errors in JSON, as everything else."""
    try:
        return await handler(request)
    except web.HTTPException as error:
        # Among the headers are those that say what is allowed instead.
        headers = {name: value for name, value in error.headers.items() if name not in ("Content-Type", "Content-Length")}
        return web.json_response({"error": error.reason}, status=error.status, headers=headers)
    except BadRequest as error:
        return web.json_response({"error": str(error)}, status=400)
