// JSON as lines that know the pointer of the value they begin with. Text is taken as it is: numbers keep their digits, what is
// cut ends where it is cut, and what is no JSON is one line of text.

const MAX_DEPTH = 100;
const MAX_LINES = 2000;
/** Where JSON begins: a bracket in a text that goes on otherwise is a bracket. */
const BEGINNING = /\{\s*(?:["}]|$)|\[\s*(?:["{[\]\d-]|true|false|null|$)/u;
const TOKEN = /\s*(?:([{}[\]:,])|("(?:[^"\\]|\\.)*"?)|([^\s{}[\]:,"]+))/suy;

/**
 * @typedef {{ pointer: string, depth: number, parts: [kind: string, text: string][] }} Line
 * @param {string} text
 * @returns {{ prefix: string, lines: Line[], isCut: boolean }}
 */
function jsonLines(text) {
  const start = text.search(BEGINNING);
  if (start < 0) return { prefix: text, lines: [], isCut: false };
  const printer = new LinePrinter();
  TOKEN.lastIndex = start;
  for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) {
    printer.take(match);
    if (printer.lines.length >= MAX_LINES) break;
  }
  printer.endLine();
  const isCut = printer.lines.length >= MAX_LINES;
  return { prefix: text.slice(0, start), lines: printer.lines, isCut };
}

class LinePrinter {
  lines = [];
  parts = [];
  pointer = '';
  /** The containers that are open: their pointers, and the member or item that is under way. */
  stack = [];

  take([, mark, string, literal]) {
    if (mark === '{' || mark === '[') this.open(mark);
    else if (mark === '}' || mark === ']') this.close(mark);
    else if (mark === ',') this.next();
    else if (mark === ':') this.part('mark', ': ');
    else if (string !== undefined && this.isKeyDue()) this.key(string);
    else this.value(string === undefined ? 'literal' : 'string', string ?? literal);
  }

  get top() {
    return this.stack.at(-1);
  }

  part(kind, text) {
    this.parts.push([kind, text]);
  }

  endLine() {
    if (this.parts.length > 0) {
      const depth = Math.min(this.depthOfLine ?? this.stack.length, MAX_DEPTH);
      this.lines.push({ pointer: this.pointer, depth, parts: this.parts });
    }
    this.parts = [];
    this.depthOfLine = undefined;
  }

  /** Where a value is that begins now. */
  place() {
    if (!this.top) return '';
    return `${this.top.pointer}/${this.top.isArray ? this.top.nItems : escaped(this.top.key ?? '')}`;
  }

  begin() {
    if (this.parts.length === 0) {
      this.depthOfLine = this.stack.length;
      this.pointer = this.place();
    }
  }

  open(mark) {
    if (this.top?.isArray) this.leaveOpening();
    this.begin();
    this.part('mark', mark);
    const pointer = this.stack.length < MAX_DEPTH ? this.place() : '…';
    if (this.top) this.top.isEmpty = false;
    this.stack.push({ pointer, isArray: mark === '[', nItems: 0, key: undefined, isKeyDue: mark === '{', isEmpty: true });
  }

  close(mark) {
    const closed = this.stack.pop();
    if (!closed?.isEmpty) {
      this.endLine();
      this.pointer = '';
      this.depthOfLine = this.stack.length;
    }
    this.part('mark', mark);
  }

  next() {
    this.part('mark', ',');
    this.endLine();
    if (!this.top) return;
    this.top.nItems += 1;
    this.top.isKeyDue = !this.top.isArray;
  }

  isKeyDue() {
    return this.top?.isKeyDue ?? false;
  }

  key(string) {
    this.leaveOpening();
    this.top.key = unquoted(string);
    this.top.isKeyDue = false;
    this.begin();
    this.part('key', string);
  }

  value(kind, text) {
    if (this.top?.isArray) this.leaveOpening();
    this.begin();
    this.part(kind, text);
  }

  /** The first member or item begins a line of its own below its container's bracket. */
  leaveOpening() {
    if (this.top?.isEmpty) this.endLine();
    if (this.top) this.top.isEmpty = false;
  }
}

function unquoted(string) {
  try {
    return JSON.parse(string);
  } catch {
    return string.slice(1);
  }
}

function escaped(key) {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
