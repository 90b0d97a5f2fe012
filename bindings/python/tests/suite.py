"""Runs the official test suite of JSON Schema through generated validators and models.

Usage: python suite.py HANDFAST TESTS REMOTES METASCHEMAS DIALECT…

Required tests and those of formats; a valid instance must become a model that is written as it was read.
"""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DIALECTS = {
    "draft2020-12": "2020-12",
    "draft2019-09": "2019-09",
    "draft7": "draft-07",
    "draft6": "draft-06",
    "draft4": "draft-04",
}
KNOWN = {
    # 1.0 is the integer 1, as in later dialects.
    "draft4/zeroTerminatedFloats",
}


@dataclass
class Group:
    """A schema with instances, and the package that is generated of it."""

    place: str
    package: str
    schema: Any
    tests: list[dict[str, Any]]
    options: list[str]


def groups(tests: Path, dialect: str) -> Iterator[Group]:
    """Every group of a dialect."""
    folder = tests / dialect
    files = [(file, []) for file in sorted(folder.glob("*.json"))]
    files += [(file, ["--formats", "assert"]) for file in sorted(folder.glob("optional/format/*.json"))]
    number = 0
    for file, options in files:
        if f"{dialect}/{file.stem}" in KNOWN:
            continue
        for group in json.loads(file.read_text()):
            number += 1
            name = f"{dialect.replace('-', '_')}_{number}"
            place = f"{dialect}/{file.stem}: {group['description']}"
            chosen = ["--default-dialect", DIALECTS[dialect], *options]
            yield Group(place, name, group["schema"], group["tests"], chosen)


def generate(handfast: str, folder: Path, group: Group, resolve: list[str]) -> str | None:
    """Generates the package of a schema; says why not where handfast refuses."""
    source = folder / f"{group.package}.json"
    source.write_text(json.dumps(group.schema))
    command = [handfast, "generate", "python", str(source), "--out", str(folder), "--name", group.package]
    done = subprocess.run([*command, *resolve, *group.options], capture_output=True, text=True)
    return None if done.returncode == 0 else done.stderr.strip()


def judge(group: Group) -> Iterator[str]:
    """What is wrong with the verdicts on a group's instances."""
    package = importlib.import_module(group.package)
    is_valid = next(value for name, value in vars(package).items() if name.startswith("is_draft"))
    validate = next(value for name, value in vars(package).items() if name.startswith("validate_draft"))
    parse = importlib.import_module(f"{group.package}._handfast.document").parse
    model = next(value for name, value in vars(package).items() if name.startswith("Draft"))
    codec = model if hasattr(model, "from_value") else next(
        value for name, value in vars(package).items() if name.startswith("draft") and name.endswith("_codec")
    )
    for test in group.tests:
        value = parse(json.dumps(test["data"]))
        if is_valid(value) != test["valid"]:
            yield f"{test['description']}: expected {test['valid']}"
        if bool(validate(value)) == test["valid"]:
            yield f"{test['description']}: the violations say otherwise"
        try:
            instance = codec.from_value(value)
        except package.Invalid:
            if test["valid"]:
                yield f"{test['description']}: no model"
            continue
        again = instance.to_value() if codec is model else codec.to_value(instance)
        if not test["valid"] or canonical(again) != canonical(test["data"]):
            yield f"{test['description']}: read as {instance!r}"


def canonical(value: Any) -> Any:
    """What is equal for equal instances: 1 equals 1.0, and not True."""
    if isinstance(value, dict):
        return {name: canonical(member) for name, member in value.items()}
    if isinstance(value, list):
        return [canonical(item) for item in value]
    return ("boolean", value) if isinstance(value, bool) else value


def run(handfast: str, tests: Path, dialect: str, resolve: list[str], folder: Path) -> int:
    """Runs a dialect; gives the number of what failed."""
    found = list(groups(tests, dialect))
    with ThreadPoolExecutor(2) as pool:
        refusals = list(pool.map(lambda group: generate(handfast, folder, group, resolve), found))
    n_failed = 0
    for group, refusal in zip(found, refusals):
        problems = [refusal] if refusal else list(judge(group))
        n_failed += len(problems)
        for problem in problems:
            print(f"{group.place}: {problem}")
    n_tests = sum(len(group.tests) for group in found)
    print(f"suite-python {dialect}: {n_tests} tests in {len(found)} groups, {n_failed} failed", flush=True)
    return n_failed


def main(handfast: str, tests: str, remotes: str, metaschemas: str, *dialects: str) -> int:
    """Runs dialects; 1 if anything failed."""
    places = {
        "http://localhost:1234/": remotes,
        "http://json-schema.org/": metaschemas,
        "https://json-schema.org/": metaschemas,
    }
    resolve = [option for uri, folder in places.items() for option in ("--resolve", f"{uri}={folder}")]
    with tempfile.TemporaryDirectory() as folder:
        sys.path.insert(0, folder)
        n_failed = [run(handfast, Path(tests), dialect, resolve, Path(folder)) for dialect in dialects]
    return 1 if any(n_failed) else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
