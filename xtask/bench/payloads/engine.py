"""Valid payloads by the engine of Schemathesis: ``python engine.py JOB.json``.

The job is ``{"n", "seconds", "schemas": [{"schema", "engine"}]}``: so many payloads at most of each schema, or for so many seconds, as JSON Lines
into the file that ``engine`` names. Prints ``INDEX SECONDS`` for each schema that the engine takes.
"""

import json
import sys
import time
import warnings

import jsonschema_rs
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.generation.jsonschema.builder import build
from schemathesis.specs.openapi.formats import get_default_format_strategies

DRAFTS = {
    "draft-04": jsonschema_rs.Draft4,
    "draft-06": jsonschema_rs.Draft6,
    "draft-07": jsonschema_rs.Draft7,
    "2019-09": jsonschema_rs.Draft201909,
}


def draft(schema):
    named = schema.get("$schema", "")
    return next((number for name, number in DRAFTS.items() if name in named), jsonschema_rs.Draft202012)


class Enough(Exception):
    """The time is over."""


def payloads(schema, n, seconds):
    """Payloads, and how long they took once the engine has made one."""
    strategy = build(schema, draft=draft(schema), formats=FORMATS)
    drawn(strategy, 1, seconds)
    began = time.perf_counter()
    return drawn(strategy, n, seconds), time.perf_counter() - began


def drawn(strategy, n, seconds):
    made, began = [], time.perf_counter()

    @settings(
        max_examples=n,
        database=None,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def draw(payload):
        made.append(payload)
        if time.perf_counter() - began > seconds:
            raise Enough

    try:
        draw()
    except Enough:
        pass
    return made


warnings.simplefilter("ignore")
FORMATS = dict(get_default_format_strategies())

with open(sys.argv[1]) as file:
    job = json.load(file)

for index, one in enumerate(job["schemas"]):
    with open(one["schema"]) as file:
        schema = json.load(file)
    try:
        made, seconds = payloads(schema, job["n"], job["seconds"])
    except Exception as error:  # What it can't take, it makes nothing of.
        print(f"{one['schema']}: {type(error).__name__}: {error}"[:200], file=sys.stderr)
        continue
    with open(one["engine"], "w") as file:
        file.writelines(json.dumps(payload) + "\n" for payload in made)
    print(index, seconds, flush=True)
