"""Generated folders are packages that pip installs."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import BINDINGS


@pytest.mark.parametrize(
    "name, statement",
    [
        ("orbit", "from orbit.client import OrbitClient; import orbit; orbit.Ping"),
        ("builder", "from builder.socket_io import BuilderClient; import builder; builder.Ping"),
    ],
)
def test_pip_installs_it(name: str, statement: str, tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    shutil.copytree(BINDINGS / name, source, ignore=shutil.ignore_patterns("__pycache__"))
    pip = ["install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--target", str(target), str(source)]
    subprocess.run([sys.executable, "-m", "pip", "--disable-pip-version-check", *pip], check=True)
    assert (target / name / "py.typed").exists()
    code = f"import sys; sys.path.insert(0, {str(target)!r}); {statement}"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=tmp_path)
