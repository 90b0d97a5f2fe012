"""Python and Rust find the same violations, with the same codes, places and params."""

from __future__ import annotations

import json
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest
from conftest import handfast

SCHEMAS: dict[str, tuple[Any, list[Any]]] = {
    "numbers": (
        {"type": "object", "properties": {"a": {"type": "integer", "minimum": 0, "exclusiveMaximum": 10, "multipleOf": 3},
         "b": {"minimum": 0.1, "maximum": 1e3, "multipleOf": 0.01}}},
        [{"a": -1}, {"a": 10, "b": 0}, {"a": 9.0, "b": 0.07}, {"a": 1.5, "b": 1e4}, {"b": 0.071}, {"a": "1", "b": True}, []],
    ),
    "strings": (
        {"items": {"type": "string", "minLength": 2, "maxLength": 3, "pattern": "^\\S+$"}},
        [["😀", "😀😀😀😀"], ["a b"], ["\u2028\u2028"], ["\ufeffa"], [1, None], ["ab"]],
    ),
    "objects": (
        {"required": ["a"], "minProperties": 2, "maxProperties": 3, "propertyNames": {"maxLength": 2}, "dependentRequired": {"a": ["b", "c"]},
         "dependentSchemas": {"d": False}, "patternProperties": {"^x": {"type": "null"}}, "properties": {"a": {"const": {"k": [1]}}}, "additionalProperties": {"enum": [1, None, "é"]}},
        [{}, {"a": {"k": [1.0]}}, {"a": 1, "long": 2, "x1": 3}, {"a~/": 1, "b": 1}, {"d": 1, "a": 2, "b": None, "e": "é"}],
    ),
    "arrays": (
        {"prefixItems": [{"type": "null"}], "items": {"type": "integer"}, "contains": {"const": 5}, "minContains": 2, "maxContains": 3, "uniqueItems": True, "minItems": 1, "maxItems": 4},
        [[], [None], [0, "a"], [None, 5, 5.0], [None, 5, 5, 5, 5], [None, [1], {"a": 1}, {"a": 1.0}]],
    ),
    "unions": (
        {"oneOf": [{"type": "object", "required": ["t"], "properties": {"t": {"const": "a"}, "n": {"type": "integer"}}},
                   {"type": "object", "required": ["t"], "properties": {"t": {"enum": ["b", "c"]}, "n": {"type": "string"}}}]},
        [{}, {"t": "d"}, {"t": "a", "n": "x"}, {"t": "c", "n": 1}, 1, {"t": 1}],
    ),
    "logic": (
        {"anyOf": [{"type": "integer"}, {"minimum": 2}, {"type": "string", "not": {"maxLength": 2}}], "if": {"minimum": 10}, "then": {"multipleOf": 5}, "else": {"not": {"const": 3}}},
        [1, 1.5, 3, 11, "ab", "abc", None, 15],
    ),
    "unevaluated": (
        {"allOf": [{"properties": {"a": True}}], "if": {"required": ["b"]}, "then": {"properties": {"b": {"type": "integer"}}}, "unevaluatedProperties": {"type": "string"}},
        [{"a": 1}, {"b": 1}, {"b": "x", "c": 1}, {"c": "x"}, {"b": 1, "c": 1}],
    ),
    "recursion": (
        {"$defs": {"t": {"type": "object", "properties": {"t": {"$ref": "#/$defs/t"}}, "additionalProperties": False}}, "$ref": "#/$defs/t"},
        [{"t": {"t": {"t": 1, "x": 2}}}, {"t": []}],
    ),
    "formats": (
        {"properties": {name: {"format": name} for name in (
            "date-time", "date", "time", "duration", "email", "idn-email", "hostname", "idn-hostname", "ipv4", "ipv6", "uuid", "uri",
            "uri-reference", "iri", "iri-reference", "uri-template", "json-pointer", "relative-json-pointer", "regex")}},
        [dict.fromkeys((
            "date-time", "date", "time", "duration", "email", "idn-email", "hostname", "idn-hostname", "ipv4", "ipv6", "uuid", "uri",
            "uri-reference", "iri", "iri-reference", "uri-template", "json-pointer", "relative-json-pointer", "regex"), text)
         for text in ("", "a", "1998-12-31T23:59:60Z", "2025-02-29", "23:59:60+00:30", "P1Y2D", "P2W", "a@b", "\"a b\"@[IPv6:::1]", "é@é.org",
                      "xn--7a", "例子.广告", "a\u3002b", "127.0.0.1", "::1%a", "::ffff:1.2.3.4", "2eb8aa08-aa98-11ea-b4aa-73b441d16380", "http://a b", "http://[::1]:80/?é",
                      "//ƒøø", "http://a/\ue000", "1:b", "#a\\b", "{?a,b*}", "{", "/~2", "1/a", "01#", "(?<a>b)\\k<a>", "\\p{L}[", "[b-a]", "a{2,1}", "٣", "l·l", "-a", "a" * 64)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SCHEMAS)
def test_violations(name: str, generated: Callable[..., ModuleType], tmp_path: Any) -> None:
    schema, instances = SCHEMAS[name]
    package = generated(f"agree_{name}", schema, "--formats", "assert")
    file = tmp_path / f"agree_{name}.json"
    file.write_text(json.dumps(schema))
    lines = "\n".join(map(json.dumps, instances))
    stream = tmp_path / "instances.jsonl"
    stream.write_text(lines)
    (tmp_path / "handfast.toml").write_text('formats = "assert"\n')
    done = handfast("validate", str(file), str(stream), "--format", "json", "--jobs", "1")
    judged = [json.loads(line) for line in done.stdout.split("\n") if line]
    assert len(judged) == len(instances), done.stdout + done.stderr
    validate = getattr(package, f"validate_agree_{name}")
    for instance, verdict in zip(instances, judged):
        found = [violation.to_value() for violation in validate(instance)]
        wanted = [{key: one[key] for key in ("code", "at", "schema", "params")} for one in verdict.get("violations", [])]
        assert in_order(found) == in_order(wanted), instance


def in_order(violations: list[dict[str, Any]]) -> list[str]:
    """Violations in an order that does not depend on that of members."""
    return sorted(json.dumps(one, sort_keys=True) for one in violations)
