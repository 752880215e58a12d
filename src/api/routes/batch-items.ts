/** How a batch answers item by item: one that does not match its schema is refused in its place, and nothing of it is remembered. */
import { z } from 'zod';
import type { Done, Outcome } from '../../ledger/index.ts';
import { unavailable } from '../http/commands.ts';
import { fieldErrorShown } from '../http/field-codes.ts';
import type { Faults } from '../http/field-errors.ts';
import { Problem, problemBody, problemOf } from '../http/problem.ts';
import { refusal } from './redemption-wire.ts';

/** The refusal of an item, with the faults of its fields if it could not be read. */
export const itemProblem = refusal.extend({ errors: z.array(fieldErrorShown).optional() }).meta({ id: 'ItemProblem' });

/** The items of a batch. They are described by their own schema, but read one by one, so that a bad one does not spoil the others. */
export function itemsOf(item: z.ZodType, atMost: number) {
  const { $schema: _, ...description } = z.toJSONSchema(item, { io: 'input' });
  return z.array(z.unknown().meta(description)).min(1).max(atMost);
}

/** Reads the item with this pointer. Throws the problem that names its faults, as far as `faults`, those of the batch, have room. */
export function readItem<S extends z.ZodType>(item: S, sent: unknown, pointer: string, faults: Faults): z.output<S> {
  const parsed = item.safeParse(sent);
  if (!parsed.success) throw new Problem('validation_failed', { errors: faults.of(parsed.error, pointer) });
  return parsed.data;
}

/** An item as it was read, or the problem for which it is refused. */
export function orProblem<T>(read: () => T): T | Problem {
  try {
    return read();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

/**
 * The final outcome of an item: its reply, or the problem for which it is refused. Throws if it has none: some items may be done then, and
 * the same batch sent again shows which.
 */
export function finalOf<R>(outcome: Outcome<R>): Done<R> | Problem {
  if (!('refused' in outcome)) return outcome;
  if (outcome.refused === 'unavailable') throw unavailable('an item of a batch could not be decided');
  if (outcome.refused === 'internal_error') throw new Problem('internal_error');
  return problemOf(outcome);
}

export function presentItemProblem(problem: Problem, requestId: string): z.output<typeof itemProblem> {
  const { code, title, detail, action, cashier_message, errors, details } = problemBody(problem, requestId);
  const figures = { ...(errors && { errors: [...errors] }), ...(details && { details }) };
  return { code, title, detail, action, cashier_message, ...figures };
}

/** No reference or number is longer, and whatever a caller makes up must not lengthen the answer. */
const TEXT_MAX = 64;

/**
 * The text under this name in what was sent for an item, whether or not the rest can be read; null if there is none of 64 characters at most.
 */
export function textUnder(sent: unknown, name: string): string | null {
  const value = typeof sent === 'object' && sent !== null ? (sent as Readonly<Record<string, unknown>>)[name] : undefined;
  return typeof value === 'string' && value.length <= TEXT_MAX ? value : null;
}
