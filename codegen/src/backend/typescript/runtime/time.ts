/** `date-time` (RFC 3339, 5.6). A leap second is one that can be: 23:59:60 UTC. */
export function dateTime(text: string): boolean {
  return (
    /^\d{4}-\d\d-\d\d[Tt](?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:[Zz]|[-+](?:[01]\d|2[0-3]):[0-5]\d)$/.test(text) &&
    isDay(text) &&
    isSecond(text, 11)
  );
}

/** `date` (RFC 3339, `full-date`) */
export function date(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && isDay(text);
}

/** `time` (RFC 3339, `full-time`) */
export function time(text: string): boolean {
  return (
    /^(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:[Zz]|[-+](?:[01]\d|2[0-3]):[0-5]\d)$/.test(text) &&
    isSecond(text, 0)
  );
}

/** The number that two digits write. */
function two(text: string, at: number): number {
  return text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - 528;
}

/** Whether there is such a day: `text` begins with a date. */
function isDay(text: string): boolean {
  const [month, day] = [two(text, 5), two(text, 8)];
  // Which years are leap years does not matter for most days.
  const last = month !== 2 ? 30 + ((month + (month >> 3)) & 1) : day === 29 && isLeap(+text.slice(0, 4)) ? 29 : 28;
  return month >= 1 && month <= 12 && day >= 1 && day <= last;
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Whether the time that begins there is none of a leap second, or is the last of a day in UTC. */
function isSecond(text: string, at: number): boolean {
  if (text[at + 6] !== "6") {
    return true;
  }
  const zone = /([-+])(\d\d):(\d\d)$/.exec(text);
  const offset = zone ? Number(`${zone[1]}1`) * (Number(zone[2]) * 60 + Number(zone[3])) : 0;
  return (two(text, at) * 60 + two(text, at + 3) - offset + 2880) % 1440 === 1439;
}

/** `duration` (RFC 3339, appendix A): `P3DT4H`, `P2W`. Units follow each other without a gap. */
export function duration(text: string): boolean {
  return /^P(?!$)(?:\d+W|(?:\d+Y(?:\d+M(?:\d+D)?)?|\d+M(?:\d+D)?|\d+D)?(?:T(?:\d+H(?:\d+M(?:\d+S)?)?|\d+M(?:\d+S)?|\d+S))?)$/.test(
    text,
  );
}
