"""Entry of the example: `python -m orbit_server`. Settings come from the environment."""

import asyncio
import signal
import sys

from aiohttp import web

from .app import create_app
from .settings import SettingError, Settings
from .tls import self_signed_context

SHUTDOWN_TIMEOUT_S = 5


async def serve(settings: Settings) -> None:
    """Serves until SIGTERM or SIGINT."""
    stopped = asyncio.Event()
    for signum in signal.SIGTERM, signal.SIGINT:
        asyncio.get_running_loop().add_signal_handler(signum, stopped.set)

    runner = web.AppRunner(create_app(settings), access_log=None, shutdown_timeout=SHUTDOWN_TIMEOUT_S)
    await runner.setup()
    try:
        tls = self_signed_context(settings.cert_out) if settings.self_signed else None
        await web.TCPSite(runner, settings.host, settings.port, ssl_context=tls).start()
        if not settings.token_was_given:
            print(f"token {settings.token}", flush=True)
        print(f"listening on {url(runner.addresses[0], secure=settings.self_signed)}", flush=True)
        await stopped.wait()
    finally:
        await runner.cleanup()


def url(address: tuple, *, secure: bool) -> str:
    """The URL of a socket's address."""
    host, port, *_ = address
    return f"{'https' if secure else 'http'}://{f'[{host}]' if ':' in host else host}:{port}"


def main() -> None:
    """Runs the server; settings that make no sense and ports that are taken end it with one line."""
    try:
        asyncio.run(serve(Settings.from_environment()))
    except (SettingError, OSError) as error:
        print(error, file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
