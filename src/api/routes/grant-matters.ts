/** The matters for two officers that give points to residents, or take them back. */
import { hash } from 'node:crypto';
import { z } from 'zod';
import { type GrantList, grantListMatter, grantMatter, listPoints } from '../../communities/index.ts';
import { clawBackMatter } from '../../redeem/index.ts';
import { onWire } from '../http/names.ts';
import { comparable } from '../http/same-input.ts';
import { count, id, points, reason, rfc3339, time } from '../http/wire.ts';
import { deed, grantOf, listedDeeds, listedOf, presentDeed, proposedDeed } from './grant-wire.ts';
import { matterWire } from './matter-wire.ts';

export const grant = matterWire(grantMatter, {
  called: 'Grant',
  body: deed
    .extend({ points: points.optional().meta({ description: "For a commendation: the points, up to the rule's." }) })
    .transform(({ points: asked = null, ...sent }) => grantOf(sent, asked)),
  input: proposedDeed,
  show: presentDeed,
  names: ({ ruleId, residentId }) => [ruleId, residentId],
  result: z.strictObject({ grant_id: id('grt'), points: count, entry_id: id('ent') }),
  tell: ({ id: grantId, points: granted, entry_id }) => ({ grant_id: grantId, points: granted, entry_id }),
});

const listed = proposedDeed.extend({ worth: count.meta({ description: 'The points that the rule gives, as of proposing.' }) });
const LARGEST = 20;

/** The largest rows first; rows of the same points stay in their order. */
function largestOf({ rows, worth }: GrantList): z.output<typeof listed>[] {
  const all = rows.map((row, n) => ({ ...presentDeed(row), worth: worth[n] ?? 0 }));
  return all.toSorted((a, b) => b.worth - a.worth).slice(0, LARGEST);
}

export const grantList = matterWire(grantListMatter, {
  called: 'GrantList',
  body: z.strictObject({ rows: listedDeeds }).transform(({ rows }) => {
    const deeds = rows.map(listedOf);
    return { rows: deeds, hash: hash('sha256', comparable(deeds.map(presentDeed), undefined), 'hex'), worth: [] };
  }),
  input: z.strictObject({
    hash: z.string().meta({
      description:
        'SHA-256 (hex) of the rows as JSON in the form of RFC 8785, without `worth`: to be sent back in `acknowledged`, with `points`.',
    }),
    points: count.meta({ description: 'The sum of the rows.' }),
    people: count.meta({ description: 'The number of residents.' }),
    count: count.meta({ description: 'The number of rows.' }),
    largest: z.array(listed).meta({ description: `The ${LARGEST} rows with the most points, the largest first.` }),
    rows: z.array(listed).optional().meta({ description: 'Left out in a list of proposals.' }),
  }),
  show: (list, _keys, brief) => ({
    hash: list.hash,
    points: listPoints(list),
    people: new Set(list.rows.map(({ residentId }) => residentId)).size,
    count: list.rows.length,
    largest: largestOf(list),
    ...(!brief && { rows: list.rows.map((row, n) => ({ ...presentDeed(row), worth: list.worth[n] ?? 0 })) }),
  }),
  names: (list, brief) =>
    brief
      ? largestOf(list).flatMap(({ action_rule_id, resident_id }) => [action_rule_id, resident_id])
      : list.rows.flatMap(({ ruleId, residentId }) => [ruleId, residentId]),
  result: z.strictObject({ grant_list_id: id('gls'), rows: count, points: count, approved_at: time }),
  tell: ({ id: listId, rows, points: sum, approved_at }) => ({
    grant_list_id: listId,
    rows,
    points: sum,
    approved_at: rfc3339(approved_at),
  }),
  after: ({ id: listId }, { carryOut }) => carryOut(listId),
});

export const clawback = matterWire(clawBackMatter, {
  called: 'ClawBack',
  body: z
    .strictObject({ grant_id: id('grt').meta({ description: "A grant of the officer's own community, however much of it is spent." }) })
    .transform(({ grant_id: grantId }) => ({ grantId })),
  reason: reason.meta({ description: 'The reason why the grant was wrong.' }),
  input: z.strictObject({ grant_id: id('grt') }),
  show: ({ grantId }) => ({ grant_id: grantId }),
  names: ({ grantId }) => [grantId],
  result: z.strictObject({
    grant_id: id('grt'),
    points: count,
    voucher_ids: z.array(id('vch')).meta({ description: 'The open vouchers that held points of it, and ended with it.' }),
    clawed_back_at: time,
    entry_id: id('ent'),
  }),
  tell: onWire,
});
