/** The keys by which officers find a resident. Every command that writes a name, a number or a home writes them as well. */
import { many, put, type Facts, type Row, type RowChange, type Want } from '../../ledger/index.ts';
import { isFound } from './standing.ts';
import { nameKeys, phoneEndKey, UNKNOWN_END } from '../../store/index.ts';

type Found = Readonly<Pick<Row<'resident'>, 'id' | 'communityId' | 'name' | 'status'>>;

/** A resident whose keys are kept, and where. */
type Kept = Pick<Found, 'id' | 'communityId'>;

/** The keys that a resident has, by their places; `phoneEnd` is the keyed hash of the number's last digits, for the home community. */
export function searchKeys({ name }: Pick<Found, 'name'>, phoneEnd: string | undefined): string[] {
  return [phoneEnd === undefined ? UNKNOWN_END : phoneEndKey(phoneEnd), ...nameKeys(name)];
}

/** The rows for a resident who is registered now. Without `phoneEnd` the service fills in the key of the number by itself. */
export function newSearchKeys(resident: Found, phoneEnd: string | undefined): RowChange[] {
  const { id: residentId, communityId } = resident;
  return searchKeys(resident, phoneEnd).map((key, place) => put('residentKey', { residentId, place, communityId, key, version: 0 }));
}

/** The facts that the changes of a resident's keys need. */
export function wantSearchKeys(residentId: string): Want[] {
  return [many('residentKey', 'person', residentId)];
}

/**
 * The changes of the keys of a resident whose name, number or home is now another. Without `phoneEnd` the key of the number stays as it is;
 * null: the number is another, and the service fills its key in by itself, as it does after a move.
 */
export function changedSearchKeys(facts: Facts, resident: Found, phoneEnd?: string | null): RowChange[] {
  if (!isFound(resident)) return endedSearchKeys(facts, resident);
  const before = keysBefore(facts, resident.id);
  const moved = before.get(0)?.communityId !== resident.communityId;
  const [end, ...names] = searchKeys(resident, phoneEnd ?? undefined);
  const kept = phoneEnd === undefined && !moved ? before.get(0)?.key : undefined;
  return changes(before, resident, [kept ?? end!, ...names]);
}

/** The changes of the keys of a resident who is found no more. */
export function endedSearchKeys(facts: Facts, { id, communityId }: Kept): RowChange[] {
  return changes(keysBefore(facts, id), { id, communityId }, []);
}

function keysBefore(facts: Facts, residentId: string): ReadonlyMap<number, Row<'residentKey'>> {
  return new Map(facts.list('residentKey', 'person', residentId).map((row) => [row.place, row]));
}

function changes(
  before: ReadonlyMap<number, Row<'residentKey'>>,
  { id: residentId, communityId }: Kept,
  keys: readonly string[],
): RowChange[] {
  const places = Math.max(keys.length, ...[...before.keys()].map((place) => place + 1));
  return Array.from({ length: places }, (_, place) => {
    const was = before.get(place);
    const key = keys[place] ?? null;
    if (was && was.key === key && was.communityId === communityId) return [];
    return [put('residentKey', { residentId, place, communityId, key, version: was?.version ?? 0 })];
  }).flat();
}
