"""The grammar of regular expressions (ECMA-262, 22.2.1, with the flag `u`)."""

from __future__ import annotations

import re

_ESCAPE = re.compile(
    r"[dDsSwWfnrtv^$\\.*+?()\[\]{}|/]|c[A-Za-z]|0(?![0-9])|x[0-9A-Fa-f]{2}"
    r"|u(?:[0-9A-Fa-f]{4}|\{0*(?:10|[0-9A-Fa-f])?[0-9A-Fa-f]{1,4}\})|[pP]\{[A-Za-z0-9_]+(?:=[A-Za-z0-9_]+)?\}"
)
_CLASS_ESCAPE = re.compile(_ESCAPE.pattern + "|[b-]")
_REFERENCE = re.compile(r"k<([^>]*)>|([1-9][0-9]*)")
_GROUP = re.compile(r"\?(?::|=|!|<=|<!)|\?<([\w$]+)>|(?!\?)")
_QUANTIFIER = re.compile(r"(?:[*+?]|\{([0-9]+)(?:,([0-9]*))?\})\??")
_SETS = "dDsSwWpP"


def is_pattern(text: str) -> bool:
    """Whether `new RegExp(text, "u")` takes it."""
    reader = _Reader(text)
    try:
        reader.read()
    except ValueError:
        return False
    return True


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.names: list[str] = []
        self.references: list[str] = []
        self.n_groups = 0

    def read(self) -> None:
        open_groups: list[bool] = []
        can_repeat = False
        while self.at < len(self.text):
            character = self.text[self.at]
            if character == "(":
                self.at += 1
                open_groups.append(self.group())
                can_repeat = False
                continue
            if character == ")":
                # An assertion can't be repeated.
                can_repeat = self._pop(open_groups)
                self.at += 1
            elif character in "*+?{":
                self.quantifier(can_repeat)
                can_repeat = False
            elif character in "]}":
                raise ValueError(character)
            elif character in "|^$":
                self.at += 1
                can_repeat = False
            else:
                can_repeat = self.atom(character)
        self.check(open_groups)

    def _pop(self, open_groups: list[bool]) -> bool:
        if not open_groups:
            raise ValueError("no group is open")
        return open_groups.pop()

    def check(self, open_groups: list[bool]) -> None:
        known = set(self.names)
        for reference in self.references:
            is_known = int(reference) <= self.n_groups if reference.isdigit() else reference in known
            if not is_known:
                raise ValueError(reference)
        if open_groups or len(known) < len(self.names):
            raise ValueError("groups")

    def group(self) -> bool:
        match = _GROUP.match(self.text, self.at)
        if match is None:
            raise ValueError("group")
        self.at = match.end()
        if match[1] is not None:
            if match[1][0].isdigit():
                raise ValueError(match[1])
            self.names.append(match[1])
        if match[0] == "" or match[1] is not None:
            self.n_groups += 1
        return match[0] not in ("?=", "?!", "?<=", "?<!")

    def quantifier(self, can_repeat: bool) -> None:
        match = _QUANTIFIER.match(self.text, self.at)
        if match is None or not can_repeat:
            raise ValueError("quantifier")
        if match[2] and int(match[1]) > int(match[2]):
            raise ValueError(match[0])
        self.at = match.end()

    def atom(self, character: str) -> bool:
        self.at += 1
        if character == "[":
            self.members()
        elif character == "\\":
            if self.text[self.at : self.at + 1] in ("b", "B"):
                self.at += 1
                return False
            reference = _REFERENCE.match(self.text, self.at)
            if reference is not None:
                self.references.append(reference[1] or reference[2])
                self.at = reference.end()
            else:
                self.escape(_ESCAPE)
        return True

    def escape(self, grammar: re.Pattern[str]) -> int | None:
        """The character that an escape stands for; None where it stands for several."""
        match = grammar.match(self.text, self.at)
        if match is None:
            raise ValueError("escape")
        self.at = match.end()
        escape = match[0]
        if escape[0] in _SETS:
            return None
        if escape[0] in "xu":
            return int(escape[1:].strip("{}"), 16)
        if escape[0] == "c":
            return ord(escape[1]) % 32
        return {"f": 12, "n": 10, "r": 13, "t": 9, "v": 11, "b": 8, "0": 0}.get(escape, ord(escape[0]))

    def members(self) -> None:
        if self.text[self.at : self.at + 1] == "^":
            self.at += 1
        while self.peek() != "]":
            first = self.member()
            if self.peek() == "-" and self.text[self.at + 1 : self.at + 2] not in ("]", ""):
                self.at += 1
                last = self.member()
                if first is None or last is None or first > last:
                    raise ValueError("range")
        self.at += 1

    def peek(self) -> str:
        if self.at >= len(self.text):
            raise ValueError("a class without an end")
        return self.text[self.at]

    def member(self) -> int | None:
        character = self.peek()
        self.at += 1
        return self.escape(_CLASS_ESCAPE) if character == "\\" else ord(character)
