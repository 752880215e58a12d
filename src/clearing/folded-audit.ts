/** The check that each reference is held in the form in which references are compared: those of grants and of bank movements. */
import { and, asc, eq, gt, isNotNull, or, type SQL } from 'drizzle-orm';
import { foldedReference } from '../text/index.ts';
import { type Finding, finding } from '../ledger/index.ts';
import { isOneOf, pages, rowsById, type View } from '../store/index.ts';

/** References at a time. */
const PAGE = 2_000;

/** A grant, or the entry of a bank movement, with its reference in its community. */
type Referenced = { readonly id: string; readonly communityId: string; readonly reference: string };

/** A folded reference, and what it leads to in its community; null: nothing. */
type Held = { readonly folded: string; readonly communityId: string; readonly id: string | null; readonly reference: string | null };

type Source = {
  readonly of: string;
  /** The things with a reference after one of them, by community and id. */
  readonly after: (view: View, last: Referenced | undefined) => Promise<Referenced[]>;
  /** The rows of these folded references, of any community. */
  readonly heldOf: (view: View, folded: readonly string[]) => Promise<Held[]>;
  /** The number of all folded references. */
  readonly rows: (view: View) => Promise<number>;
};

const grants: Source = {
  of: 'grants',
  async after({ read, tables: { grant } }, last) {
    const { id, communityId, externalReference: reference } = grant;
    const beyond = last && or(gt(communityId, last.communityId), and(eq(communityId, last.communityId), gt(id, last.id)));
    const found = await read
      .select({ id, communityId, reference })
      .from(grant)
      .where(and(isNotNull(reference), beyond))
      .orderBy(asc(communityId), asc(id))
      .limit(PAGE);
    return found as Referenced[];
  },
  async heldOf(view, values) {
    const { foldedGrantReference } = view.tables;
    const rows = await view.read
      .select()
      .from(foldedGrantReference)
      .where(isOneOf(view, foldedGrantReference.folded, values));
    const grantOf = await rowsById(
      view,
      'grant',
      rows.map(({ grantId }) => grantId),
    );
    return rows.map(({ folded, communityId, grantId }) => {
      const row = grantOf.get(grantId);
      return { folded, communityId, id: row?.id ?? null, reference: row?.communityId === communityId ? row.externalReference : null };
    });
  },
  rows: ({ read, tables: { foldedGrantReference } }) => read.$count(foldedGrantReference),
};

const movements: Source = {
  of: 'bank movements',
  async after({ read, tables: { bankMovement } }, last) {
    const { entryId: id, communityId, reference } = bankMovement;
    const beyond: SQL | undefined = last && or(gt(communityId, last.communityId), and(eq(communityId, last.communityId), gt(id, last.id)));
    return read.select({ id, communityId, reference }).from(bankMovement).where(beyond).orderBy(asc(communityId), asc(id)).limit(PAGE);
  },
  async heldOf(view, values) {
    const { bankMovement, bankReference } = view.tables;
    const rows = await view.read
      .select()
      .from(bankReference)
      .where(isOneOf(view, bankReference.folded, values));
    const moved = await view.read
      .select({ id: bankMovement.entryId, communityId: bankMovement.communityId, reference: bankMovement.reference })
      .from(bankMovement)
      .where(
        isOneOf(
          view,
          bankMovement.reference,
          rows.map(({ reference }) => reference),
        ),
      );
    const idOf = new Map(moved.map(({ id, communityId, reference }) => [keyOf(communityId, reference), id]));
    return rows.map(({ folded, communityId, reference }) => {
      const id = idOf.get(keyOf(communityId, reference)) ?? null;
      return { folded, communityId, id, reference: id === null ? null : reference };
    });
  },
  rows: ({ read, tables: { bankReference } }) => read.$count(bankReference),
};

/**
 * Each reference has one row, which leads to a thing with that reference: itself, or an earlier one, if both were booked before references
 * were folded. No row is without its thing.
 */
export async function referencesAreFolded(view: View): Promise<Finding> {
  let seen = 0;
  for (const { of, after, heldOf, rows } of [grants, movements]) {
    let holding = 0;
    for await (const things of pages<Referenced>((last) => after(view, last))) {
      const held = await heldOf(view, [...new Set(things.map(({ reference }) => foldedReference(reference)))]);
      const rowOf = new Map(held.map((row) => [keyOf(row.communityId, row.folded), row]));
      for (const thing of things) {
        const row = rowOf.get(keyOf(thing.communityId, foldedReference(thing.reference)));
        const fault = faultOf(row);
        if (fault) return finding(seen, 'references', `${thing.id}: ${fault}`);
        seen++;
        if (row?.id === thing.id) holding++;
      }
    }
    const folded = await rows(view);
    if (folded !== holding) return finding(seen, 'references', `${folded} references of ${of} are folded, and ${holding} ${of} hold one`);
  }
  return finding(seen, 'references', undefined);
}

function faultOf(row: Held | undefined): string | undefined {
  if (!row) return 'its reference is not folded';
  if (row.reference !== null && foldedReference(row.reference) === row.folded) return undefined;
  return `its folded reference leads to ${row.id ?? 'nothing'}${row.id === null ? '' : ', which has another one'}`;
}

function keyOf(communityId: string, folded: string): string {
  return `${communityId}\n${folded}`;
}
