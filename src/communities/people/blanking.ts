/** Names, contacts and texts of somebody who leaves, emptied: what they are and whose rows they stand in follows from the catalogue. */
import {
  blanked,
  blankedMentions,
  type Key,
  mentioningTables,
  pathToPerson,
  personColumns,
  type Row,
  type TableName,
} from '../../store/index.ts';
import { type Call, type Command, type Decision, type Facts, type Known, many, one, put, type Want } from '../../ledger/index.ts';
import { sameName } from '../../text/index.ts';
import { endedBy, nothing, type StepInput, type StepReply } from './erasure-steps.ts';

/** The most rows that one command empties. */
export const BLANK_AT_ONCE = 100;

type BlankInput = StepInput & { readonly table: TableName; readonly keys: readonly Key[] };

/** Empties names, contacts and texts of rows that belong to the person. */
export const blankRows: Command<BlankInput, StepReply> = { name: 'blank', load: loadBlank, decide: decideBlank };

function loadBlank({ erasureId, table, keys }: BlankInput, known: Known): readonly Want[] {
  const residentId = known.get('erasure', erasureId)?.residentId;
  return [
    one('erasure', erasureId),
    ...(residentId !== undefined && mentioningTables.includes(table) ? wantNames(residentId) : []),
    ...keys.flatMap((key) => wantsToPerson(known, table, key)),
  ];
}

function wantNames(residentId: string): Want[] {
  return [one('resident', residentId), many('nameCorrection', 'person', residentId)];
}

/** Whether words name the person: they contain the name in the register, or a former one. Once all of these are emptied, any words may. */
function namingOf(facts: Facts, residentId: string): (words: string) => boolean {
  const former = facts.list('nameCorrection', 'person', residentId).map(({ formerName }) => formerName);
  return naming([facts.get('resident', residentId)!.name, ...former]) ?? (() => true);
}

/** Whether words contain one of these names, however they are written; undefined if none of them is left. */
export function naming(names: readonly string[]): ((words: string) => boolean) | undefined {
  const known = names.map(sameName).filter((name) => name !== '');
  return known.length === 0 ? undefined : (words) => known.some((name) => sameName(words).includes(name));
}

/** A row, and those that lead from it to its person. */
function wantsToPerson(known: Known, table: TableName, key: Key): Want[] {
  const wants: Want[] = [one(table, ...key)];
  let row = known.get(table, ...key) as Record<string, unknown> | undefined;
  for (const [column, to] of pathToPerson(table)!) {
    if (row === undefined) break;
    wants.push(one(to, row[column] as string));
    row = known.get(to, row[column] as string);
  }
  return wants;
}

function decideBlank(facts: Facts, { erasureId, table, keys }: BlankInput, { at }: Call): Decision<StepReply> {
  const erasure = endedBy(facts, erasureId, at);
  if (!erasure) return nothing;
  const rows = keys
    .map((key) => facts.get(table, ...key))
    .map((row) => row && emptiedFor(facts, table, row, erasure.residentId))
    .flatMap((row) => (row ? [put(table, row)] : []));
  return { rows, reply: { done: rows.length > 0 } };
}

/** A row that belongs to nobody alone: the texts beside the person's id go, and its own words if they name the person; those of others stay. */
function emptiedFor<N extends TableName>(facts: Facts, table: N, row: Row<N>, residentId: string): Row<N> | undefined {
  if (belongsTo(facts, table, row, residentId)) return blanked(table, row);
  const mine = personColumns(table).map((column) => row[column as keyof Row<N>]);
  if (!mentioningTables.includes(table) || mine.some((id) => id !== null)) return undefined;
  return blankedMentions(table, row, residentId, namingOf(facts, residentId));
}

function belongsTo(facts: Facts, table: TableName, row: object, residentId: string): boolean {
  let [at, found] = [table, row as Record<string, unknown> | undefined];
  for (const [column, to] of pathToPerson(table)!) [at, found] = [to, facts.get(to, found![column] as string)];
  return personColumns(at).some((column) => found?.[column] === residentId);
}
