import { expect } from 'vitest';
import type { Command } from '../../src/ledger/index.ts';
import { type TableName, writeOrder } from '../../src/store/index.ts';
import type { World } from './world.ts';

/**
 * Submits a command that must be refused with this code, and holds that its request row is all that was written (I8).
 * Gives the figures of the refusal.
 */
export async function refusedAlone<I, R>(world: World, command: Command<I, R>, input: I, code: string) {
  const before = await everyRow(world);
  const details = await world.refused(command, input, code);
  const { request: requests, ...rest } = await everyRow(world);
  const { request: earlier, ...unchanged } = before;
  expect(rest).toEqual(unchanged);
  expect(requests!.slice(0, -1)).toEqual(earlier);
  expect(requests!.at(-1)).toMatchObject({ command: command.name, outcome: JSON.stringify({ refused: code, details }) });
  return details;
}

/** Does something, and holds that it wrote nothing, but for the row of its request where it has one. Gives what came of it. */
export async function changingNothing<T>(world: World, act: () => Promise<T>): Promise<T> {
  const { request: _requests, ...before } = await everyRow(world);
  const outcome = await act();
  const { request: _after, ...rest } = await everyRow(world);
  expect(rest).toEqual(before);
  return outcome;
}

async function everyRow({ store: { read, tables } }: World): Promise<Partial<Record<TableName, unknown[]>>> {
  const rows: Partial<Record<TableName, unknown[]>> = {};
  for (const name of writeOrder) rows[name] = await read.select().from(tables[name]);
  // Requests are kept by client and key: here they stand in the order in which they arrived.
  rows.request = (rows.request as { commandId: string }[]).toSorted((a, b) => (a.commandId < b.commandId ? -1 : 1));
  return rows;
}
