"""Generated packages and their users, as mypy and pyright see them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
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
    code, output = run("pyright", "--pythonpath", sys.executable, *packages, paths=places)
    assert code == 0, output


def test_pyright_refuses_what_mypy_refuses(places: list[Path], tmp_path: Path, generated: Callable[..., ModuleType]) -> None:
    """Each line where mypy finds an error has one of pyright's, and no other has."""
    for name in ("orbit", "builder", "hostile"):
        text = (TYPES / f"{name}_consumer.py").read_text()
        wanted = {number for number, line in enumerate(text.splitlines(), 1) if "# type: ignore" in line}
        (tmp_path / f"{name}_consumer.py").write_text(text.replace("# type: ignore", "# ignored"))
    extra = ", ".join(f'"{place}"' for place in places)
    (tmp_path / "pyrightconfig.json").write_text(f'{{"extraPaths": [{extra}], "typeCheckingMode": "standard"}}')
    found: dict[str, set[int]] = {}
    done = subprocess.run(
        ["pyright", "--pythonpath", sys.executable, "-p", str(tmp_path)], capture_output=True, text=True
    )
    for line in done.stdout.splitlines():
        if ".py:" in line and " error: " in line:
            file, number = line.strip().split(":")[:2]
            found.setdefault(Path(file).name, set()).add(int(number))
    for name in ("orbit", "builder", "hostile"):
        lines = (TYPES / f"{name}_consumer.py").read_text().splitlines()
        wanted = {number for number, line in enumerate(lines, 1) if "# type: ignore" in line}
        assert found.get(f"{name}_consumer.py", set()) == wanted, done.stdout
