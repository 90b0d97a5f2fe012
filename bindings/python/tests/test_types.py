"""Generated packages and their users, as mypy and pyright see them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from conftest import BINDINGS

TYPES = Path(__file__).parent / "types"


def run(*command: str, paths: list[Path]) -> tuple[int, str]:
    environment = {**os.environ, "MYPYPATH": os.pathsep.join(map(str, paths)), "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=TYPES)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="session")
def places(hostile: ModuleType) -> list[Path]:
    """The folders of all packages."""
    assert hostile.__file__ is not None
    return [BINDINGS / "orbit", BINDINGS / "builder", Path(hostile.__file__).parents[1]]


def test_mypy(places: list[Path]) -> None:
    packages = [place / name for place, name in zip(places, ("orbit", "builder", "hostile"))]
    consumers = [str(TYPES / f"{name}_consumer.py") for name in ("orbit", "builder", "hostile")]
    code, output = run(sys.executable, "-m", "mypy", "--config-file", "mypy.ini", *map(str, packages), *consumers, paths=places)
    assert code == 0, output


def test_pyright_finds_nothing_in_packages(places: list[Path]) -> None:
    packages = [str(place / name) for place, name in zip(places, ("orbit", "builder", "hostile"))]
    code, output = run(sys.executable, "-m", "pyright", "--pythonpath", sys.executable, *packages, paths=places)
    assert code == 0, output


def test_pyright_refuses_what_mypy_refuses(places: list[Path], tmp_path: Path) -> None:
    """Each line where mypy finds an error has one of pyright's, and no other has."""
    wanted = {}
    for consumer in TYPES.glob("*_consumer.py"):
        text = consumer.read_text()
        (tmp_path / consumer.name).write_text(text.replace("# type: ignore", "# refused"))
        lines = enumerate(text.splitlines(), 1)
        wanted[consumer.name] = {number for number, line in lines if "# type: ignore" in line}
    (tmp_path / "pyrightconfig.json").write_text(json.dumps({"extraPaths": [str(place) for place in places]}))
    _, output = run(sys.executable, "-m", "pyright", "--pythonpath", sys.executable, "-p", str(tmp_path), paths=places)
    found: dict[str, set[int]] = {name: set() for name in wanted}
    for line in output.splitlines():
        if ".py:" in line and " error: " in line:
            file, number = line.strip().split(":")[:2]
            found[Path(file).name].add(int(number))
    assert found == wanted, output
