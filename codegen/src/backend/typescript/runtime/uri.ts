/** What is assigned or may be, outside ASCII (RFC 3987, 2.2): the last two of each plane are no characters. */
const UCS =
  "\\xa0-\\ud7ff\\uf900-\\ufdcf\\ufdf0-\\uffef\\u{10000}-\\u{1fffd}\\u{20000}-\\u{2fffd}\\u{30000}-\\u{3fffd}\\u{40000}-\\u{4fffd}\\u{50000}-\\u{5fffd}\\u{60000}-\\u{6fffd}\\u{70000}-\\u{7fffd}\\u{80000}-\\u{8fffd}\\u{90000}-\\u{9fffd}\\u{a0000}-\\u{afffd}\\u{b0000}-\\u{bfffd}\\u{c0000}-\\u{cfffd}\\u{d0000}-\\u{dfffd}\\u{e1000}-\\u{efffd}";

/** What is for private use (RFC 3987, 2.2). */
const PRIVATE = "\\ue000-\\uf8ff\\u{f0000}-\\u{ffffd}\\u{100000}-\\u{10fffd}";

/** `[//authority]path[?query][#fragment]` behind `scheme`, with what stands in brackets captured. */
function grammar(scheme: string, more: string, inQuery: string): RegExp {
  const holding = (these: string) => {
    const plain = `[-\\w.~!$&'()*+,;=${these}]*`;
    return `${plain}(?:%[\\da-fA-F]{2}${plain})*`;
  };
  const authority = `(?:${holding(`:${more}`)}@)?(?:\\[([^\\]/?#]*)\\]|${holding(more)})(?::\\d*)?`;
  const path = holding(`:/@${more}`);
  return new RegExp(
    `^${scheme}(?://${authority}(?![^/?#])|(?!//))${path}(?:\\?${holding(`:/?@${inQuery}`)})?(?:#${holding(`:/?@${more}`)})?$`,
    "u",
  );
}

const SCHEME = "[a-zA-Z][-+.a-zA-Z\\d]*:";

/** The first segment of a relative path may hold no colon. */
const SCHEME_OR_NONE = "(?:[a-zA-Z][-+.a-zA-Z\\d]*:|(?![^/?#]*:))";

const URI = /* @__PURE__ */ grammar(SCHEME, "", "");
const URI_REFERENCE = /* @__PURE__ */ grammar(SCHEME_OR_NONE, "", "");
const IRI = /* @__PURE__ */ (() => grammar(SCHEME, UCS, UCS + PRIVATE))();
const IRI_REFERENCE = /* @__PURE__ */ (() => grammar(SCHEME_OR_NONE, UCS, UCS + PRIVATE))();

function resource(text: string, expression: RegExp): boolean {
  // Brackets stand around an address alone.
  return text.includes("[") ? address(expression.exec(text)?.[1] ?? "") : expression.test(text);
}

/** What stands in brackets (RFC 3986, 3.2.2). */
function address(text: string): boolean {
  return ipv6(text) || /^v[\da-f]+\.(?:[-\w.~!$&'()*+,;=:]|%[\da-f]{2})+$/i.test(text);
}

/** `uri` (RFC 3986, 3): with a scheme. */
export function uri(text: string): boolean {
  return resource(text, URI);
}

/** `uri-reference` (RFC 3986, 4.1): a URI, or relative to one. */
export function uriReference(text: string): boolean {
  return resource(text, URI_REFERENCE);
}

/** `iri` (RFC 3987, 2.2): a URI that may hold characters of any script. */
export function iri(text: string): boolean {
  return resource(text, IRI);
}

/** `iri-reference` (RFC 3987, 2.2): an IRI, or relative to one. */
export function iriReference(text: string): boolean {
  return resource(text, IRI_REFERENCE);
}

/** Literals and expressions; operators that are reserved for extensions are as good as the others, erratum 6937 admits `'`. */
const TEMPLATE = /* @__PURE__ */ (() => {
  const name = "(?:\\w|%[\\da-fA-F]{2})+";
  const variable = `${name}(?:\\.${name})*(?:\\*|:[1-9]\\d{0,3})?`;
  const expression = `\\{[+#./;?&=,!@|]?${variable}(?:,${variable})*\\}`;
  return new RegExp(`^(?:[!#$&-;=?-[\\]_a-z~${UCS}${PRIVATE}]|%[\\da-fA-F]{2}|${expression})*$`, "u");
})();

/** `uri-template` (RFC 6570, 2): literals and expressions such as `{?page,size:3}`. */
export function uriTemplate(text: string): boolean {
  return TEMPLATE.test(text);
}
