# @generated from schemas/orbit/asyncapi.yaml by handfast; edit that, not this.
"""Host names, in ASCII or not."""

from __future__ import annotations

import re

import idna

_LABEL = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(?<!-)")
_LONGEST_LABEL = 63
_LONGEST_NAME = 253


def hostname(text: str) -> bool:
    """RFC 1123, 2.1: labels of letters, digits and inner hyphens.

    What begins with `xn--` stands for a label of `idn_hostname` (RFC 5890, 2.3.2.1).
    """
    return len(text) <= _LONGEST_NAME and all(map(_is_label, text.split(".")))


def idn_hostname(text: str) -> bool:
    """RFC 5890, 2.3.2.3: labels may be international, with any of the dots that separate them (RFC 3490, 3.1)."""
    return is_international(text, ".\u3002\uff0e\uff61")


def is_international(text: str, dots: str) -> bool:
    """Whether the labels between `dots` are those of a host name, in ASCII or not."""
    lengths = [_ascii_length(label) for label in re.split(f"[{dots}]", text)]
    # The dot before the first label is none.
    return all(0 < length <= _LONGEST_LABEL for length in lengths) and sum(lengths) + len(lengths) <= _LONGEST_NAME + 1


def _ascii_length(label: str) -> int:
    """The length of a label in ASCII; 0 if it is none."""
    if label.isascii():
        return len(label) if _is_label(label) else 0
    return len(_encoded(label) or "")


def _is_label(label: str) -> bool:
    if _LABEL.fullmatch(label) is None:
        return False
    return label[:4].lower() != "xn--" or _stands_for_label(label[4:])


def _stands_for_label(encoded: str) -> bool:
    # Each label is encoded in one way, up to the case of letters.
    try:
        label = encoded.encode().decode("punycode")
    except (UnicodeError, ValueError):
        return False
    return not label.isascii() and (_encoded(label) or "").lower() == f"xn--{encoded}".lower()


def _encoded(label: str) -> str | None:
    """The ASCII form of a U-label; None if it is none."""
    try:
        idna.check_label(label)
        return "xn--" + label.encode("punycode").decode()
    except (idna.IDNAError, UnicodeError, ValueError):
        return None
