"""What the types of the Socket.IO client allow, and what they refuse: every ignored error must be one."""

import builder
from builder.socket_io import BuilderClient

client = BuilderClient("http://localhost:3001", token="t")


@client.on("build:progress")
async def progress(event: builder.BuildProgress) -> None:
    print(event.payload.overall_progress + 1)


@client.on("ping")
def ping(event: builder.Ping) -> None: ...


@client.on("build:progress")  # type: ignore[arg-type]
def another_event(event: builder.BuildStarted) -> None: ...


async def use() -> None:
    await client.emit("join-project", builder.JoinProject(project_id="p"))
    await client.emit("pong")
    await client.emit("join-project")  # type: ignore[call-overload]
    await client.emit("join-project", builder.Authenticate(token="t"))  # type: ignore[call-overload]
    await client.emit("build:progress", None)  # type: ignore[call-overload]
