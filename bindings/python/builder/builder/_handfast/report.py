# @generated from schemas/builder/asyncapi.yaml by handfast; edit that, not this.
"""Where violations go."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Optional, Union

from .violation import Invalid, Violation

At = Optional[tuple[Any, Union[str, int]]]
"""The place of a value: the place around it with a name or a number; None is the instance itself."""

MAX_DEPTH = 256
"""Schemas that refer to themselves are followed no deeper."""


class Report:
    """Keeps every violation, or only whether there is one."""

    __slots__ = ("collects", "depth", "found")

    def __init__(self, collects: bool, depth: int = 0) -> None:
        self.collects = collects
        self.found: list[Violation] = []
        self.depth = depth

    def add(self, code: str, at: At, schema: str, **params: Any) -> bool:
        """Takes a violation; always False, so that a test can end with it."""
        if self.collects:
            self.found.append(Violation(code, _pointer(at), schema, params))
        return False

    def quick(self) -> Report:
        """One that only asks, as deep as this one is."""
        return Report(False, self.depth)

    def enter(self) -> bool:
        """Goes one deeper, unless that is too deep."""
        self.depth += 1
        return self.depth <= MAX_DEPTH

    def leave(self, valid: bool) -> bool:
        """Comes back from where `enter` led to, with a verdict."""
        self.depth -= 1
        return valid


Test = Callable[[Any, At, Report], bool]
"""Tests a JSON value at a place."""


def violations(test: Test, value: Any) -> list[Violation]:
    """Every violation of a JSON value."""
    report = Report(True)
    try:
        test(value, None, report)
    except RecursionError:
        return [Violation("depth", "", "", {"limit": MAX_DEPTH})]
    return report.found


def accepts(test: Test, value: Any) -> bool:
    """Whether a JSON value is valid; asks no further than the first violation."""
    try:
        return test(value, None, Report(False))
    except RecursionError:
        return False


def require(test: Test, value: Any) -> None:
    """Raises Invalid unless a JSON value is valid."""
    if not accepts(test, value):
        raise Invalid(violations(test, value))


def _pointer(at: At) -> str:
    steps: list[str] = []
    while at is not None:
        at, step = at
        steps.append(str(step).replace("~", "~0").replace("/", "~1"))
    return "".join(f"/{step}" for step in reversed(steps))
