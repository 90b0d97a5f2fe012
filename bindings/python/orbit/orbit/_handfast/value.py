# @generated from schemas/orbit/asyncapi.yaml by handfast; edit that, not this.
"""JSON values: their types, and when two are equal (JSON Schema Core, 4.2)."""

from __future__ import annotations

from typing import Any

from .number import exact


def kind(value: Any) -> str:
    """The type of a value as a JSON text tells it. Raises TypeError for what JSON has no word for."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, str):
        return "string"
    if isinstance(value, (int, float)):
        return "number"
    if isinstance(value, dict):
        return "object"
    if isinstance(value, list):
        return "array"
    raise TypeError(f"{type(value).__name__} is no type of JSON's")


def is_number(value: Any) -> bool:
    """Whether it is a number; True and False are none."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def canonical(value: Any) -> Any:
    """What is equal and has the same hash exactly for equal instances: 1 equals 1.0, and does not equal True."""
    if isinstance(value, dict):
        return ("object", frozenset((name, canonical(member)) for name, member in value.items()))
    if isinstance(value, list):
        return ("array", tuple(map(canonical, value)))
    if is_number(value):
        return ("number", exact(value))
    return (kind(value), value)


def equal(a: Any, b: Any) -> bool:
    """Whether two values are the same instance."""
    if isinstance(a, str) or isinstance(b, str):
        return isinstance(a, str) and isinstance(b, str) and str.__eq__(a, b)
    return bool(canonical(a) == canonical(b))


def first_double(items: list[Any]) -> tuple[int, int] | None:
    """The numbers of the first pair of equal items."""
    seen: dict[Any, int] = {}
    for index, item in enumerate(items):
        earlier = seen.setdefault(canonical(item), index)
        if earlier != index:
            return earlier, index
    return None
