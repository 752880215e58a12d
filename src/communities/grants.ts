import { hexOf, idOf } from '../store/index.ts';
import {
  account,
  addDays,
  balanceOf,
  type Call,
  type Command,
  cr,
  dayOf,
  type Decision,
  dr,
  endOfYear,
  entryId,
  type Facts,
  type Known,
  many,
  one,
  put,
  type Row,
  startOfDay,
  Unavailable,
  walletOf,
  type Want,
} from '../ledger/index.ts';
import { type Acting, actsFor } from '../access/index.ts';
import { versionFor } from './action-rules.ts';
import { capUses, exposureUse, overCap, overExposure, releases, wantCaps, wantExposure, wantReleases } from './limits.ts';
import { matter } from './matter.ts';
import { aloneUses, toOwnHousehold, wantGranting } from './people/granting.ts';
import { knownPolicy, policyAt, wantPolicies } from './policies.ts';
import { notEarning, notThere } from './people/standing.ts';
import { refuse } from './refusals.ts';
import { referenceRows, referenceUsed, wantReference } from './references.ts';
import { hasBeenSucceeded } from './succession.ts';

export type GrantInput = {
  /** An officer of the community that grants: the issuer. */
  readonly by: Acting;
  readonly ruleId: string;
  readonly residentId: string;
  /** Hours or events, by the rule. */
  readonly quantity: number;
  /** The points of a commendation, at discretion up to the rule's; null for every other class. */
  readonly points: number | null;
  /** The day of the deed. */
  readonly occurredOn: string;
  /** A description of the deed; for a commendation, the reason. */
  readonly description: string;
  /** The community's own reference, which counts once. */
  readonly externalReference: string | null;
  /** The second officer, where there is one. */
  readonly approvedBy: string | null;
  /** The points that two officers approved, in a list; left out elsewhere. */
  readonly worth?: number;
};

export type GrantReply = {
  id: string;
  community_id: string;
  resident_id: string;
  action_rule_id: string;
  rule_version: number;
  points: number;
  occurred_on: string;
  expires_on: string;
  granted_at: number;
  entry_id: string;
};

/** Grants points for a deed: any community may grant to any resident, and the granting community bears the cost. */
export const grant: Command<GrantInput, GrantReply> = {
  name: 'grant',
  load: wantGrantFacts,
  decide: decideGrant,
  recall: {
    want: (commandId) => one('grant', idOf('grt', commandId)),
    reply: (facts, commandId) => grantReply(facts.get('grant', idOf('grt', commandId))!),
  },
};

export const grantMatter = matter('grant', {
  office: 'community',
  command: grant,
  complete: (deed: Omit<GrantInput, 'by' | 'approvedBy'>, { proposedBy, approvedBy }) => ({ ...deed, by: proposedBy, approvedBy }),
  concerned: { resident: (_, { residentId }) => residentId },
});

function decideGrant(facts: Facts, input: GrantInput, call: Call): Decision<GrantReply> {
  const { by, residentId, ruleId, occurredOn, externalReference } = input;
  const versions = facts.list('actionRule', 'rule', ruleId);
  if (!versions[0]) return refuse('action_rule_not_found', { action_rule_id: ruleId });
  if (!actsFor(by, versions[0].communityId)) return refuse('foreign_community', { community_id: versions[0].communityId });
  const over = hasBeenSucceeded(facts, versions[0].communityId, call.at);
  if (over) return over;
  const resident = facts.get('resident', residentId);
  if (!resident) return refuse('resident_not_found', { resident_id: residentId });
  const barred = notEarning(resident);
  if (barred) return barred;
  const toOwn = toOwnHousehold(facts, input, call.at);
  if (toOwn) return toOwn;
  const range = deedRange(facts, call.at);
  if (occurredOn < range.earliest || occurredOn > range.latest) return refuse('effective_date_out_of_range', range);
  const rule = versionFor(versions, occurredOn);
  if (!rule) return refuse('action_rule_not_valid', { action_rule_id: ruleId, occurred_on: occurredOn });
  if (rule.class === 'commendation' && input.approvedBy === null) return refuse('second_officer_required', { action_rule_id: ruleId });
  const points = pointsFor(rule, input);
  if (points === undefined) return refuse('points_out_of_range', { class: rule.class, at_most: rule.points });
  if (input.worth !== undefined && input.worth !== points)
    return refuse('list_points_changed', { approved: input.worth, points_now: points });
  const used = externalReference === null ? undefined : referenceUsed(facts, rule.communityId, externalReference);
  if (used) return used;
  const caps = capUses(input, rule, points);
  const overTheCap = overCap(facts, caps);
  if (overTheCap) return overTheCap;
  const exposure = exposureUse(facts, rule.communityId, points, call.at);
  const overTheLimit = overExposure(exposure);
  if (overTheLimit) return overTheLimit;
  const alone = aloneUses(facts, input, points, call.at);
  if ('refused' in alone) return alone;

  // From here on it succeeds.
  const row = grantRow(rule, input, points, expiryOf(facts, occurredOn, call.at), call);
  const wallet = account.wallet(row.communityId, residentId, row.expiresOn);
  return {
    entries: [
      {
        kind: 'grant',
        effectiveAt: startOfDay(occurredOn),
        subject: row.id,
        postings: [dr(account.issued(row.communityId), points), cr(wallet, points)],
      },
    ],
    rows: [put('grant', row), ...lotRows(facts, row), ...referenceRows(row)],
    uses: [...caps, ...alone, exposure],
    reply: grantReply(row),
  };
}

function wantGrantFacts(input: GrantInput, known: Known, at: number): Want[] {
  const { by, ruleId, residentId, occurredOn, externalReference } = input;
  const issuer = by.communityId;
  const wants = [
    ...wantPolicies('grant_backdating', 'lot_validity'),
    many('actionRule', 'rule', ruleId),
    one('resident', residentId),
    ...wantCaps({ ruleId, residentId, occurredOn }),
    ...wantGranting(input, known, at),
  ];
  if (issuer === null) return wants;
  wants.push(one('community', issuer), ...wantExposure(issuer));
  if (externalReference !== null) wants.push(...wantReference(issuer, externalReference, known));
  const validity = knownPolicy(known, 'lot_validity', at);
  if (validity) wants.push(...wantLot(issuer, residentId, endOfYear(occurredOn, validity.years)));
  return wants;
}

function wantLot(issuer: string, residentId: string, expiresOn: string): Want[] {
  return [one('lot', residentId, issuer, expiresOn), balanceOf(account.wallet(issuer, residentId, expiresOn))];
}

/** The days of deeds that may be granted at `at`: some days back, and never ahead. */
export function deedRange(facts: Facts, at: number): { earliest: string; latest: string } {
  const latest = dayOf(at);
  return { earliest: addDays(latest, 0 - policyAt(facts, 'grant_backdating', at).days), latest };
}

/** A lot lasts to the end of a calendar year that is counted from the deed. */
export function expiryOf(facts: Facts, occurredOn: string, at: number): string {
  return endOfYear(occurredOn, policyAt(facts, 'lot_validity', at).years);
}

/** The points of a grant by a rule; undefined if the rule does not allow the points in the input. */
export function pointsFor(rule: Row<'actionRule'>, { quantity, points }: Pick<GrantInput, 'quantity' | 'points'>): number | undefined {
  if (rule.class !== 'commendation') return points === null ? rule.points * quantity : undefined;
  return points !== null && points <= rule.points ? points : undefined;
}

function grantRow(
  rule: Row<'actionRule'>,
  input: GrantInput,
  points: number,
  expiresOn: string,
  call: { id: string; at: number },
): Row<'grant'> {
  const { residentId, quantity, occurredOn, description, externalReference, by, approvedBy } = input;
  return {
    id: idOf('grt', call.id),
    communityId: rule.communityId,
    residentId,
    ruleId: rule.id,
    ruleVersion: rule.ruleVersion,
    quantity,
    points,
    remaining: points,
    occurredOn,
    expiresOn,
    description,
    externalReference,
    grantedAt: call.at,
    grantedBy: by.id,
    approvedBy,
    reversedAt: null,
    clawedBackAt: null,
    reversalReason: null,
    version: 0,
  };
}

function lotRows(facts: Facts, { residentId, communityId, expiresOn }: Row<'grant'>) {
  return facts.get('lot', residentId, communityId, expiresOn) ? [] : [put('lot', { residentId, communityId, expiresOn })];
}

function grantReply(row: Row<'grant'>): GrantReply {
  return {
    id: row.id,
    community_id: row.communityId,
    resident_id: row.residentId,
    action_rule_id: row.ruleId,
    rule_version: row.ruleVersion,
    points: row.points,
    occurred_on: row.occurredOn,
    expires_on: row.expiresOn,
    granted_at: row.grantedAt,
    entry_id: grantEntry(row.id),
  };
}

/** The id of a grant's entry, which has the grant's digits. */
export function grantEntry(grantId: string): string {
  return entryId({ id: hexOf(grantId) });
}

export type ReverseGrantInput = { readonly by: Acting; readonly grantId: string; readonly reason: string };

type ReverseGrantReply = { grant_id: string; points: number; reversed_at: number; entry_id: string };

/** Takes a grant back while all of its points are still in the wallet. Throws `Unavailable` while another process is changing the grant. */
export const reverseGrant: Command<ReverseGrantInput, ReverseGrantReply> = {
  name: 'reverse-grant',
  load: loadReverseGrant,
  decide: decideReverseGrant,
};

function loadReverseGrant({ grantId }: ReverseGrantInput, known: Known): readonly Want[] {
  const row = known.get('grant', grantId);
  const sources = known.list('voucherSource', 'grant', grantId);
  return [
    one('grant', grantId),
    many('voucherSource', 'grant', grantId),
    ...sources.map(({ voucherId }) => one('voucher', voucherId)),
    ...(row ? [balanceOf(walletOf(row)), one('resident', row.residentId), ...wantReleases(row)] : []),
  ];
}

function decideReverseGrant(facts: Facts, { by, grantId, reason }: ReverseGrantInput, { at, id }: Call): Decision<ReverseGrantReply> {
  const row = facts.get('grant', grantId);
  if (!row) return refuse('grant_not_found', { grant_id: grantId });
  if (!actsFor(by, row.communityId)) return refuse('foreign_community', { community_id: row.communityId });
  if (row.reversedAt !== null) return refuse('grant_already_reversed', { grant_id: grantId, reversed_at: row.reversedAt });
  if (row.clawedBackAt !== null) return refuse('grant_clawed_back', { grant_id: grantId, clawed_back_at: row.clawedBackAt });
  const gone = notThere(facts.get('resident', row.residentId)!);
  if (gone) return gone;
  // The date decides, whether or not the expiry is booked: points that a voucher gives back from now on expire as well.
  if (dayOf(at) > row.expiresOn) return refuse('grant_expired', { grant_id: grantId, expires_on: row.expiresOn });
  const vouchers = vouchersHolding(facts, grantId);
  if (vouchers.length > 0) return refuse('grant_spent', { grant_id: grantId, voucher_ids: vouchers });
  // Some of its points are missing, and yet no voucher holds them: another process has changed rows between the reads. A refusal would be
  // stored for good.
  if (row.remaining !== row.points) throw new Unavailable('the grant is being changed');

  // From here on it succeeds.
  const { points, communityId } = row;
  return {
    entries: [
      {
        kind: 'grant_reversal',
        effectiveAt: at,
        subject: grantId,
        reverses: grantEntry(grantId),
        postings: [dr(walletOf(row), points), cr(account.issued(communityId), points)],
      },
    ],
    rows: [put('grant', { ...row, remaining: 0, reversedAt: at, reversalReason: reason })],
    uses: releases(facts, row),
    reply: { grant_id: grantId, points, reversed_at: at, entry_id: entryId({ id }) },
  };
}

/** The vouchers that hold points of a grant now, or were redeemed with them. */
function vouchersHolding(facts: Facts, grantId: string): string[] {
  const ids = facts.list('voucherSource', 'grant', grantId).map(({ voucherId }) => voucherId);
  return ids.filter((id) => ['issued', 'suspended', 'redeemed'].includes(facts.get('voucher', id)!.state));
}
