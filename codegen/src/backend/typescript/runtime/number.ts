/** Whether a number is `divisor` times an integer. Both are the shortest decimals that stand for them: 0.3 is three times 0.1. */
export function multiple(number: number, divisor: number): boolean {
  if (Number.isSafeInteger(number) && Number.isSafeInteger(divisor)) {
    return number % divisor === 0;
  }
  const [digits, power] = decimal(number);
  const [divisorDigits, divisorPower] = decimal(divisor);
  if (digits === 0n || divisorDigits === 0n) {
    return divisorDigits !== 0n;
  }
  // The last digit is not zero, so that no multiple of ten divides the digits.
  const shift = power - divisorPower;
  return shift >= 0 && (digits * 10n ** BigInt(shift)) % divisorDigits === 0n;
}

/** A number as digits, of which the last is not zero, and a power of ten. */
function decimal(number: number): [digits: bigint, power: number] {
  const [, whole = "", fraction = "", power = ""] =
    /^-?(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(number.toExponential()) ?? [];
  const digits = (whole + fraction).replace(/0+$/, "");
  return [BigInt(digits), Number(power) + whole.length - digits.length];
}
