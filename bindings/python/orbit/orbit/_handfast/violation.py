# @generated from schemas/orbit/asyncapi.yaml by handfast; edit that, not this.
"""What is wrong with an instance: data first, text last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .document import write


@dataclass(frozen=True)
class Violation:
    """One keyword that an instance breaks at one place; the same in every language that Handfast prints."""

    code: str
    """The keyword: `minimum`. `false` for the schema that accepts nothing."""
    at: str
    """JSON Pointer into the instance (RFC 6901)."""
    schema: str
    """Location of the keyword: the schema's file, relative to the contract, with a JSON Pointer."""
    params: Mapping[str, Any]
    """What the keyword wanted and what it found, by name."""

    def to_value(self) -> dict[str, Any]:
        """The violation as JSON."""
        return {"code": self.code, "at": self.at, "schema": self.schema, "params": dict(self.params)}

    def __str__(self) -> str:
        params = ", ".join(f"{name} {write(value)}" for name, value in self.params.items())
        about = f" ({params})" if params else ""
        return f"`{self.at or 'the value'}` breaks `{self.code}`{about} of {self.schema}"


class Invalid(ValueError):
    """A value is no instance of its schema."""

    violations: tuple[Violation, ...]
    """Every keyword that it breaks; never empty."""

    def __init__(self, violations: Iterable[Violation]) -> None:
        self.violations = tuple(violations)
        super().__init__("\n".join(map(str, self.violations)))

    def __reduce__(self) -> tuple[type[Invalid], tuple[tuple[Violation, ...]]]:
        return (Invalid, (self.violations,))
