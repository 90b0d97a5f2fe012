"""Strings of a format, kept as they were written: `+02:00` stays `+02:00`, upper case stays upper case."""

from __future__ import annotations

import datetime
import uuid
from typing import Any, ClassVar

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema
from typing_extensions import Self

from . import format as formats
from .report import At, Report, require


class Text(str):
    """A string of a format. Raises Invalid for a text that is not."""

    __slots__ = ()
    format: ClassVar[str] = ""  # type: ignore[assignment]

    def __new__(cls, text: str) -> Self:
        if not isinstance(text, cls):
            require(cls._test, text)
        return super().__new__(cls, text)

    @classmethod
    def _test(cls, value: Any, at: At, report: Report) -> bool:
        is_one = getattr(formats, cls.format.replace("-", "_"))
        return is_one(value) or report.add("format", at, "", format=cls.format, actual=value)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        def read(value: Any) -> Text:
            if not isinstance(value, str):
                raise ValueError(f"a string of the format {cls.format} is no {type(value).__name__}")
            return cls(value)

        return core_schema.no_info_after_validator_function(
            read, core_schema.str_schema(strict=False), serialization=core_schema.to_string_ser_schema()
        )


class Uuid(Text):
    """A UUID (RFC 4122), such as `2eb8aa08-aa98-11ea-b4aa-73b441d16380`."""

    __slots__ = ()
    format = "uuid"

    @classmethod
    def random(cls) -> Self:
        """A new one."""
        return cls(str(uuid.uuid4()))

    @property
    def parsed(self) -> uuid.UUID:
        """It, as Python has it."""
        return uuid.UUID(self)


class DateTime(Text):
    """A point in time (RFC 3339), such as `2025-11-13T09:21:05Z`."""

    __slots__ = ()
    format = "date-time"

    @classmethod
    def now(cls) -> Self:
        """The present, in UTC."""
        return cls.of(datetime.datetime.now(datetime.timezone.utc))

    @classmethod
    def of(cls, moment: datetime.datetime) -> Self:
        """That moment. Raises ValueError for one that knows no time zone."""
        if moment.tzinfo is None:
            raise ValueError(f"{moment} knows no time zone")
        text = moment.isoformat()
        return cls(text[:-6] + "Z" if text.endswith("+00:00") else text)

    @property
    def parsed(self) -> datetime.datetime:
        """It, as Python has it: to the microsecond, a leap second as the one before."""
        day, clock = self[:10], self[11:].upper().replace("Z", "+00:00")
        return datetime.datetime.combine(datetime.date.fromisoformat(day), _time(clock))


class Date(Text):
    """A date (RFC 3339), such as `2025-11-13`."""

    __slots__ = ()
    format = "date"

    @property
    def parsed(self) -> datetime.date:
        """It, as Python has it. Raises ValueError for the year 0."""
        return datetime.date.fromisoformat(self)


class Time(Text):
    """A time of day (RFC 3339), such as `09:21:05Z`."""

    __slots__ = ()
    format = "time"

    @property
    def parsed(self) -> datetime.time:
        """It, as Python has it: to the microsecond, a leap second as the one before."""
        return _time(self.upper().replace("Z", "+00:00"))


def _time(clock: str) -> datetime.time:
    """The time of `09:21:05.123+00:00`."""
    fraction = clock[8:-6].removeprefix(".")[:6].ljust(6, "0")
    second = min(int(clock[6:8]), 59)
    sign = -1 if clock[-6] == "-" else 1
    east = datetime.timedelta(hours=int(clock[-5:-3]), minutes=int(clock[-2:]))
    zone = datetime.timezone(sign * east)
    return datetime.time(int(clock[:2]), int(clock[3:5]), second, int(fraction), zone)


class Duration(Text):
    """A length of time (RFC 3339, appendix A), such as `P3DT4H`."""

    __slots__ = ()
    format = "duration"


class Email(Text):
    """A mailbox (RFC 5321), such as `joe@example.org`."""

    __slots__ = ()
    format = "email"


class IdnEmail(Text):
    """A mailbox of any script (RFC 6531)."""

    __slots__ = ()
    format = "idn-email"


class Hostname(Text):
    """A host name (RFC 1123), such as `www.example.org`."""

    __slots__ = ()
    format = "hostname"


class IdnHostname(Text):
    """A host name of any script (RFC 5890)."""

    __slots__ = ()
    format = "idn-hostname"


class Ipv4(Text):
    """An IPv4 address, such as `192.0.2.1`."""

    __slots__ = ()
    format = "ipv4"


class Ipv6(Text):
    """An IPv6 address, such as `2001:db8::1`."""

    __slots__ = ()
    format = "ipv6"


class JsonPointer(Text):
    """A JSON Pointer (RFC 6901), such as `/a/0`."""

    __slots__ = ()
    format = "json-pointer"


class RelativeJsonPointer(Text):
    """A relative JSON Pointer, such as `1/a`."""

    __slots__ = ()
    format = "relative-json-pointer"


class Uri(Text):
    """A URI (RFC 3986), such as `https://example.org/a?b#c`."""

    __slots__ = ()
    format = "uri"


class UriReference(Text):
    """A URI or a relative reference (RFC 3986), such as `../a`."""

    __slots__ = ()
    format = "uri-reference"


class Iri(Text):
    """A URI of any script (RFC 3987)."""

    __slots__ = ()
    format = "iri"


class IriReference(Text):
    """An IRI or a relative reference (RFC 3987)."""

    __slots__ = ()
    format = "iri-reference"


class UriTemplate(Text):
    """A template of URIs (RFC 6570), such as `/tasks{?page}`."""

    __slots__ = ()
    format = "uri-template"


class Regex(Text):
    """A regular expression (ECMA-262) as text, such as `^[a-z]+$`."""

    __slots__ = ()
    format = "regex"
