"""What the command ends with: scripts branch on it."""

from enum import IntEnum


class ExitCode(IntEnum):
    """How the task ended, or why that is not known."""

    SUCCEEDED = 0
    FAILED = 1
    USAGE = 2
    CANCELLED = 3
    TIMED_OUT = 4
    NO_CONNECTION = 5
    INTERRUPTED = 130

    @classmethod
    def of(cls, status: str) -> "ExitCode":
        """That of a task's final status."""
        return {"succeeded": cls.SUCCEEDED, "failed": cls.FAILED, "cancelled": cls.CANCELLED}[status]
