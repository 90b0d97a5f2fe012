"""JSON texts (RFC 8259), read and written without a loss."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NoReturn

from .number import ExactFloat, number_of

MAX_DEPTH = 128
"""Arrays and objects nested deeper are refused."""


class NotJson(ValueError):
    """A text is no JSON, holds a member twice, or is nested too deeply."""


def parse(data: bytes | bytearray | memoryview | str) -> Any:
    """The value of a JSON text.

    Integers are `int`, other numbers `float` or, where a float would lose digits, `ExactFloat`. Raises NotJson.
    """
    try:
        text = data if isinstance(data, str) else bytes(data).decode()
        value = _DECODER.decode(text)
    except RecursionError:
        raise NotJson(f"nested deeper than {MAX_DEPTH}") from None
    except ValueError as error:
        raise error if isinstance(error, NotJson) else NotJson(str(error)) from None
    if text.count("[") + text.count("{") > MAX_DEPTH or "\\u" in text:
        _check(value)
    return value


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        names = [name for name, _ in pairs]
        double = next(name for name in names if names.count(name) > 1)
        raise NotJson(f"the member {json.dumps(double)} is there twice")
    return members


def _refuse(constant: str) -> NoReturn:
    raise NotJson(f"{constant} is no JSON")


_DECODER = json.JSONDecoder(object_pairs_hook=_members, parse_float=number_of, parse_constant=_refuse)


def _check(root: Any) -> None:
    """Refuses what is nested too deeply, and strings that hold half a character."""
    waiting = [(root, 0)]
    while waiting:
        value, depth = waiting.pop()
        if isinstance(value, str):
            if any("\ud800" <= character <= "\udfff" for character in value):
                raise NotJson("a string holds a lone surrogate")
        elif isinstance(value, (list, dict)):
            if depth == MAX_DEPTH:
                raise NotJson(f"nested deeper than {MAX_DEPTH}")
            inside: Iterator[Any] = iter(value)
            if isinstance(value, dict):
                inside = (one for member in value.items() for one in member)
            waiting.extend((one, depth + 1) for one in inside)


def write(value: Any) -> str:
    """A JSON value as text, numbers as they were written."""
    return "".join(_written(value))


def _written(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield "{"
        for index, (name, member) in enumerate(value.items()):
            yield f"{',' if index else ''}{_TEXT(str(name))}:"
            yield from _written(member)
        yield "}"
    elif isinstance(value, list):
        yield "["
        for index, item in enumerate(value):
            if index:
                yield ","
            yield from _written(item)
        yield "]"
    elif isinstance(value, str):
        yield _TEXT(value)
    elif isinstance(value, ExactFloat):
        yield value.text
    else:
        yield json.dumps(value, allow_nan=False)


_TEXT = json.JSONEncoder(ensure_ascii=False).encode
