import type { Receiver } from "./types.js";

/** What the parser tells. */
export type SseSink = Pick<Receiver, "frame" | "position" | "retry" | "unreadable">;

/**
 * Reads a stream of bytes as WHATWG HTML, 9.2.6, says. Lines and events longer than the limit are passed over, so that
 * what is kept is bounded; an event that the stream's end cuts off is no event.
 */
export class SseParser {
  readonly #sink: SseSink;
  readonly #maxLength: number;
  // Takes the byte order mark away, and puts U+FFFD in place of what is no UTF-8.
  readonly #decoder = new TextDecoder();
  #line = "";
  #isLineTooLong = false;
  #isAfterCarriageReturn = false;
  #data = "";
  #name = "";
  #id: string | undefined;
  #isEventTooLong = false;

  constructor(sink: SseSink, maxLength: number) {
    this.#sink = sink;
    this.#maxLength = maxLength;
  }

  /** Reads on. Chunks may end anywhere, within a character too. */
  push(chunk: Uint8Array): void {
    let text = this.#decoder.decode(chunk, { stream: true });
    if (text === "") return;
    // The line feed of a line end of two characters that the chunks divide.
    if (this.#isAfterCarriageReturn && text.startsWith("\n")) text = text.slice(1);
    this.#isAfterCarriageReturn = text.endsWith("\r");
    let start = 0;
    for (const { 0: lineEnd, index } of text.matchAll(/\r\n?|\n/g)) {
      this.#extendLine(text.slice(start, index));
      this.#endLine();
      start = index + lineEnd.length;
    }
    this.#extendLine(text.slice(start));
  }

  #extendLine(part: string): void {
    if (this.#line.length + part.length > this.#maxLength) {
      this.#isLineTooLong = true;
      this.#line = "";
    } else if (!this.#isLineTooLong) {
      this.#line += part;
    }
  }

  #endLine(): void {
    const line = this.#line;
    this.#line = "";
    if (this.#isLineTooLong) {
      this.#isLineTooLong = false;
      this.#isEventTooLong = true;
    } else if (line === "") {
      this.#dispatch();
    } else {
      const colon = line.indexOf(":");
      const value = colon < 0 ? "" : line.slice(colon + (line[colon + 1] === " " ? 2 : 1));
      this.#field(colon < 0 ? line : line.slice(0, colon), value);
    }
  }

  #field(field: string, value: string): void {
    if (field === "data") this.#extendData(value);
    else if (field === "event") this.#name = value;
    else if (field === "id" && !value.includes("\0")) this.#id = value;
    else if (field === "retry" && /^[0-9]+$/.test(value)) this.#sink.retry(Number(value));
  }

  #extendData(value: string): void {
    if (this.#data.length + value.length > this.#maxLength) {
      this.#isEventTooLong = true;
      this.#data = "";
    } else if (!this.#isEventTooLong) {
      this.#data += `${value}\n`;
    }
  }

  #dispatch(): void {
    const [name, data, isTooLong] = [this.#name, this.#data, this.#isEventTooLong];
    [this.#name, this.#data, this.#isEventTooLong] = ["", "", false];
    if (this.#id !== undefined) this.#sink.position(this.#id);
    this.#id = undefined;
    if (isTooLong) this.#sink.unreadable(`an event of more than ${this.#maxLength} characters`, "");
    else if (data !== "") this.#sink.frame({ data: data.slice(0, -1), name: name || "message" });
  }
}
