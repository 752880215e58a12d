/** A list of grants that one officer proposes and another approves, by its hash and its sum. Its rows are granted afterwards, each by itself. */
import { type Acting, actsFor } from '../../access/index.ts';
import {
  type Call,
  type Command,
  type Decision,
  type Facts,
  type Known,
  many,
  one,
  put,
  type Refusal,
  type Row,
  type Want,
} from '../../ledger/index.ts';
import { hexOf, idOf } from '../../store/index.ts';
import { foldedReference } from '../../text/index.ts';
import { versionFor } from '../action-rules.ts';
import { type GrantInput, pointsFor } from '../grants.ts';
import { exposureUse, overExposure, wantExposure } from '../limits.ts';
import { type Approval, matter, type Proposing } from '../matter.ts';
import { refuse } from '../refusals.ts';
import { hasBeenSucceeded } from '../succession.ts';
import { refuseOwnPeople, wantOwnPeople } from './own-people.ts';

/** A deed of a list, as the grant takes it. */
export type ListedDeed = Omit<GrantInput, 'by' | 'approvedBy' | 'worth'>;

/** A list as its proposal stores it. */
export type GrantList = {
  readonly rows: readonly ListedDeed[];
  /** SHA-256 (hex) of the rows. */
  readonly hash: string;
  /** The points of each row, by the rules as of proposing; empty before. */
  readonly worth: readonly number[];
};

/** The points of a proposed list. */
export function listPoints({ worth }: Pick<GrantList, 'worth'>): number {
  return worth.reduce((sum, points) => sum + points, 0);
}

type ApproveListInput = GrantList & Pick<Approval, 'proposalId' | 'acknowledged' | 'proposedBy' | 'approvedBy'>;

type ApproveListReply = { id: string; community_id: string; rows: number; points: number; approved_at: number };

/** Approves a list of grants. Reached through a proposal only. */
const approveGrantList: Command<ApproveListInput, ApproveListReply> = {
  name: 'approve-grant-list',
  load: loadApproveList,
  decide: decideApproveList,
};

export const grantListMatter = matter('grant_list', {
  office: 'community',
  command: approveGrantList,
  complete: (list: GrantList, { proposalId, acknowledged, proposedBy, approvedBy }) => ({
    ...list,
    proposalId,
    acknowledged,
    proposedBy,
    approvedBy,
  }),
  listed: {
    want: (list, by, known) => [...wantRules(list, by), ...wantOwnPeople([by.id], peopleOf(list), known)],
    input: proposedList,
    people: peopleOf,
  },
});

/** The list with its points; refused if a row has none by the rules, if a reference is in it twice, or if the officer who proposes is. */
function proposedList(facts: Facts, list: GrantList, { by, at }: Proposing): GrantList | Refusal {
  const worth = worthOf(facts, list, by, at);
  if ('refused' in worth) return worth;
  const [twice] = referencesTwice(list.rows).values();
  if (twice) return twice;
  return refuseOwnPeople(facts, [by.id], list.rows, at) ?? { ...list, worth };
}

/** The refusals of rows with the reference of a row before them, by the places of the rows. */
export function referencesTwice(rows: readonly ListedDeed[]): Map<number, Refusal> {
  const first = new Map<string, number>();
  const twice = new Map<number, Refusal>();
  for (const [n, { externalReference }] of rows.entries()) {
    if (externalReference === null) continue;
    const row = first.getOrInsert(foldedReference(externalReference), n + 1);
    if (row !== n + 1) twice.set(n, refuse('reference_in_list', { external_reference: externalReference, row }));
  }
  return twice;
}

function loadApproveList({ proposedBy, approvedBy, ...list }: ApproveListInput, known: Known): readonly Want[] {
  const officers = [proposedBy.id, approvedBy];
  return [...wantRules(list, proposedBy), ...wantExposure(proposedBy.communityId!), ...wantOwnPeople(officers, peopleOf(list), known)];
}

function decideApproveList(facts: Facts, input: ApproveListInput, { at }: Call): Decision<ApproveListReply> {
  const { rows, hash, acknowledged, proposalId, proposedBy, approvedBy } = input;
  const communityId = proposedBy.communityId!;
  const points = listPoints(input);
  if (acknowledged?.hash !== hash || acknowledged.points !== points) return refuse('list_not_seen');
  const worth = worthOf(facts, input, proposedBy, at);
  if ('refused' in worth) return worth;
  if (worth.some((now, n) => now !== input.worth[n]))
    return refuse('list_points_changed', { approved: points, points_now: listPoints({ worth }) });
  const own = refuseOwnPeople(facts, [proposedBy.id, approvedBy], rows, at);
  if (own) return own;
  const overTheLimit = overExposure(exposureUse(facts, communityId, points, at));
  if (overTheLimit) return overTheLimit;

  // From here on it succeeds.
  const row: Row<'grantList'> = {
    id: idOf('gls', hexOf(proposalId)),
    communityId,
    rows: rows.length,
    points,
    listHash: hash,
    approvedAt: at,
    approvedBy,
    proposedBy: proposedBy.id,
    granted: 0,
    refused: 0,
    doneAt: null,
    version: 0,
  };
  const reply = { id: row.id, community_id: communityId, rows: row.rows, points, approved_at: at };
  return { rows: [put('grantList', row)], reply };
}

function wantRules({ rows }: Pick<GrantList, 'rows'>, { communityId }: Acting): Want[] {
  const rules = new Set(rows.map(({ ruleId }) => ruleId));
  return [...(communityId === null ? [] : [one('community', communityId)]), ...[...rules].map((id) => many('actionRule', 'rule', id))];
}

/** The points of each row by the rules as they are now, or the refusal that a row of the list meets whoever it is for. */
function worthOf(facts: Facts, { rows }: Pick<GrantList, 'rows'>, by: Acting, at: number): number[] | Refusal {
  const over = hasBeenSucceeded(facts, by.communityId!, at);
  if (over) return over;
  const worth = rows.map((row) => worthOfRow(facts, row, by));
  return worth.find((each) => typeof each === 'object') ?? (worth as number[]);
}

function worthOfRow(facts: Facts, { ruleId, occurredOn, quantity, points }: ListedDeed, by: Acting): number | Refusal {
  const versions = facts.list('actionRule', 'rule', ruleId);
  if (!versions[0]) return refuse('action_rule_not_found', { action_rule_id: ruleId });
  if (!actsFor(by, versions[0].communityId)) return refuse('foreign_community', { community_id: versions[0].communityId });
  const rule = versionFor(versions, occurredOn);
  if (!rule) return refuse('action_rule_not_valid', { action_rule_id: ruleId, occurred_on: occurredOn });
  return pointsFor(rule, { quantity, points }) ?? refuse('points_out_of_range', { class: rule.class, at_most: rule.points });
}

function peopleOf({ rows }: Pick<GrantList, 'rows'>): string[] {
  return rows.map(({ residentId }) => residentId);
}

type FinishListInput = { readonly id: string; readonly granted: number; readonly refused: number };

/** Notes that every row of a list has its outcome. */
export const finishGrantList: Command<FinishListInput, { id: string; done_at: number }> = {
  name: 'finish-grant-list',
  load: loadFinishList,
  decide: decideFinishList,
};

function loadFinishList({ id }: FinishListInput): readonly Want[] {
  return [one('grantList', id)];
}

function decideFinishList(
  facts: Facts,
  { id, granted, refused }: FinishListInput,
  { at }: Call,
): Decision<{ id: string; done_at: number }> {
  const list = facts.get('grantList', id);
  if (!list) throw new Error(`no list of grants ${id}`);
  return { rows: [put('grantList', { ...list, granted, refused, doneAt: at })], reply: { id, done_at: at } };
}
