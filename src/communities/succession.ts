import {
  addDays,
  type Call,
  type Command,
  dayOf,
  type Decision,
  type Facts,
  type Known,
  one,
  put,
  type Refusal,
  type Row,
  type Want,
} from '../ledger/index.ts';
import { matter } from './matter.ts';
import { wantSuccession } from './owing.ts';
import { refuse } from './refusals.ts';

type SetSuccessorInput = {
  readonly communityId: string;
  readonly successorId: string;
  /** The first business day whose redemptions and reversals are the successor's to bear and to pay. */
  readonly effectiveFrom: string;
};

type SuccessorReply = { community_id: string; successor_id: string; effective_from: string };

/**
 * Makes one community the successor of another, once and for all: from that day on it bears the cost of the other's points and pays the
 * other's merchants. Points and earlier entries stay where they are. Reached through a proposal only: it takes two officers of the street.
 */
const setSuccessor: Command<SetSuccessorInput, SuccessorReply> = {
  name: 'set-successor',
  load: loadSetSuccessor,
  decide: decideSetSuccessor,
};

export const successorMatter = matter('successor', {
  office: 'street',
  command: setSuccessor,
  complete: (named: SetSuccessorInput) => named,
});

function loadSetSuccessor({ communityId, successorId }: SetSuccessorInput, known: Known): readonly Want[] {
  return [one('community', communityId), ...wantSuccession(known, successorId)];
}

function decideSetSuccessor(
  facts: Facts,
  { communityId, successorId, effectiveFrom }: SetSuccessorInput,
  call: Call,
): Decision<SuccessorReply> {
  const community = facts.get('community', communityId);
  if (!community) return refuse('community_not_found', { community_id: communityId });
  if (!facts.get('community', successorId)) return refuse('community_not_found', { community_id: successorId });
  if (community.successorId !== null) return refuse('successor_set', succession(community));
  const chain = chainOf(facts, successorId);
  if (chain.some(({ id }) => id === communityId))
    return refuse('successor_cycle', { community_id: communityId, successor_id: successorId });
  const earliest = earliestDay(call);
  if (effectiveFrom < earliest) return refuse('succession_in_the_past', { effective_from: effectiveFrom, earliest });

  // From here on it succeeds.
  const succeeded = { ...community, successorId, succeededFrom: effectiveFrom };
  return {
    // The end of the chain is written unchanged: its version then makes it a conflict if another command gives it a successor meanwhile,
    // which could close a circle.
    rows: [put('community', succeeded), put('community', chain.at(-1)!)],
    reply: { community_id: communityId, successor_id: successorId, effective_from: effectiveFrom },
  };
}

/** A community and all that succeed it one after another, on any day. */
function chainOf(facts: Facts, communityId: string): Row<'community'>[] {
  const community = facts.get('community', communityId)!;
  return community.successorId === null ? [community] : [community, ...chainOf(facts, community.successorId)];
}

/** The time after this command in which others may still be decided without seeing it. */
const UNDER_WAY_MS = 10 * 60_000;

/**
 * The first day for which no redemption or reversal is booked or under way: later reads find the bearers of a day by the successions of
 * that day.
 */
function earliestDay({ at, day }: Call): string {
  const soon = dayOf(at + UNDER_WAY_MS);
  return addDays(soon > day ? soon : day, 1);
}

/** The refusal of commands that a community may no longer give once it has a successor. Its row must be loaded. */
export function hasBeenSucceeded(facts: Facts, communityId: string, at: number): Refusal | undefined {
  const community = facts.get('community', communityId)!;
  const over = community.successorId !== null && community.succeededFrom! <= dayOf(at);
  return over ? refuse('community_succeeded', succession(community)) : undefined;
}

/** A succession that is set. */
function succession({ id, successorId, succeededFrom }: Row<'community'>) {
  return { community_id: id, successor_id: successorId!, succeeded_from: succeededFrom! };
}
