"""The periodic `container.metrics`: what this very process uses, told as one container's figures."""

import asyncio
import shutil

import psutil

from .events import SCHEMA_VERSION
from .hub import Hub


async def publish_metrics(hub: Hub, container_id: str, pause_ms: int) -> None:
    """Publishes the metrics of a container for ever, one pause apart."""
    process = psutil.Process()
    process.cpu_percent()  # The figure is for the time since the last call, of which this is the first.
    while True:
        await asyncio.sleep(pause_ms / 1000)
        payload = {
            "container_id": container_id,
            "cpu_percent": process.cpu_percent(),
            "memory_bytes": process.memory_info().rss,
            "disk_bytes": shutil.disk_usage("/").used,
            "schema_version": SCHEMA_VERSION,
        }
        hub.publish("container.metrics", payload, {"container_id": container_id})
