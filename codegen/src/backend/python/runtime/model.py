"""What generated models are: a schema's instances, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import Enum
from typing import Annotated, Any, ClassVar, Final, Generic, Literal, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetCoreSchemaHandler,
    ModelWrapValidatorHandler,
    PlainSerializer,
    PlainValidator,
    SerializerFunctionWrapHandler,
    StrictBool,
    StrictStr,
    TypeAdapter,
    ValidationInfo,
    WithJsonSchema,
    model_serializer,
    model_validator,
)
from pydantic_core import CoreSchema, core_schema
from typing_extensions import Self

from .document import parse, write
from .number import is_integer, to_integer
from .report import At, Report, Test, accepts, require, violations
from .value import is_number
from .violation import Violation


class Absent(Enum):
    """The type of ABSENT."""

    ABSENT = "absent"

    def __repr__(self) -> str:
        return "ABSENT"

    def __bool__(self) -> Literal[False]:
        return False


ABSENT: Final = Absent.ABSENT
"""A member that is not there, where `None` stands for a `null` that is."""


def _integer(value: Any) -> int:
    if not is_number(value) or not is_integer(value):
        raise ValueError("no integer")
    return to_integer(value)


def _number(value: Any) -> float:
    if not is_number(value):
        raise ValueError("no number")
    number: float = value
    return number


Integer = Annotated[int, PlainValidator(_integer), WithJsonSchema({"type": "integer"})]
"""An integer; 1.0 is one, and becomes 1."""
Number = Annotated[
    float, PlainValidator(_number), PlainSerializer(lambda number: number), WithJsonSchema({"type": "number"})
]
"""A number: `int`, `float`, or an `ExactFloat` where a float would lose digits."""
def _whole(value: Any) -> Any:
    return to_integer(value) if is_number(value) and is_integer(value) else value


Whole = BeforeValidator(_whole)
"""Takes 1.0 for 1, which literals do not."""
Boolean = StrictBool
String = StrictStr


class Pattern:
    """Says which regular expression (ECMA-262) a string matches; the validators see to it."""

    __slots__ = ("source",)

    def __init__(self, source: str) -> None:
        self.source = source

    def __repr__(self) -> str:
        return f"Pattern({self.source!r})"


class Choice:
    """Tells which of several types a value is of: the first whose test it passes."""

    __slots__ = ("branches",)

    def __init__(self, branches: Callable[[], Sequence[tuple[Test, Any]]]) -> None:
        self.branches = branches

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        of = {number: handler.generate_schema(of) for number, (_, of) in enumerate(self.branches())}
        return core_schema.tagged_union_schema(of, discriminator=self._branch)

    def _branch(self, value: Any) -> int | None:
        value = plain(value)
        return next((number for number, (test, _) in enumerate(self.branches()) if accepts(test, value)), None)


class Items:
    """Tells the types of the first items of an array, and of those that follow; None where nothing follows."""

    __slots__ = ("of",)

    def __init__(self, of: Callable[[], tuple[tuple[Any, ...], Any]]) -> None:
        self.of = of

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        first, following = self.of()
        prefix, rest = [_Adapter(of) for of in first], _Adapter(following)

        def read(value: Any, info: ValidationInfo) -> list[Any]:
            return [
                (prefix[index] if index < len(prefix) else rest).read(item, info.context)
                for index, item in enumerate(value)
            ]

        return core_schema.with_info_after_validator_function(
            read, core_schema.list_schema(), serialization=core_schema.plain_serializer_function_ser_schema(list)
        )


class _Adapter:
    """A type, of which nothing is asked before it is used."""

    __slots__ = ("_adapter", "_of")

    def __init__(self, of: Any) -> None:
        self._of = of
        self._adapter: TypeAdapter[Any] | None = None

    def read(self, value: Any, context: Any) -> Any:
        if self._adapter is None:
            self._adapter = TypeAdapter(self._of)
        return self._adapter.validate_python(value, context=context)


class _Trusted:
    """The context of values that were judged before."""


_TRUSTED = _Trusted()


class Model(BaseModel, frozen=True):
    """An instance of a schema, which can't be changed."""

    model_config = ConfigDict(
        defer_build=True, protected_namespaces=(), serialize_by_alias=True, use_attribute_docstrings=False
    )
    _test: ClassVar[Test]
    _names: ClassVar[Mapping[str, str]] = {}
    _constants: ClassVar[Mapping[str, Any]] = {}
    _optional: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, /, **members: Any) -> None:
        given = dict(self._constants)
        for name, value in members.items():
            if not self._is_absent(name, value):
                given[self._names.get(name, name)] = value
        super().__init__(**given)

    # Or pydantic calls it for models within models.
    __init__.__pydantic_base_init__ = True  # type: ignore[attr-defined]

    @classmethod
    def _is_absent(cls, name: str, value: Any) -> bool:
        return value is ABSENT or (value is None and name in cls._optional)

    @model_validator(mode="wrap")
    @classmethod
    def _judge(cls, value: Any, handler: ModelWrapValidatorHandler[Self], info: ValidationInfo) -> Self:
        if not isinstance(value, cls) and info.context is not _TRUSTED:
            require(cls._test, plain(value))
        return handler(value)

    @model_serializer(mode="wrap")
    def _members(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        members: dict[str, Any] = handler(self)
        for name, value in self.__dict__.items():
            if self._is_absent(name, value):
                members.pop(name, None)
                members.pop(self._names.get(name, name), None)
        return members

    @classmethod
    def from_json(cls, data: bytes | bytearray | memoryview | str) -> Self:
        """Reads a JSON text. Raises NotJson, or Invalid with every violation."""
        return cls.from_value(parse(data))

    @classmethod
    def from_value(cls, value: Any) -> Self:
        """Reads a JSON value. Raises Invalid with every violation."""
        require(cls._test, value)
        return cls.model_validate(value, context=_TRUSTED)

    def to_value(self) -> dict[str, Any]:
        """The instance as a JSON value."""
        return {name: plain(value) for name, value in self._present()}

    def to_json(self) -> str:
        """The instance as a JSON text: what was read, numbers and strings as they were written."""
        return write(self.to_value())

    def _present(self) -> Iterable[tuple[str, Any]]:
        for name, value in self.__dict__.items():
            if not self._is_absent(name, value):
                yield self._names.get(name, name), value
        yield from (self.__pydantic_extra__ or {}).items()

    def model_dump_json(self, *, indent: int | None = None, **options: Any) -> str:
        """As BaseModel; without options, numbers keep all of their digits."""
        return self.to_json() if indent is None and not options else super().model_dump_json(indent=indent, **options)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """As BaseModel, but what is updated is judged. Raises pydantic's ValidationError."""
        if not update:
            return super().model_copy(deep=deep)
        members = dict(self._present())
        for name, value in update.items():
            member = self._names.get(name, name)
            members.pop(member, None)
            if not self._is_absent(name, value):
                members[member] = value
        return self.model_validate(members)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Model) or type(self) is not type(other):
            return False
        return dict(self._present()) == dict(other._present())

    def __hash__(self) -> int:
        return hash(self.to_json())


def plain(value: Any) -> Any:
    """A JSON value with JSON values for the models in it. Raises TypeError for what JSON has no word for."""
    if isinstance(value, Model):
        return value.to_value()
    if isinstance(value, Mapping):
        return {_name(name): plain(member) for name, member in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float):
        if value - value != 0 and not hasattr(value, "text"):
            raise ValueError(f"{value} is no JSON")
        return value
    raise TypeError(f"{type(value).__name__} is no type of JSON's")


def _name(name: Any) -> str:
    if not isinstance(name, str):
        raise TypeError(f"{json.dumps(str(name))} is no name of a member: it is no string")
    return name


M = TypeVar("M", bound=Model)
T = TypeVar("T")


def schema(
    test: Test,
    *,
    names: Mapping[str, str] | None = None,
    constants: Mapping[str, Any] | None = None,
    optional: Iterable[str] = (),
) -> Callable[[type[M]], type[M]]:
    """Tells a model its schema.

    `names` are those of the fields that are called otherwise in JSON, `constants` the members that always are the same,
    `optional` the fields where None says that the member is not there.
    """

    def describe(model: type[M]) -> type[M]:
        model._test = staticmethod(test)
        model._names, model._constants = names or {}, constants or {}
        model._optional = frozenset(optional)
        return model

    return describe


class Codec(Generic[T]):
    """Reads and writes the instances of a schema that no class of their own stands for."""

    def __init__(self, test: Test, of: Callable[[], Any]) -> None:
        self._test = test
        self._of = of
        self._adapter: TypeAdapter[T] | None = None

    def from_json(self, data: bytes | bytearray | memoryview | str) -> T:
        """Reads a JSON text. Raises NotJson, or Invalid with every violation."""
        return self.from_value(parse(data))

    def from_value(self, value: Any) -> T:
        """Reads a JSON value. Raises Invalid with every violation."""
        require(self._test, value)
        if self._adapter is None:
            self._adapter = TypeAdapter(self._of())
        return self._adapter.validate_python(value, context=_TRUSTED)

    def to_value(self, instance: T) -> Any:
        """An instance as a JSON value. Raises Invalid for one that is none."""
        value = plain(instance)
        require(self._test, value)
        return value

    def to_json(self, instance: T) -> str:
        """An instance as a JSON text. Raises Invalid for one that is none."""
        return write(self.to_value(instance))

    def violations(self, value: Any) -> list[Violation]:
        """Every violation of a JSON value."""
        return violations(self._test, plain(value))


def anything(value: Any, at: At, report: Report) -> bool:
    """The test of a schema that says nothing."""
    return True
