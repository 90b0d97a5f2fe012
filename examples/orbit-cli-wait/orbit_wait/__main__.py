"""`python -m orbit_wait`: the command line."""

import argparse
import asyncio
import os
import ssl
import sys
import uuid
from pathlib import Path

from orbit.client import ClientError

from .exit_code import ExitCode
from .start import NotStarted, start_task
from .wait import wait

EPILOG = """\
The token is read from ORBIT_TOKEN, because the arguments of a process are no secret.
Ends with 0 when the task succeeded, 1 when it failed, 3 when it was cancelled; with 2 for wrong usage, 4 when the time was up,
5 when there is no connection."""


def parser() -> argparse.ArgumentParser:
    """What the command takes."""
    made = argparse.ArgumentParser("orbit-wait", description="Waits for a task to end, without polling.", epilog=EPILOG)
    made.formatter_class = argparse.RawDescriptionHelpFormatter
    what = made.add_mutually_exclusive_group(required=True)
    what.add_argument("task", nargs="?", type=task_id, help="the id of the task")
    what.add_argument("--start", metavar="TYPE", help="start a task of this type and wait for it: `app.install`")
    made.add_argument("--after", metavar="EVENT", default="", help="also count what happened after the event with this id")
    made.add_argument("--url", default=os.environ.get("ORBIT_URL") or "http://127.0.0.1:7443", help="of the server (ORBIT_URL)")
    made.add_argument("--ca", metavar="FILE", type=Path, help="a certificate to trust (PEM)")
    made.add_argument("--timeout", metavar="SECONDS", type=seconds, help="how long to wait at most")
    made.add_argument("--connect-timeout", metavar="SECONDS", type=seconds, default=10, help="to find the server at all (10)")
    made.add_argument("--quiet", action="store_true", help="print nothing but errors")
    return made


def task_id(text: str) -> str:
    """A task's id."""
    try:
        return str(uuid.UUID(text))
    except ValueError:
        raise argparse.ArgumentTypeError(f"`{text}` is not the id of a task, a UUID") from None


def seconds(text: str) -> float:
    """A length of time."""
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if 0 < value < float("inf"):
        return value
    raise argparse.ArgumentTypeError(f"`{text}` is not a number of seconds")


async def run(arguments: argparse.Namespace, token: str) -> str:
    """Waits as the arguments say, and gives the task's final status."""
    tls = ssl.create_default_context(cafile=arguments.ca) if arguments.ca else None

    async def start() -> str:
        return await asyncio.to_thread(start_task, arguments.url, token, arguments.start, tls)

    def tell(line: str) -> None:
        if not arguments.quiet:
            print(line, file=sys.stderr, flush=True)

    which = arguments.task or start
    options = {"after": arguments.after, "tls": tls, "connect_within_s": arguments.connect_timeout}
    return await asyncio.wait_for(wait(arguments.url, token, which, tell, **options), arguments.timeout)


def main() -> ExitCode:
    """Runs the command; whatever goes wrong is one line."""
    usage = parser()
    arguments = usage.parse_args()
    token = os.environ.get("ORBIT_TOKEN", "")
    if not token:
        usage.error("ORBIT_TOKEN is not set")
    try:
        status = asyncio.run(run(arguments, token))
    except TimeoutError:
        return problem(ExitCode.TIMED_OUT, f"the task did not end within {arguments.timeout:g} s")
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except ClientError as error:
        return problem(ExitCode.NO_CONNECTION, told(error, arguments.url))
    except NotStarted as error:
        return problem(ExitCode.NO_CONNECTION, str(error))
    except (ValueError, OSError) as error:
        return problem(ExitCode.USAGE, str(error))
    if not arguments.quiet:
        print(status)
    return ExitCode.of(status)


def told(error: ClientError, url: str) -> str:
    """An error of the connection, in a line."""
    if error.status == 401:
        return f"{url} refuses the token in ORBIT_TOKEN"
    return f"no connection to {url}: {error.message}"


def problem(code: ExitCode, message: str) -> ExitCode:
    """Says what is wrong."""
    print(f"orbit-wait: {message}", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
