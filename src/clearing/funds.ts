import { idOf } from '../store/index.ts';
import {
  account,
  type Call,
  type Command,
  cr,
  type Decision,
  dr,
  entryId,
  type Facts,
  type Known,
  one,
  type Want,
} from '../ledger/index.ts';
import type { Acting } from '../access/index.ts';
import { bankMoved, bankReferenceUsed, wantBankReference } from './bank.ts';
import { refuse } from './refusals.ts';

export type ContributeInput = {
  /** An officer of the street office, who attests that the money came in. */
  readonly by: Acting;
  readonly communityId: string;
  readonly fen: number;
  /** The bank's reference of the contribution: it counts once an account. */
  readonly bankReference: string;
};

export type ContributionReply = {
  id: string;
  community_id: string;
  fen: number;
  bank_reference: string;
  business_day: string;
  booked_at: number;
  entry_id: string;
};

/** Books a contribution that came in on a community's bank account for its fund, which limits its grants. */
export const contribute: Command<ContributeInput, ContributionReply> = {
  name: 'contribute',
  load: loadContribute,
  decide: decideContribute,
};

function loadContribute({ communityId, bankReference }: ContributeInput, known: Known): readonly Want[] {
  return [one('community', communityId), ...wantBankReference(communityId, bankReference, known)];
}

function decideContribute(facts: Facts, { by, communityId, fen, bankReference }: ContributeInput, call: Call): Decision<ContributionReply> {
  if (by.communityId !== null) return refuse('street_only');
  if (!facts.get('community', communityId)) return refuse('community_not_found', { community_id: communityId });
  const used = bankReferenceUsed(facts, communityId, bankReference);
  if (used) return used;

  // From here on it succeeds.
  const id = idOf('con', call.id);
  const entry = entryId(call);
  const movement = { reference: bankReference, communityId, kind: 'contribution', fen, subject: id, entryId: entry };
  return {
    entries: [
      {
        kind: 'contribution',
        effectiveAt: call.at,
        subject: id,
        postings: [dr(account.bank(communityId), fen), cr(account.fund(communityId), fen)],
      },
    ],
    rows: bankMoved(movement, call.at),
    reply: {
      id,
      community_id: communityId,
      fen,
      bank_reference: bankReference,
      business_day: call.day,
      booked_at: call.at,
      entry_id: entry,
    },
  };
}
