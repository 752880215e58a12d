import {
  account,
  balanceOf,
  type Call,
  type Command,
  cr,
  dayOf,
  type Decision,
  dr,
  type EntryDraft,
  entryId,
  type Facts,
  type Known,
  many,
  one,
  put,
  type Row,
  Unavailable,
  walletOf,
  type Want,
} from '../ledger/index.ts';
import { type Acting, actsFor } from '../access/index.ts';
import { isErased, matter, releases, wantReleases } from '../communities/index.ts';
import { ended, isOpen } from './ending.ts';
import { refuse } from './refusals.ts';
import { wantReturn } from './sources.ts';

type ClawBackInput = {
  /** An officer of the community that granted. */
  readonly by: Acting;
  readonly grantId: string;
  readonly reason: string;
};

type ClawBackReply = {
  grant_id: string;
  points: number;
  /** The open vouchers that held points of it, and ended with it. */
  voucher_ids: string[];
  clawed_back_at: number;
  entry_id: string;
};

/**
 * Takes a grant back wherever its points are by now. Open vouchers that hold some of them end first. Redeemed points stay with the
 * community that granted, which has borne their cost, and stand in `clawback`. Reached through a proposal only: it takes two officers of
 * that community. Throws `Unavailable` while another process is changing the grant.
 */
export const clawBackGrant: Command<ClawBackInput, ClawBackReply> = {
  name: 'claw-back-grant',
  load: wantClawBackFacts,
  decide: decideClawBackGrant,
};

/** The proposal's reason is the claw-back's. */
export const clawBackMatter = matter('clawback', {
  office: 'community',
  command: clawBackGrant,
  complete: (wrong: Pick<ClawBackInput, 'grantId'>, { proposedBy, reason }) => ({ ...wrong, by: proposedBy, reason }),
  concerned: {
    want: ({ grantId }) => [one('grant', grantId)],
    resident: (facts, { grantId }) => facts.get('grant', grantId)?.residentId ?? null,
  },
});

function decideClawBackGrant(facts: Facts, { by, grantId, reason }: ClawBackInput, call: Call): Decision<ClawBackReply> {
  const { at } = call;
  const row = facts.get('grant', grantId);
  if (!row) return refuse('grant_not_found', { grant_id: grantId });
  if (!actsFor(by, row.communityId)) return refuse('foreign_community', { community_id: row.communityId });
  if (row.reversedAt !== null) return refuse('grant_already_reversed', { grant_id: grantId, reversed_at: row.reversedAt });
  if (row.clawedBackAt !== null) return refuse('grant_clawed_back', { grant_id: grantId, clawed_back_at: row.clawedBackAt });
  const whereabouts = whereaboutsOf(facts, row);
  // The figures do not add up, because another process has changed rows between the reads.
  if (whereabouts.expired < 0 || 0 - facts.balance(walletOf(row)) < row.remaining) throw new Unavailable('the grant is being changed');

  // From here on it succeeds.
  const gone = isErased(facts.get('resident', row.residentId)!);
  // Nothing is written about somebody who has left.
  const said = gone ? '' : reason;
  const { entries, rows } = ended(facts, whereabouts.openVouchers, at, said);
  return {
    entries: [...entries, clawBackEntry(row, whereabouts, gone, at)],
    rows: [...rows, put('grant', { ...row, remaining: 0, clawedBackAt: at, reversalReason: said })],
    uses: releases(facts, row),
    reply: {
      grant_id: grantId,
      points: row.points,
      voucher_ids: whereabouts.openVouchers.map(({ id }) => id),
      clawed_back_at: at,
      entry_id: entryId(call, entries.length),
    },
  };
}

/**
 * A grant's sources are read after the grant, and the vouchers after these: a change in between gives a conflict on the rows read first.
 */
function wantClawBackFacts({ grantId }: ClawBackInput, known: Known, at: number): Want[] {
  const row = known.get('grant', grantId);
  if (!row) return [one('grant', grantId)];
  const vouchers = known.list('voucherSource', 'grant', grantId).map(({ voucherId }) => voucherId);
  const open = vouchers.map((id) => known.get('voucher', id)).filter((voucher) => voucher !== undefined && isOpen(voucher));
  return [
    one('grant', grantId),
    many('voucherSource', 'grant', grantId),
    balanceOf(walletOf(row)),
    one('resident', row.residentId),
    ...wantReleases(row),
    ...vouchers.map((id) => one('voucher', id)),
    ...open.flatMap((voucher) => wantReturn(voucher!.id, known, at)),
  ];
}

/** The places of a grant's points; its remaining points are in the wallet. */
type Whereabouts = {
  readonly openVouchers: readonly Row<'voucher'>[];
  readonly held: number;
  readonly redeemed: number;
  readonly expired: number;
};

function whereaboutsOf(facts: Facts, { id, points, remaining }: Row<'grant'>): Whereabouts {
  const sources = facts
    .list('voucherSource', 'grant', id)
    .map((source) => ({ ...source, voucher: facts.get('voucher', source.voucherId)! }));
  const open = sources.filter(({ voucher }) => isOpen(voucher));
  const held = pointsIn(open);
  const redeemed = pointsIn(sources.filter(({ voucher }) => voucher.state === 'redeemed'));
  return { openVouchers: open.map(({ voucher }) => voucher), held, redeemed, expired: points - remaining - held - redeemed };
}

/** The points of the open vouchers have come back by now: into the lot or, if its date is past or its owner has left, to its expired points. */
function clawBackEntry(row: Row<'grant'>, { held, redeemed, expired }: Whereabouts, gone: boolean, at: number): EntryDraft {
  const { id, communityId: issuer, points, remaining, expiresOn } = row;
  const backInLot = dayOf(at) <= expiresOn && !gone ? held : 0;
  return {
    kind: 'grant_clawback',
    effectiveAt: at,
    subject: id,
    postings: [
      dr(walletOf(row), remaining + backInLot),
      dr(account.expired(issuer), expired + held - backInLot),
      dr(account.clawback(issuer), redeemed),
      cr(account.issued(issuer), points),
    ],
  };
}

function pointsIn(sources: readonly { readonly points: number }[]): number {
  return sources.reduce((sum, { points }) => sum + points, 0);
}
