/** Runs a certification case against a service, over HTTP. */
import { expect } from 'vitest';
import type { Counter } from '../support/counter.ts';
import { addressOf, arrangements } from './arrangements.ts';
import type { Certification, Sent, Step } from './cases.ts';
import { filled, filledIn, type Values } from './filling.ts';
import { encoded } from './gb18030.ts';

const SECOND = 1_000;
/** Any value of a header. */
const ANY = '*';

/** Runs the steps of a case in their order, and holds that each answer is the one that the case expects. */
export async function certify(counter: Counter, { number, steps }: Certification): Promise<void> {
  const { storeId: store, terminalId: terminal } = counter.world;
  const values: Record<string, string> = { run: `V${number}`, long: `2026030200000${String(number).padStart(4, '0')}7`, store, terminal };
  for (const [n, step] of steps.entries()) Object.assign(values, await taken(counter, step, values, `case ${number}, step ${n + 1}`));
}

async function taken(counter: Counter, step: Step, values: Values, place: string): Promise<Values> {
  const { clock } = counter.world;
  if ('arrange' in step) {
    const made = await arrangements[step.arrange]!(counter, values);
    return step.as === undefined ? made : Object.fromEntries(Object.entries(made).map(([name, value]) => [`${step.as}.${name}`, value]));
  }
  if ('wait' in step) {
    clock.advance(step.wait * SECOND);
    return {};
  }
  if (!('expect' in step)) return {};
  let kept: Values = {};
  for (let n = 1; n <= (step.times ?? 1); n++) kept = await asked(counter, step, { ...values, n: String(n) }, place);
  return kept;
}

async function asked(counter: Counter, step: Sent, values: Values, place: string): Promise<Values> {
  const { now } = counter.world.clock;
  const [method, path] = filled(step.send, values, now).split(/ (.*)/) as [string, string];
  const answer = await fetch(addressOf(counter) + path, {
    method,
    headers: await headersOf(counter, step, values),
    ...(method === 'POST' && { body: bodyOf(step, values, now) }),
  });
  // As it came: a byte order mark belongs to a file.
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await answer.arrayBuffer());
  hold(answer, text, filledIn(step.expect, values, now), place);
  return Object.fromEntries(Object.entries(step.keep ?? {}).map(([name, pointer]) => [name, String(at(text, pointer))]));
}

async function headersOf({ till, world }: Counter, { key, type, token, form }: Sent, values: Values): Promise<Record<string, string>> {
  const bearer = token === undefined ? await till.authorize() : `Bearer ${filled(token, values, world.clock.now)}`;
  const media = type ?? (form ? 'application/x-www-form-urlencoded' : 'application/json');
  return {
    ...(token === '' || form ? {} : { authorization: bearer }),
    ...(key !== undefined && { 'idempotency-key': filled(key, values, world.clock.now) }),
    'content-type': media,
  };
}

function bodyOf({ json, text, form, encoding }: Sent, values: Values, now: number): string | Buffer<ArrayBuffer> {
  if (form) return new URLSearchParams(filledIn(form, values, now)).toString();
  if (text === undefined) return JSON.stringify(filledIn(json ?? {}, values, now));
  const whole = filled(text, values, now);
  return encoding === 'GB18030' ? encoded(whole) : whole;
}

function hold({ status, headers }: Response, text: string, expected: Sent['expect'], place: string): void {
  expect(status, `${place}: ${text}`).toBe(expected.status);
  if (expected.code !== undefined) expect(at(text, '/code'), place).toBe(expected.code);
  if (expected.show !== undefined) expect(messagesIn(text), place).toContain(expected.show);
  if (expected.replayed !== undefined) expect(headers.get('idempotency-replayed') === 'true', place).toBe(expected.replayed);
  for (const [pointer, value] of Object.entries(expected.body ?? {}))
    expect(at(text, pointer), `${place}: ${pointer} of ${text}`).toEqual(value);
  for (const [name, value] of Object.entries(expected.headers ?? {})) {
    expect(value === ANY ? headers.has(name) : headers.get(name), `${place}: ${name}`).toBe(value === ANY ? true : value);
  }
}

/** The value at a JSON pointer; '' is the text itself. */
function at(text: string, pointer: string): unknown {
  if (pointer === '') return text;
  return pointer
    .slice(1)
    .split('/')
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], JSON.parse(text));
}

/** Every message for a cashier in an answer. */
function messagesIn(text: string): string[] {
  return [...text.matchAll(/"cashier_message":("(?:[^"\\]|\\.)*")/g)].map(([, message]) => JSON.parse(message!) as string);
}
