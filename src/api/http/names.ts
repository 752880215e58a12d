/** Names between code and wire: `registeredAt` in code is `registered_at` on the wire, and there an RFC 3339 time. */
import { rfc3339 } from './wire.ts';

export type SnakeCase<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `_${Lowercase<First>}`}${SnakeCase<Rest>}`
  : '';

/** A number under such a name is an instant, in epoch milliseconds. */
type InstantName = 'at' | 'since' | 'until' | `${string}${'At' | 'Since' | 'Until' | 'From' | '_at' | '_since' | '_until' | '_from'}`;
const INSTANT_NAME = /^(at|since|until)$|(At|Since|Until|From|_at|_since|_until|_from)$/;

/** The type on the wire of a value under a name. */
export type WireValue<Name, Value> = Value extends number ? (Name extends InstantName ? string : Value) : OnWire<Value>;
export type OnWire<Value> = Value extends readonly (infer Item)[]
  ? OnWire<Item>[]
  : Value extends object
    ? { [Name in keyof Value & string as SnakeCase<Name>]: WireValue<Name, Value[Name]> }
    : Value;

type OnTheWire = { readonly name: string; readonly isInstant: boolean };
/** Cached, because there are few names, and every answer needs them. */
const known = new Map<string, OnTheWire>();

function onTheWire(name: string): OnTheWire {
  return known.getOrInsertComputed(name, () => ({
    name: name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    isInstant: INSTANT_NAME.test(name),
  }));
}

/** The name on the wire for a name of the code. */
export function snakeCase<Name extends string>(name: Name): SnakeCase<Name> {
  return onTheWire(name).name as SnakeCase<Name>;
}

/** A reply or a read model as the wire has it: names in snake case and instants as RFC 3339, also in nested values. */
export function onWire<Value>(value: Value): OnWire<Value> {
  return wireValue(value, false) as OnWire<Value>;
}

function wireValue(value: unknown, isInstant: boolean): unknown {
  if (typeof value === 'number') return isInstant ? rfc3339(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => wireValue(item, false));
  const presented: Record<string, unknown> = {};
  for (const [key, held] of Object.entries(value)) {
    const { name, isInstant: holdsInstant } = onTheWire(key);
    presented[name] = wireValue(held, holdsInstant);
  }
  return presented;
}
