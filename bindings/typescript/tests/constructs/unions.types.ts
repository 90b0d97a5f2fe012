// Unions: all of this compiles but for the lines behind `@ts-expect-error`.
import type { Circle, Unions, UnionsPacket, UnionsPacketOp0 } from "./unions.js";

type UnionsLevel = NonNullable<Unions["level"]>;

/** A constant tells the branches apart: an integer, or a string behind a reference. */
export function opened(packet: UnionsPacket): UnionsPacketOp0 | undefined {
  switch (packet.op) {
    case 0: return packet;
    case 1: {
      const counted: number | null | undefined = packet.d;
      return counted ? undefined : undefined;
    }
    default: return packet satisfies never;
  }
}
export function area(shape: NonNullable<Unions["shape"]>): number {
  return shape.type === "circle" ? shape.r ** 2 * Math.PI : shape.side ** 2;
}
export function based(value: NonNullable<Unions["based"]>): number | string | undefined {
  return value.kind === "a" ? value.x : value.y;
}
export const circle: Circle = { type: "circle", r: 1 };
// @ts-expect-error no branch has that number
export const packet: UnionsPacket = { op: 2 };
// @ts-expect-error the other branch's members
export const mixed: Unions["shape"] & object = { type: "circle", side: 1 };
// @ts-expect-error `x` is required of `a`
export const bare: Unions["based"] & object = { kind: "a" };

/** `null` is one of the branches, and absence none. */
export const nullable: Unions = { maybe: null };
// @ts-expect-error absent is not undefined
export const absent: Unions = { maybe: undefined };

/** One of two members has to be there, and both are known. */
export const reachable: Unions = { contact: { mail: "a@example.org", phone: "1" } };
// @ts-expect-error neither is there
export const unreachable: Unions = { contact: {} };
// @ts-expect-error it is a string in either branch
export const numbered: Unions = { contact: { mail: 1 } };

/** An enumeration that the schema leaves open takes any string, and a `switch` knows those that are listed. */
export function loudness(level: UnionsLevel): number {
  switch (level) {
    case "low": return 1;
    case "high": return 2;
    default: return (level satisfies string).length;
  }
}
export const louder: UnionsLevel = "louder";
// @ts-expect-error a number is none
export const tooLoud: UnionsLevel = 11;
// @ts-expect-error an enumeration that is closed has no other values
export const status: Unions["status"] = "done";

export const list: Unions["byType"] = ["a"];
// @ts-expect-error no branch takes numbers
export const numbers: Unions["byType"] = [1];

/** A schema without `type` says nothing of what is no object. */
export const untyped: Unions = { untyped: 1 };
export function narrowed({ untyped }: Unions): string | undefined {
  return typeof untyped === "object" && untyped !== null && !Array.isArray(untyped) ? untyped.a : undefined;
}
// @ts-expect-error an object needs `a`
export const wrong: Unions = { untyped: { b: 1 } };

export const text: Unions = { conditional: { kind: "text", text: "t" } };
// @ts-expect-error neither `then` nor `else`
export const neither: Unions = { conditional: { kind: "text" } };

// @ts-expect-error nothing is a string and a number
export const impossible: Unions = { never: "" };
export const constant: Unions = { constant: { a: [1, "b"], c: {} } };
// @ts-expect-error another value
export const other: Unions = { constant: { a: [2, "b"], c: {} } };
