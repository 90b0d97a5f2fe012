# @generated from schemas/orbit/asyncapi.yaml by handfast; edit that, not this.
"""How long a client waits before it connects again."""

from __future__ import annotations

import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Backoff:
    """Exponential, with full jitter: somewhere between nothing and `initial` · `factor`ⁿ, at most `maximum` seconds."""

    initial: float = 0.5
    factor: float = 2.0
    maximum: float = 30.0
    stable_after: float = 5.0
    """A connection that lasted so long begins anew."""

    def delay(self, n_failures: int, initial: float | None = None) -> float:
        """The wait before the next attempt, in seconds, after so many connections that did not last."""
        first = self.initial if initial is None else initial
        # Beyond so many doublings every ceiling is the maximum.
        ceiling = min(self.maximum, first * self.factor ** min(n_failures, 64))
        return random.uniform(0, ceiling)
