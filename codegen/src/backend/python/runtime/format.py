"""The formats of JSON Schema (Validation, 7.3), as tests of a text."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable

from .host import hostname, idn_hostname, is_international
from .syntax import is_pattern

_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_TIME = re.compile(
    r"([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.[0-9]+)?(?:[Zz]|([+-])([0-9]{2}):([0-9]{2}))"
)
_DURATION = re.compile(
    r"P(?:[0-9]+W|(?=.)(?:[0-9]+Y(?:[0-9]+M(?:[0-9]+D)?)?|[0-9]+M(?:[0-9]+D)?|[0-9]+D)?"
    r"(?:T(?:[0-9]+H(?:[0-9]+M(?:[0-9]+S)?)?|[0-9]+M(?:[0-9]+S)?|[0-9]+S))?)"
)
_UUID = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")


def date_time(text: str) -> bool:
    """RFC 3339, 5.6. A leap second is one that can be: 23:59:60 UTC."""
    return date(text[:10]) and text[10:11] in ("T", "t") and time(text[11:])


def date(text: str) -> bool:
    """RFC 3339, `full-date`."""
    match = _DATE.fullmatch(text)
    if match is None:
        return False
    year, month, day = map(int, match.groups())
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    last = (31, 28 + is_leap, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    return 1 <= month <= 12 and 1 <= day <= last[month - 1]


def time(text: str) -> bool:
    """RFC 3339, `full-time`."""
    match = _TIME.fullmatch(text)
    if match is None:
        return False
    hour, minute, second = map(int, match.group(1, 2, 3))
    sign, east_hour, east_minute = match.group(4), int(match.group(5) or 0), int(match.group(6) or 0)
    east = (east_hour * 60 + east_minute) * (-1 if sign == "-" else 1)
    # A leap second is the last of a day in UTC.
    is_leap_second = second == 60 and (hour * 60 + minute - east) % 1440 == 1439
    is_zone = east_hour < 24 and east_minute < 60
    return is_zone and hour < 24 and minute < 60 and (second < 60 or is_leap_second)


def duration(text: str) -> bool:
    """RFC 3339, appendix A: `P3DT4H`, `P2W`."""
    return _DURATION.fullmatch(text) is not None


def uuid(text: str) -> bool:
    """RFC 4122: 8-4-4-4-12 hexadecimal digits, in either case."""
    return _UUID.fullmatch(text) is not None


_ATOM = re.compile(r"[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~\x80-\U0010ffff]+")
_QUOTED = re.compile(r'"(?:\\[ -~]|[ !#-\[\]-~\x80-\U0010ffff])*"')


def email(text: str) -> bool:
    """RFC 5321, 4.1.2: a dotted or quoted local part, at a host name or an address in brackets."""
    return text.isascii() and _mailbox(text, hostname)


def idn_email(text: str) -> bool:
    """RFC 6531, 3.3: an `email` that may hold characters of any script."""
    return _mailbox(text, lambda domain: is_international(domain, "."))


def _mailbox(text: str, is_host: Callable[[str], bool]) -> bool:
    local, at, domain = text.rpartition("@")
    if len(local) > 1 and local.startswith('"') and local.endswith('"'):
        is_local = _QUOTED.fullmatch(local) is not None
    else:
        is_local = all(_ATOM.fullmatch(atom) for atom in local.split("."))
    if not at or not is_local:
        return False
    if domain.startswith("[") and domain.endswith("]"):
        address = domain[1:-1]
        return ipv6(address[5:]) if address[:5].lower() == "ipv6:" else ipv4(address)
    return is_host(domain)


def ipv4(text: str) -> bool:
    """RFC 2673, 3.2: four decimal numbers without leading zeros."""
    try:
        return text.isascii() and bool(ipaddress.IPv4Address(text))
    except ValueError:
        return False


def ipv6(text: str) -> bool:
    """RFC 4291, 2.2."""
    try:
        return text.isascii() and "%" not in text and bool(ipaddress.IPv6Address(text))
    except ValueError:
        return False


def json_pointer(text: str) -> bool:
    """RFC 6901, 5: empty, or tokens that begin with `/`, in which `~` is written `~0`."""
    return (not text or text.startswith("/")) and all(rest[:1] in ("0", "1") for rest in text.split("~")[1:])


_UP = re.compile(r"(?:0|[1-9][0-9]*)(?![0-9])")


def relative_json_pointer(text: str) -> bool:
    """How many levels up, then a pointer down or `#`."""
    up = _UP.match(text)
    return up is not None and (text[up.end() :] == "#" or json_pointer(text[up.end() :]))


_LETTERS = "A-Za-z0-9\\-._~"
_DELIMITERS = "!$&'()*+,;="
_UCS = "\xa0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef" + "".join(
    f"{chr(plane << 16 if plane < 14 else 0xE1000)}-{chr((plane << 16) + 0xFFFD)}" for plane in range(1, 15)
)
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"


class _Identifiers:
    """The grammar of URIs (RFC 3986), or of IRIs (RFC 3987)."""

    def __init__(self, more: str, private: str) -> None:
        def some(characters: str) -> str:
            return f"(?:[{characters}]|%[0-9A-Fa-f]{{2}})*"

        name = _LETTERS + more + _DELIMITERS
        path, query = some(name + ":/@"), some(name + ":/@?" + private)
        fragment = some(name + ":/@?")
        version = f"[vV][0-9A-Fa-f]+\\.[{_LETTERS}{_DELIMITERS}:]+"
        literal = f"\\[(?:{version}|(?P<ipv6>[0-9A-Fa-f:.]+))\\]"
        authority = f"(?:{some(name + ':')}@)?(?:{literal}|{some(name)})(?::[0-9]*)?"
        rest = f"(?:\\?{query})?(?:#{fragment})?"
        first_segment = f"(?!//)(?![^/?#]*:){path}"
        # What begins with two slashes has an authority.
        whole = f"(?://{authority}(?:/{path})?|(?!//){path}){rest}"
        relative = whole.replace(f"(?!//){path}", first_segment)
        self.absolute = re.compile(f"[A-Za-z][A-Za-z0-9+.\\-]*:{whole}")
        self.relative = re.compile(relative)

    def is_absolute(self, text: str) -> bool:
        return self._matches(self.absolute, text)

    def is_reference(self, text: str) -> bool:
        return self.is_absolute(text) or self._matches(self.relative, text)

    def _matches(self, pattern: re.Pattern[str], text: str) -> bool:
        match = pattern.fullmatch(text)
        return match is not None and (match["ipv6"] is None or ipv6(match["ipv6"]))


_URI, _IRI = _Identifiers("", ""), _Identifiers(_UCS, _PRIVATE)


def uri(text: str) -> bool:
    """RFC 3986, 3: with a scheme."""
    return _URI.is_absolute(text)


def uri_reference(text: str) -> bool:
    """RFC 3986, 4.1: a URI, or relative to one."""
    return _URI.is_reference(text)


def iri(text: str) -> bool:
    """RFC 3987, 2.2: a URI that may hold characters of any script."""
    return _IRI.is_absolute(text)


def iri_reference(text: str) -> bool:
    """RFC 3987, 2.2: an IRI, or relative to one."""
    return _IRI.is_reference(text)


_NAME = "(?:[A-Za-z0-9_]|%[0-9A-Fa-f]{2})+"
_VARIABLE = f"{_NAME}(?:\\.{_NAME})*(?::[1-9][0-9]{{0,3}}|\\*)?"
_TEMPLATE = re.compile(
    f"(?:[!#-$&-;=?-\\[\\]_a-z~{_UCS}{_PRIVATE}]|%[0-9A-Fa-f]{{2}}"
    f"|\\{{[+#./;?&=,!@|]?{_VARIABLE}(?:,{_VARIABLE})*\\}})*"
)


def uri_template(text: str) -> bool:
    """RFC 6570, 2 (with erratum 6937, which admits `'`): literals and expressions such as `{?page,size:3}`."""
    return _TEMPLATE.fullmatch(text) is not None


def regex(text: str) -> bool:
    """ECMA-262, as `new RegExp(…, "u")` takes it."""
    return is_pattern(text)


__all__ = ["hostname", "idn_hostname"]
