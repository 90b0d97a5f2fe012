"""Models: what they accept, what they keep, and what they are called."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from types import ModuleType
from typing import Any

import orbit
import pytest
from conftest import BINDINGS, handfast
from pydantic import BaseModel, TypeAdapter, ValidationError

ID = "2EB8aa08-AA98-11ea-b4aa-73b441d16380"
Generate = Callable[..., ModuleType]


@pytest.fixture(scope="session")
def thing(generated: Generate) -> ModuleType:
    """A package whose objects are open, closed and typed."""
    return generated(
        "thing",
        {
            "type": "object",
            "required": ["must"],
            "properties": {
                "must": {"type": ["string", "null"]},
                "text": {"type": "string", "default": "x"},
                "maybe": {"type": ["string", "null"]},
                "whole": {"type": "integer"},
                "number": {"type": "number", "multipleOf": 0.01},
                "list": {"type": "array", "items": {"type": "string"}},
                "closed": {"type": "object", "properties": {"a": {"type": "boolean"}}, "additionalProperties": False},
                "typed": {"type": "object", "properties": {"a": {"type": "boolean"}}, "additionalProperties": {"type": "integer"}},
            },
        },
    )


ROUND_TRIPS = [
    '{"must":null}',
    '{"must":"a","text":"","maybe":null,"list":[]}',
    '{"must":"a","whole":123456789012345678901234567890,"number":0.07}',
    '{"must":"a","number":12345678901234567890.25,"x":0.1000000000000000055511151231257827}',
    '{"must":"a","extra":{"deep":[1,2.5,null,true,"é😀\\u2028"]},"":0,"model_dump":1,"__class__":2,"copy":3}',
    '{"must":"a","closed":{"a":true},"typed":{"a":false,"b":7}}',
]


@pytest.mark.parametrize("text", ROUND_TRIPS)
def test_round_trips(thing: ModuleType, text: str) -> None:
    one = thing.Thing.from_json(text)
    parse = thing._handfast.document.parse
    assert parse(one.to_json()) == parse(text)
    assert parse(one.model_dump_json()) == parse(text)
    assert thing.Thing.from_json(one.to_json()) == one
    assert thing.Thing.from_value(one.to_value()) == one
    assert pickle.loads(pickle.dumps(one)) == copy.deepcopy(one) == one
    assert hash(thing.Thing.from_json(text)) == hash(one)
    assert one.model_dump() == one.to_value()


@pytest.mark.parametrize(
    "text, code",
    [
        ('{"must":"a","text":null}', "type"),
        ('{"must":"a","whole":"1"}', "type"),
        ('{"must":"a","whole":true}', "type"),
        ('{"must":"a","whole":1.5}', "type"),
        ('{"must":"a","number":0.071}', "multipleOf"),
        ('{"must":"a","closed":{"b":1}}', "false"),
        ('{"must":"a","typed":{"b":"1"}}', "type"),
        ("{}", "required"),
        ("[]", "type"),
    ],
)
def test_what_the_schema_refuses_is_no_model(thing: ModuleType, text: str, code: str) -> None:
    with pytest.raises(thing.Invalid) as refusal:
        thing.Thing.from_json(text)
    assert [violation.code for violation in refusal.value.violations] == [code]
    with pytest.raises(ValidationError):
        thing.Thing.model_validate(thing._handfast.document.parse(text))


@pytest.mark.parametrize(
    "text",
    ["", "{", '{"must":"a","must":"b"}', '{"must":NaN}', "-Infinity", "[" * 129 + "]" * 129, "[" * 100_000, '"\\ud800"',
     '{"a":1e99999}', "1" * 5000, '"a\tb"', "01", "[1,]", "\ufefftrue", '"\\x"'],
)
def test_what_is_no_json_is_refused(thing: ModuleType, text: str) -> None:
    with pytest.raises(thing.NotJson):
        thing.Thing.from_json(text)


def test_bytes_that_are_no_utf_8_are_refused(thing: ModuleType) -> None:
    with pytest.raises(thing.NotJson):
        thing.Thing.from_json(b'{"must":"\xff"}')


def test_absent_null_and_value_are_three(thing: ModuleType) -> None:
    make = thing.Thing
    assert make(must=None).to_json() == '{"must":null}'
    assert make(must="a", maybe=None).to_json() == '{"must":"a","maybe":null}'
    assert make(must="a", maybe=thing.ABSENT, text=None).to_json() == '{"must":"a"}'
    read = make.from_json('{"must":"a"}')
    assert read.maybe is thing.ABSENT and read.text is None
    assert "maybe" not in read.model_dump() and "text" not in read.model_dump()


def test_integers_become_int_and_numbers_stay(thing: ModuleType) -> None:
    one = thing.Thing.from_json('{"must":"a","whole":1e2,"number":1.0}')
    assert type(one.whole) is int and one.whole == 100
    assert one.to_json() == '{"must":"a","whole":100,"number":1.0}'


def test_models_cannot_be_changed_but_copied(thing: ModuleType) -> None:
    one = thing.Thing(must="a")
    with pytest.raises(ValidationError):
        one.must = "b"
    assert one.model_copy(update={"must": "b"}).must == "b"
    with pytest.raises(ValidationError):
        one.model_copy(update={"whole": "b"})


def test_models_within_other_models_are_judged(thing: ModuleType) -> None:
    class Outer(BaseModel):
        inner: thing.Thing  # type: ignore[name-defined]

    assert Outer.model_validate({"inner": {"must": None}}).model_dump_json() == '{"inner":{"must":null}}'
    with pytest.raises(ValidationError):
        Outer.model_validate({"inner": {}})


def test_formats_are_kept_as_written() -> None:
    text = f'{{"id":"{ID}","type":"ping","timestamp":"2025-11-13t09:21:05.120+02:00","payload":{{}}}}'
    ping = orbit.Ping.from_json(text)
    assert ping.to_json() == text
    assert isinstance(ping.id, orbit.Uuid) and str(ping.id.parsed) == ID.lower()
    assert ping.timestamp.parsed.isoformat() == "2025-11-13T09:21:05.120000+02:00"
    assert orbit.DateTime.of(ping.timestamp.parsed).parsed == ping.timestamp.parsed
    with pytest.raises(orbit.Invalid):
        orbit.Uuid("no")
    with pytest.raises(ValueError, match="time zone"):
        orbit.DateTime.of(ping.timestamp.parsed.replace(tzinfo=None))


def test_the_constant_of_an_event_need_not_be_said() -> None:
    ping = orbit.Ping(id=orbit.Uuid.random(), timestamp=orbit.DateTime.now())
    assert ping.type == "ping" and '"type":"ping"' in ping.to_json()
    with pytest.raises(orbit.Invalid):
        orbit.Ping.from_value({name: value for name, value in ping.to_value().items() if name != "type"} | {"type": "pong"})


def test_events_are_read_by_their_name() -> None:
    event = orbit.server_events.from_json('{"type":"task.exploded","x":1}')
    assert event == orbit.UnknownEvent("task.exploded", {"type": "task.exploded", "x": 1})
    for text in ('{"type":7}', "[]", "{}"):
        with pytest.raises(orbit.Invalid) as refusal:
            orbit.server_events.from_json(text)
        assert [violation.code for violation in refusal.value.violations] == ["event-name"]


def test_hostile_names(hostile: ModuleType) -> None:
    value = {
        "class": 1, "self": "", "None": True, "copy": 1.5, "json": None, "schema": [1], "a b": 1, "a-b": '"""',
        "a_b": "\u2028", "": "7", "<": '"""\\', "<=": "", "model_dump": "", "__class__": "", "1": "", "_private": "p",
        "list": ["a"], "dict": {"a": 1}, "str": "s", "int": 3, "date": "2025-11-13", "uuid": ID, "from_json": "f",
        "ünïcode": "u", "\u212b": "Å", "\ufb01": "fi", "名前": "n", "model_name": "m", "print": "p", "class_": "extra",
    }  # fmt: skip
    names = hostile.Names.from_value(value)
    assert names.to_value() == value
    assert (names.class_, names.self_, names.none, names.copy_, names.schema_) == (1, "", True, 1.5, [1])
    assert (names.a_b, names.a_b2, names.a_b3) == (1, '"""', "\u2028")
    assert names.model_name == "m" and names.名前 == "n" and names.ünïcode == "u"
    assert names.model_copy(update={"class_": 2}).to_value() == {**value, "class": 2}
    del value["class_"]
    assert hostile.Names(**vars(hostile.Names.from_value(value))).to_value() == value
    with pytest.raises(hostile.Invalid):
        hostile.Names.from_value({**value, "": "٧"})


def test_shapes(hostile: ModuleType) -> None:
    value = {
        "type": "shapes",
        "body": {"kind": "video", "url": "https://a/b"},
        "op": {"op": 1, "b": 2},
        "pair": [1.5, "a"],
        "open_pair": [{"name": "a"}, 2, "x", {"name": 1}],
        "tree": [1, [2, []]],
        "named": {"name": "a", "inner": {"name": "b"}},
        "maybe": None,
        "mixed": True,
        "either": 2,
        "any": None,
        "counts": {"a": 2},
        "extra": {"a": "x", "b": 1.5},
        "when": {},
        "step": 0.07,
        "letters": "éЖ名",
        "x-a": 1,
    }
    shapes = hostile.Shapes.from_value(value)
    assert shapes.to_value() == value
    assert type(shapes.body).__name__.startswith("Body") and type(shapes.op).__name__.startswith("Op")
    assert isinstance(shapes.named, hostile.Named) and isinstance(shapes.named.inner, hostile.Named)
    assert isinstance(shapes.open_pair[0], hostile.Named) and shapes.open_pair[3] == {"name": 1}
    assert shapes.pair == (1.5, "a")
    assert shapes.mixed is True and hostile.Shapes.from_value({**value, "mixed": 1}).mixed == 1
    for name, bad in {"x-a": "1", "y": 1, "step": 0.071, "letters": "1", "counts": {"a": 3}, "when": {"at": "09:00:00Z"},
                      "op": {"op": 2}, "named": {"name": "a", "b": 1}, "never": 1, "tree": ["a"]}.items():
        with pytest.raises(hostile.Invalid):
            hostile.Shapes.from_value({**value, name: bad})


def test_what_is_generated_is_documented(hostile: ModuleType) -> None:
    assert hostile.Names.__doc__.startswith('Ends with a quote "')
    assert 'Hostile """ \\ names' in hostile.__doc__


def test_recursion_is_bounded(hostile: ModuleType) -> None:
    deep: Any = 1
    for _ in range(5000):
        deep = [deep]
    assert hostile.is_tree([[1]]) and not hostile.is_tree(["a"])
    assert [violation.code for violation in hostile._validators.violations(hostile.tree_codec._test, deep)] == ["depth"]


def test_types_of_schemas_work_with_pydantic(hostile: ModuleType) -> None:
    adapter = TypeAdapter(hostile.Shapes)
    assert adapter.json_schema()["properties"]["mixed"]
    assert hostile.Named.model_json_schema()["$defs"]["Named"]["required"] == ["name"]


@pytest.mark.parametrize("name", ["orbit", "builder"])
def test_committed_bindings_are_those_that_the_command_writes(name: str) -> None:
    contract = f"schemas/{name}/asyncapi.yaml"
    done = handfast("generate", "python", contract, "--out", str(BINDINGS / name), "--check")
    assert done.returncode == 0, done.stderr
