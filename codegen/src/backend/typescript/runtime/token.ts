/** `uuid` (RFC 4122): 8-4-4-4-12 hexadecimal digits, in either case. */
export function uuid(text: string): boolean {
  return /^[\da-fA-F]{8}-(?:[\da-fA-F]{4}-){3}[\da-fA-F]{12}$/.test(text);
}

/** `json-pointer` (RFC 6901, 5): empty, or tokens that begin with `/`, in which `~` is written `~0`. */
export function jsonPointer(text: string): boolean {
  return /^(?:\/(?:[^~]|~[01])*)?$/.test(text);
}

/** `relative-json-pointer`: how many levels up, then a pointer down or `#`. */
export function relativeJsonPointer(text: string): boolean {
  return /^(?:0|[1-9]\d*)(?:#|(?:\/(?:[^~]|~[01])*)?)$/.test(text);
}

/** `regex` (ECMA-262), with the flag `u`. */
export function regex(text: string): boolean {
  try {
    new RegExp(text, "u");
    return true;
  } catch {
    return false;
  }
}
