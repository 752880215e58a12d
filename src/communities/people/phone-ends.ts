/** The keys of numbers that were registered before there were such keys, or by a command that knows no secrets: filled in bit by bit. */
import { and, asc, eq, gt } from 'drizzle-orm';
import { type Command, type Decision, type Engine, type Facts, one, put, SYSTEM_CLIENT, type Want } from '../../ledger/index.ts';
import { phoneEndHash, type Secrets } from '../../access/index.ts';
import { pages, phoneEndKey, type Row, rowsById, UNKNOWN_END, type View } from '../../store/index.ts';

/** A resident's keyed hash, made of the row with this version. */
type End = { readonly residentId: string; readonly version: number; readonly phoneEnd: string };

/** Writes the keys of numbers that are still unknown. A resident who has changed meanwhile is left for the next time. */
const fillPhoneEnds: Command<{ readonly ends: readonly End[] }, { filled: number }> = {
  name: 'fill-phone-ends',
  load: loadFillPhoneEnds,
  decide: decideFillPhoneEnds,
};

function loadFillPhoneEnds({ ends }: { readonly ends: readonly End[] }): readonly Want[] {
  return ends.flatMap(({ residentId }) => [one('resident', residentId), one('residentKey', residentId, 0)]);
}

function decideFillPhoneEnds(facts: Facts, { ends }: { readonly ends: readonly End[] }): Decision<{ filled: number }> {
  const rows = ends.flatMap(({ residentId, version, phoneEnd }) => {
    const row = facts.get('residentKey', residentId, 0);
    const isOpen = row?.key === UNKNOWN_END && facts.get('resident', residentId)?.version === version;
    return isOpen ? [put('residentKey', { ...row, key: phoneEndKey(phoneEnd) })] : [];
  });
  return { rows, reply: { filled: rows.length } };
}

export type FillDeps = { readonly view: View; readonly engine: Engine; readonly secrets: Pick<Secrets, 'hash' | 'open'> };

/** Residents filled in by one command, and pages in one turn of the job: other jobs have their turn then. */
const PAGE = 100;
const PAGES_IN_TURN = 200;

/** Fills in keys of numbers that are missing, the oldest residents first; returns how many. The next turn continues. */
export async function fillMissingPhoneEnds({ view, engine, secrets }: FillDeps, pagesMax = PAGES_IN_TURN): Promise<number> {
  let filled = 0;
  let turns = 0;
  for await (const missing of missingEnds(view)) {
    const residents = await rowsById(
      view,
      'resident',
      missing.map(({ residentId }) => residentId),
    );
    const input = { ends: [...residents.values()].flatMap((resident) => endOf(secrets, resident)) };
    // It may be carried out twice, and nobody asks for its outcome: no request is kept.
    const key = `fill-phone-ends:${missing[0]!.residentId}`;
    const outcome = await engine.submit({
      command: fillPhoneEnds,
      input,
      client: SYSTEM_CLIENT,
      key,
      hash: '',
      actor: SYSTEM_CLIENT,
      once: true,
    });
    filled += 'reply' in outcome ? outcome.reply.filled : 0;
    if (++turns === pagesMax) break;
  }
  return filled;
}

/** A number that cannot be opened, such as one that was emptied, has no end. */
function endOf(secrets: FillDeps['secrets'], { id, communityId, phoneSealed, version }: Row<'resident'>): End[] {
  try {
    return [{ residentId: id, version, phoneEnd: phoneEndHash(secrets, communityId, secrets.open(phoneSealed)) }];
  } catch {
    return [];
  }
}

function missingEnds({ read, tables: { residentKey } }: View) {
  const { residentId, key } = residentKey;
  return pages<{ residentId: string }>(async (last) =>
    read
      .select({ residentId })
      .from(residentKey)
      .where(and(eq(key, UNKNOWN_END), last && gt(residentId, last.residentId)))
      .orderBy(asc(residentId))
      .limit(PAGE),
  );
}
