"""Example server of the orbit protocol: WebSocket and Server-Sent Events on aiohttp."""
