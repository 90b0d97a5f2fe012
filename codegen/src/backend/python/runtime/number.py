"""Numbers as they are written: integers of any size, and decimals that no float holds."""

from __future__ import annotations

from decimal import Decimal

MAX_DIGITS = 4300
"""Numbers of more digits before or after the point are refused; Python itself converts no longer ones."""


class ExactFloat(float):
    """A float beside a decimal that no float holds: it calculates as a float, compares and is written exactly."""

    __slots__ = ("text",)
    text: str
    """The number as it was written."""

    def __new__(cls, text: str) -> ExactFloat:
        number = super().__new__(cls, text)
        number.text = text
        return number

    def __reduce__(self) -> tuple[type[ExactFloat], tuple[str]]:
        return (ExactFloat, (self.text,))

    @property
    def exact(self) -> Decimal:
        """The decimal."""
        return Decimal(self.text)

    def __repr__(self) -> str:
        return self.text

    def __hash__(self) -> int:
        return hash(self.exact)

    def __eq__(self, other: object) -> bool:
        return self.exact == exact(other) if isinstance(other, (int, float)) else NotImplemented

    def __lt__(self, other: float) -> bool:
        return self.exact < exact(other)

    def __le__(self, other: float) -> bool:
        return self.exact <= exact(other)

    def __gt__(self, other: float) -> bool:
        return self.exact > exact(other)

    def __ge__(self, other: float) -> bool:
        return self.exact >= exact(other)


def number_of(text: str) -> float:
    """The number that a JSON text with a fraction or an exponent stands for.

    Raises ValueError for one of too many digits.
    """
    if len(text) <= 16 and "e" not in text and "E" not in text:
        return float(text)  # every float of that size keeps 15 digits
    number, decimal = float(text), Decimal(text)
    if len(text) > MAX_DIGITS or abs(decimal.adjusted()) > MAX_DIGITS:
        raise ValueError(f"a number of more than {MAX_DIGITS} digits")
    is_float = number - number == 0 and Decimal(float.__repr__(number)) == decimal
    return number if is_float else ExactFloat(text)


def exact(number: float) -> int | Decimal:
    """The number that a float stands for: the shortest decimal that reads back as it."""
    if isinstance(number, int):
        return number
    return number.exact if isinstance(number, ExactFloat) else Decimal(float.__repr__(number))


def is_integer(number: float) -> bool:
    """Whether it has no fraction: 1.0 and 1e3 are integers (JSON Schema Core, 4.2.1)."""
    if isinstance(number, ExactFloat):
        return _parts(number)[1] >= 0
    return isinstance(number, int) or number.is_integer()


def to_integer(number: float) -> int:
    """The integer that a number without a fraction is."""
    return number if isinstance(number, int) else int(exact(number))


def is_multiple(number: float, divisor: float) -> bool:
    """Whether `number` is `divisor` times an integer. Decimals are taken as they are written."""
    if isinstance(number, int) and isinstance(divisor, int):
        return divisor != 0 and number % divisor == 0
    (digits, power), (divisor_digits, divisor_power) = _parts(number), _parts(divisor)
    if divisor_digits == 0 or digits == 0:
        return divisor_digits != 0
    shift = power - divisor_power
    # The last digit of a number is not zero, so that no multiple of ten divides the digits.
    return shift >= 0 and digits * pow(10, shift, divisor_digits) % divisor_digits == 0


def _parts(number: float) -> tuple[int, int]:
    """The digits without the zeros at their end, and the power of ten of the last."""
    _, digits, power = Decimal(exact(number)).as_tuple()
    assert isinstance(power, int), "a number of JSON is finite"
    text = "".join(map(str, digits))
    significant = text.rstrip("0")
    return (int(significant), power + len(text) - len(significant)) if significant else (0, 0)
