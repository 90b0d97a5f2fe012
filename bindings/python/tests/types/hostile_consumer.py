"""What the types of schemas say that the bundled contracts do not have."""

from typing import Any

import hostile
from hostile.client import HostileClient
from hostile.socket_io import HostileClient as ChatClient
from typing_extensions import assert_type

socket = HostileClient("ws://localhost")
chat = ChatClient("http://localhost")


def shapes(one: hostile.Shapes) -> None:
    if one.body.kind == "text":
        print(one.body.text)
    else:
        print(one.body.url)
        print(one.body.text)  # type: ignore[attr-defined]
    assert_type(one.any, Any)
    if one.pair is not None:
        assert_type(one.pair, tuple[float, str])
    if one.named is not None and one.named is not hostile.ABSENT:
        print(one.named.name)
    print(one.named.name)  # type: ignore[union-attr]


async def use() -> None:
    answer = await chat.call("say", hostile.Say(text="x"))
    print(answer.id)
    number, text = await chat.call("where", (1.5, "a"))
    assert_type(number, float)
    assert_type(text, str)
    await chat.call("leave")  # type: ignore[call-overload]
