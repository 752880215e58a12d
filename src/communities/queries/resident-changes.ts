import { and, desc, eq, lt, lte } from 'drizzle-orm';
import { type Row, rowByKey, type View } from '../../store/index.ts';
import type { SQL } from 'drizzle-orm';

/** A change in the register: who a resident was called, which number they had, where they lived. */
export type ResidentChange =
  | { readonly kind: 'move'; readonly at: number; readonly row: Row<'residentMove'> }
  | { readonly kind: 'name'; readonly at: number; readonly row: Row<'nameCorrection'> }
  | { readonly kind: 'phone'; readonly at: number; readonly row: Row<'phoneChange'> };

type Kind = ResidentChange['kind'];

/** The place of a change in the list: its instant, and its kind among those of one instant. */
export type ChangeKey = readonly [at: number, kind: Kind];

export function keyOfChange({ at, kind }: ResidentChange): ChangeKey {
  return [at, kind];
}

/** The changes of a resident's entry in the register, newest first. */
export async function residentChanges(
  view: View,
  residentId: string,
  { limit, after }: { readonly limit: number; readonly after?: ChangeKey | undefined },
): Promise<ResidentChange[]> {
  const before = (kind: Kind, at: Parameters<typeof lt>[0]): SQL | undefined => {
    if (!after) return undefined;
    // The kinds of one instant stand in the order of their names.
    return kind > after[1] ? lte(at, after[0]) : lt(at, after[0]);
  };
  const { residentMove, nameCorrection, phoneChange } = view.tables;
  const [moves, names, phones] = await Promise.all([
    view.read
      .select()
      .from(residentMove)
      .where(and(eq(residentMove.residentId, residentId), before('move', residentMove.movedAt)))
      .orderBy(desc(residentMove.movedAt))
      .limit(limit + 1),
    view.read
      .select()
      .from(nameCorrection)
      .where(and(eq(nameCorrection.residentId, residentId), before('name', nameCorrection.correctedAt)))
      .orderBy(desc(nameCorrection.correctedAt))
      .limit(limit + 1),
    view.read
      .select()
      .from(phoneChange)
      .where(and(eq(phoneChange.residentId, residentId), before('phone', phoneChange.changedAt)))
      .orderBy(desc(phoneChange.changedAt))
      .limit(limit + 1),
  ]);
  const all: ResidentChange[] = [
    ...moves.map((row) => ({ kind: 'move' as const, at: row.movedAt, row })),
    ...names.map((row) => ({ kind: 'name' as const, at: row.correctedAt, row })),
    ...phones.map((row) => ({ kind: 'phone' as const, at: row.changedAt, row })),
  ];
  return all.toSorted(newestFirst).slice(0, limit + 1);
}

function newestFirst(a: ResidentChange, b: ResidentChange): number {
  if (a.at !== b.at) return b.at - a.at;
  return a.kind < b.kind ? -1 : 1;
}

export function phoneChangeById(view: View, id: string): Promise<Row<'phoneChange'> | undefined> {
  return rowByKey(view, 'phoneChange', id);
}

/** The change that took this number from a resident, if it can be stopped at `at`; `phoneHash` is the keyed hash of the old number. */
export async function stoppableChange(view: View, phoneHash: string, at: number): Promise<Row<'phoneChange'> | undefined> {
  const { residentId, heldUntil } = (await rowByKey(view, 'residentPhone', phoneHash)) ?? {};
  if (residentId == null || heldUntil == null || at >= heldUntil) return undefined;
  const { phoneChange } = view.tables;
  const changes = await view.read
    .select()
    .from(phoneChange)
    .where(eq(phoneChange.residentId, residentId))
    .orderBy(desc(phoneChange.id))
    .limit(1);
  return changes.find(({ formerHash }) => formerHash === phoneHash);
}
