/** `date-time` (RFC 3339, 5.6). A leap second is one that can be: 23:59:60 UTC. */
export function dateTime(text: string): boolean {
  const unit = text[10];
  return (unit === "T" || unit === "t") && date(text.slice(0, 10)) && time(text.slice(11));
}

/** `date` (RFC 3339, `full-date`) */
export function date(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) {
    return false;
  }
  const [year, month, day] = [+text.slice(0, 4), +text.slice(5, 7), +text.slice(8)];
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const last = month === 2 ? (isLeap ? 29 : 28) : 30 + ((month + (month >> 3)) & 1);
  return month >= 1 && month <= 12 && day >= 1 && day <= last;
}

/** `time` (RFC 3339, `full-time`) */
export function time(text: string): boolean {
  const parts = /^([01]\d|2[0-3]):([0-5]\d):([0-5]\d|60)(?:\.\d+)?(?:z|([+-])([01]\d|2[0-3]):([0-5]\d))$/i.exec(text);
  if (!parts || parts[3] !== "60") {
    return !!parts;
  }
  // A leap second is the last of a day in UTC.
  const [, hour = 0, minute = 0, , sign, offsetHour = 0, offsetMinute = 0] = parts;
  const offset = (+offsetHour * 60 + +offsetMinute) * (sign === "-" ? -1 : 1);
  return (+hour * 60 + +minute - offset + 2880) % 1440 === 1439;
}

/** `duration` (RFC 3339, appendix A): `P3DT4H`, `P2W`. Units follow each other without a gap. */
export function duration(text: string): boolean {
  return /^P(?!$)(?:\d+W|(?:\d+Y(?:\d+M(?:\d+D)?)?|\d+M(?:\d+D)?|\d+D)?(?:T(?:\d+H(?:\d+M(?:\d+S)?)?|\d+M(?:\d+S)?|\d+S))?)$/.test(
    text,
  );
}
