"""The parser of event streams, at every place where a stream can be cut in two."""

import pytest
from orbit._handfast.sse import StreamEvent, StreamParser, TooLong

STREAMS = {
    "the end of a line": (b"data: a\n\ndata: b\r\rdata: c\r\n\r\n", [("message", "a", ""), ("message", "b", ""), ("message", "c", "")]),
    "mixed ends": (b"data: a\r\ndata: b\rdata: c\n\r\n", [("message", "a\nb\nc", "")]),
    "a mark at the begin": (b"\xef\xbb\xbfdata: a\n\n", [("message", "a", "")]),
    "one mark only": (b"\xef\xbb\xbf\xef\xbb\xbfdata: a\n\n", []),
    "an id stays": (b"id: 1\ndata: a\n\ndata: b\n\nid\ndata: c\n\n", [("message", "a", "1"), ("message", "b", "1"), ("message", "c", "")]),
    "an id with NUL is none": (b"id: 1\n\nid: a\0b\ndata: a\n\n", [("message", "a", "1")]),
    "an id without data": (b"id: 7\n\ndata: a\n\n", [("message", "a", "7")]),
    "names and comments": (b": hello\nevent: x\ndata\n\nevent: y\n\ndata: z\n\n", [("x", "", ""), ("message", "z", "")]),
    "one space": (b"data:  a\n\ndata:b\n\n", [("message", " a", ""), ("message", "b", "")]),
    "what does not end is no event": (b"data: a\n\ndata: b\n", [("message", "a", "")]),
    "characters of several bytes": ("data: é€😀\n\n".encode(), [("message", "é€😀", "")]),
    "bytes that are no UTF-8": (b"data: a\xff\n\n", [("message", "a\ufffd", "")]),
    "other fields": (b"x: 1\ndata : 1\ndata: a\n\n", [("message", "a", "")]),
    "other line ends are none": ("data: a\u2028b\x0bc\x85\n\n".encode(), [("message", "a\u2028b\x0bc\x85", "")]),
}


@pytest.mark.parametrize("stream, expected", STREAMS.values(), ids=STREAMS)
def test_cut_anywhere(stream: bytes, expected: list[tuple[str, str, str]]) -> None:
    wanted = [StreamEvent(*one) for one in expected]
    for cut in range(len(stream) + 1):
        parser = StreamParser()
        assert [*parser.feed(stream[:cut]), *parser.feed(stream[cut:])] == wanted, cut
    parser = StreamParser()
    assert [event for byte in stream for event in parser.feed(bytes([byte]))] == wanted


@pytest.mark.parametrize(
    "line, retry",
    [(b"retry: 1500", 1.5), (b"retry: 1.5", None), (b"retry:", None), (b"retry: -1", None), ("retry: ٣".encode(), None)],
)
def test_retry_is_digits(line: bytes, retry: float | None) -> None:
    parser = StreamParser()
    assert list(parser.feed(line + b"\n\n")) == []
    assert parser.retry == retry


@pytest.mark.parametrize("stream", [b"data: " + b"a" * 100, b"data: aaaaaaaa\n" * 20], ids=["a line", "an event"])
def test_sizes_are_bounded(stream: bytes) -> None:
    with pytest.raises(TooLong):
        list(StreamParser(64).feed(stream))


def test_the_last_id_is_kept_over_a_connection() -> None:
    parser = StreamParser(last_id="7")
    assert list(parser.feed(b"data: a\n\n")) == [StreamEvent("message", "a", "7")]
