import { type Asking, type Command, isRefusal, trialOf, type Refusal, type Row } from '../../ledger/index.ts';
import type { View } from '../../store/index.ts';
import type { IssuerLimit } from '../effective-limit.ts';
import { ownRule } from '../grant-preview.ts';
import { grant, type GrantInput, type GrantReply, pointsFor } from '../grants.ts';
import { limitOf } from '../queries/limits.ts';
import { type ListedDeed, referencesTwice } from './grant-list.ts';
import { type Beyond, mayGoAlone, wantAlone } from './may-go-alone.ts';
import { refuseOwnPeople, wantOwnPeople } from './own-people.ts';

/** The result that one row of a list would have. */
export type RowPreview = {
  /** Null: the rule does not determine them. */
  readonly points: number | null;
  /** The refusal that it would get where all rows before it are granted; null: none. */
  readonly refusal: Refusal | null;
};

/** The result that a list would have. */
export type GrantListPreview = {
  readonly rows: readonly RowPreview[];
  /** The points of all rows that would be granted, and the people who get them. */
  readonly points: number;
  readonly people: number;
  /** Why it takes a second officer; null: one officer may grant it alone. */
  readonly beyond: Beyond | 'commendation' | null;
  /** The refusal that its proposal would get because of who proposes. */
  readonly refusal: Refusal | null;
  /** The issuer's limit, without this list. */
  readonly limit: IssuerLimit;
};

/** An officer of a community, which would be the issuer. */
type By = { readonly id: string; readonly communityId: string };

/** A grant that also knows how much its officer may give alone. */
const counted: Command<GrantInput, GrantReply> = {
  ...grant,
  load: (input, known, at) => [
    ...grant.load(input, known, at),
    ...wantAlone(input.by.id, [input.residentId], at),
    ...wantOwnPeople([input.by.id], [input.residentId], known),
  ],
};

/** The result that a list would have if it were granted now, row after row. Writes nothing. */
export async function previewGrantList(view: View, by: By, deeds: readonly ListedDeed[], asking: Asking): Promise<GrantListPreview> {
  const { at } = asking;
  const inputs = deeds.map((deed) => ({ ...deed, by, approvedBy: by.id }));
  const trial = trialOf(view, counted, asking);
  const decisions = await trial.decide(inputs);
  const { facts } = trial;
  const twice = referencesTwice(deeds);
  const rows = deeds.map((deed, n): RowPreview & { deed: ListedDeed; rule: Row<'actionRule'> | undefined } => {
    const rule = ownRule(facts, { ...deed, by });
    const decision = decisions[n]!;
    return {
      deed,
      rule,
      points: (rule && pointsFor(rule, deed)) ?? null,
      refusal: twice.get(n) ?? (isRefusal(decision) ? decision : null),
    };
  });
  const good = rows.filter(({ refusal }) => refusal === null);
  const grants = good.map(({ deed: { residentId }, points }) => ({ residentId, points: points! }));
  const points = grants.reduce((sum, each) => sum + each.points, 0);
  return {
    rows: rows.map((row) => ({ points: row.points, refusal: row.refusal })),
    points,
    people: new Set(grants.map(({ residentId }) => residentId)).size,
    beyond: good.some(({ rule }) => rule!.class === 'commendation') ? 'commendation' : mayGoAlone(facts, by.id, grants, at),
    refusal: refuseOwnPeople(facts, [by.id], deeds, at) ?? null,
    limit: await limitOf(view, by.communityId, at),
  };
}
