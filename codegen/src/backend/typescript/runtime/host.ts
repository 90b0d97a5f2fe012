/** `hostname` (RFC 1123, 2.1): labels of letters, digits and inner hyphens. `xn--` begins an international one, encoded. */
export function hostname(text: string): boolean {
  return text.length <= 253 && text.split(".").every(asciiLabel);
}

function asciiLabel(label: string): boolean {
  return (
    /^[a-z\d](?:[-a-z\d]{0,61}[a-z\d])?$/i.test(label) &&
    (!/^xn--/i.test(label) || internationalLabel(decoded(label.slice(4))))
  );
}

/** `idn-hostname` (RFC 5890, 2.3.2.3), with any of the dots that separate labels (RFC 3490, 3.1). */
export function idnHostname(text: string): boolean {
  return internationalName(text, /[.\u3002\uff0e\uff61]/);
}

/** Whether the labels between dots are those of a host name, in ASCII or not. */
function internationalName(text: string, dot: RegExp): boolean {
  let length = -1;
  return text.split(dot).every((label) => {
    let n = label.length;
    if (/[^\0-\x7f]/.test(label)) {
      const characters = [...label];
      n = characters.length <= 63 && internationalLabel(characters) ? 4 + encodedLength(characters) : 64;
    } else if (!asciiLabel(label)) {
      return false;
    }
    length += n + 1;
    return n <= 63 && length <= 253;
  });
}

/** `ipv4` (RFC 2673, 3.2): four decimal numbers without leading zeros. */
export function ipv4(text: string): boolean {
  return /^(?:(?:\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])(?:\.(?!$)|$)){4}$/.test(text);
}

/** `ipv6` (RFC 4291, 2.2) */
export function ipv6(text: string): boolean {
  const dot = text.lastIndexOf(":") + 1;
  // An address of the older kind stands for the last two groups.
  const groups = text.includes(".") ? (ipv4(text.slice(dot)) ? `${text.slice(0, dot)}0:0` : "") : text;
  const [before = "", after, more] = groups.split("::");
  const n = (part: string) => (part === "" ? 0 : part.split(":").length);
  const isPart = (part: string) => /^(?:[\da-f]{1,4}(?::(?!$)|$))*$/i.test(part);
  return (
    more === undefined &&
    isPart(before) &&
    (after === undefined ? n(before) === 8 : isPart(after) && n(before) + n(after) < 8)
  );
}

/** `email` (RFC 5321, 4.1.2): a dotted or quoted local part, at a host name or an address in brackets. */
export function email(text: string): boolean {
  return /^[\0-\x7f]*$/.test(text) && mailbox(text, hostname);
}

/** `idn-email` (RFC 6531, 3.3): an `email` that may hold characters of any script. */
export function idnEmail(text: string): boolean {
  return mailbox(text, (domain) => internationalName(domain, /\./));
}

function mailbox(text: string, isHost: (domain: string) => boolean): boolean {
  const at = text.lastIndexOf("@");
  const local = /^(?:[^\0- "(),.:;<>@[\\\]\x7f]+(?:\.(?!$)|$))+$|^"(?:[^\0-\x1f"\\\x7f]|\\[ -~])*"$/;
  const domain = text.slice(at + 1);
  // The case of an address's tag does not matter (RFC 5321, 4.1.3).
  const [, tag, address] = /^\[(ipv6:)?(.*)\]$/is.exec(domain) ?? [];
  return (
    at >= 0 &&
    local.test(text.slice(0, at)) &&
    (address === undefined ? isHost(domain) : tag === undefined ? ipv4(address) : ipv6(address))
  );
}
