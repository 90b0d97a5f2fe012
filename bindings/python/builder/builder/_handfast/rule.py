# @generated from schemas/builder/asyncapi.yaml by handfast; edit that, not this.
"""The assertions that validators are made of, one function each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from . import number as numbers
from .report import MAX_DEPTH, At, Report, Test
from .value import equal, first_double, is_number, kind

Matches = Callable[[str], object]
"""Whether a regular expression is found in a text."""


def never(at: At, schema: str, report: Report) -> bool:
    return report.add("false", at, schema)


def too_deep(at: At, schema: str, report: Report) -> bool:
    return report.leave(report.add("depth", at, schema, limit=MAX_DEPTH))


def types(value: Any, names: Sequence[str], at: At, schema: str, report: Report) -> bool:
    actual = kind(value)
    if actual in names or (actual == "number" and "integer" in names and numbers.is_integer(value)):
        return True
    return report.add("type", at, f"{schema}/type", expected=list(names), actual=actual)


def constant(value: Any, expected: Any, at: At, schema: str, report: Report) -> bool:
    return equal(value, expected) or report.add("const", at, f"{schema}/const", expected=expected, actual=value)


def enumeration(value: Any, expected: Sequence[Any], at: At, schema: str, report: Report) -> bool:
    if any(equal(value, one) for one in expected):
        return True
    return report.add("enum", at, f"{schema}/enum", expected=list(expected), actual=value)


def _beyond(keyword: str, limit: Any, actual: Any, at: At, schema: str, report: Report) -> bool:
    return report.add(keyword, at, f"{schema}/{keyword}", limit=limit, actual=actual)


def minimum(value: float, limit: float, at: At, schema: str, report: Report) -> bool:
    return numbers.exact(value) >= numbers.exact(limit) or _beyond("minimum", limit, value, at, schema, report)


def maximum(value: float, limit: float, at: At, schema: str, report: Report) -> bool:
    return numbers.exact(value) <= numbers.exact(limit) or _beyond("maximum", limit, value, at, schema, report)


def exclusive_minimum(value: float, limit: float, at: At, schema: str, report: Report) -> bool:
    is_more = numbers.exact(value) > numbers.exact(limit)
    return is_more or _beyond("exclusiveMinimum", limit, value, at, schema, report)


def exclusive_maximum(value: float, limit: float, at: At, schema: str, report: Report) -> bool:
    is_less = numbers.exact(value) < numbers.exact(limit)
    return is_less or _beyond("exclusiveMaximum", limit, value, at, schema, report)


def multiple_of(value: float, divisor: float, at: At, schema: str, report: Report) -> bool:
    return numbers.is_multiple(value, divisor) or _beyond("multipleOf", divisor, value, at, schema, report)


def min_length(text: str, limit: int, at: At, schema: str, report: Report) -> bool:
    return len(text) >= limit or _beyond("minLength", limit, len(text), at, schema, report)


def max_length(text: str, limit: int, at: At, schema: str, report: Report) -> bool:
    return len(text) <= limit or _beyond("maxLength", limit, len(text), at, schema, report)


def pattern(text: str, source: str, matches: Matches, at: At, schema: str, report: Report) -> bool:
    is_match = matches(text) is not None
    return is_match or report.add("pattern", at, f"{schema}/pattern", pattern=source, actual=text)


def format(text: str, name: str, is_one: Callable[[str], bool], at: At, schema: str, report: Report) -> bool:
    return is_one(text) or report.add("format", at, f"{schema}/format", format=name, actual=text)


def min_items(items: list[Any], limit: int, at: At, schema: str, report: Report) -> bool:
    return len(items) >= limit or _beyond("minItems", limit, len(items), at, schema, report)


def max_items(items: list[Any], limit: int, at: At, schema: str, report: Report) -> bool:
    return len(items) <= limit or _beyond("maxItems", limit, len(items), at, schema, report)


def unique_items(items: list[Any], at: At, schema: str, report: Report) -> bool:
    double = first_double(items)
    if double is None:
        return True
    return report.add("uniqueItems", at, f"{schema}/uniqueItems", first=double[0], second=double[1])


def contains(
    items: list[Any], test: Test, least: int, most: int | None, at: At, schema: str, report: Report
) -> bool:
    n_found = sum(test(item, None, report.quick()) for item in items)
    if n_found < least:
        keyword = "contains" if least == 1 else "minContains"
        return _beyond(keyword, least, n_found, at, schema, report)
    return most is None or n_found <= most or _beyond("maxContains", most, n_found, at, schema, report)


def each_item(items: list[Any], prefix: Sequence[Test], rest: Test | None, at: At, report: Report) -> bool:
    valid = True
    for index, item in enumerate(items):
        test = prefix[index] if index < len(prefix) else rest
        if test is None:
            break
        if not test(item, (at, index), report):
            valid = False
            if not report.collects:
                break
    return valid


def min_properties(members: Mapping[str, Any], limit: int, at: At, schema: str, report: Report) -> bool:
    return len(members) >= limit or _beyond("minProperties", limit, len(members), at, schema, report)


def max_properties(members: Mapping[str, Any], limit: int, at: At, schema: str, report: Report) -> bool:
    return len(members) <= limit or _beyond("maxProperties", limit, len(members), at, schema, report)


def required(members: Mapping[str, Any], names: Iterable[str], at: At, schema: str, report: Report) -> bool:
    valid = True
    for name in names:
        if name not in members:
            valid = report.add("required", at, f"{schema}/required", property=name)
            if not report.collects:
                break
    return valid


def dependent_required(
    members: Mapping[str, Any], because: str, needed: Iterable[str], at: At, schema: str, report: Report
) -> bool:
    valid = True
    for name in needed if because in members else ():
        if name not in members:
            place = f"{schema}/dependentRequired"
            valid = report.add("dependentRequired", at, place, property=name, because=because)
    return valid


def each_member(
    members: Mapping[str, Any],
    properties: Mapping[str, Test | None],
    at: At,
    report: Report,
    patterns: Sequence[tuple[Matches, Test | None]] = (),
    additional: Test | None = None,
    names: Test | None = None,
) -> bool:
    """What `propertyNames`, `properties`, `patternProperties` and `additionalProperties` say."""
    valid = True
    for name, member in members.items():
        tests = [properties[name]] if name in properties else []
        tests += [test for matches, test in patterns if matches(name) is not None]
        tests = tests or [additional]
        place = (at, name)
        if names is not None and not names(name, place, report):
            valid = False
        for test in tests:
            if (valid or report.collects) and test is not None and not test(member, place, report):
                valid = False
        if not valid and not report.collects:
            break
    return valid


def other_members(
    members: Mapping[str, Any], looks: Callable[[str], bool], test: Test, at: At, report: Report
) -> bool:
    """`unevaluatedProperties`: what nothing else looks at."""
    valid = True
    for name, member in members.items():
        if (valid or report.collects) and not looks(name) and not test(member, (at, name), report):
            valid = False
    return valid


def other_items(
    items: list[Any], looks: Callable[[int, Any], bool], test: Test, at: At, report: Report
) -> bool:
    """`unevaluatedItems`: what nothing else looks at."""
    valid = True
    for index, item in enumerate(items):
        if (valid or report.collects) and not looks(index, item) and not test(item, (at, index), report):
            valid = False
    return valid


def negated(test: Test, value: Any, at: At, schema: str, report: Report) -> bool:
    return not test(value, None, report.quick()) or report.add("not", at, f"{schema}/not")


def any_of(tests: Iterable[Test], value: Any, at: At, schema: str, report: Report) -> bool:
    accepted = any(test(value, None, report.quick()) for test in tests)
    return accepted or report.add("anyOf", at, f"{schema}/anyOf")


def one_of(tests: Iterable[Test], value: Any, at: At, schema: str, report: Report) -> bool:
    n_accepted = sum(test(value, None, report.quick()) for test in tests)
    return n_accepted == 1 or report.add("oneOf", at, f"{schema}/oneOf", accepted=n_accepted)


def tagged(
    value: Mapping[str, Any],
    keyword: str,
    property: str,
    arms: Sequence[tuple[Any, Test]],
    at: At,
    schema: str,
    report: Report,
) -> bool:
    """The verdict of the branch that a property selects."""
    if property in value:
        for tag, test in arms:
            if equal(value[property], tag):
                return test(value, at, report)
    expected, actual = [tag for tag, _ in arms], value.get(property)
    place = f"{schema}/{keyword}"
    return report.add(keyword, at, place, property=property, expected=expected, actual=actual)


def of_kinds(*names: str) -> Test:
    """A test of the type alone."""

    def test(value: Any, at: At, report: Report) -> bool:
        actual = kind(value)
        return actual in names or (actual == "number" and "integer" in names and numbers.is_integer(value))

    return test


