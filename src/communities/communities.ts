import { type Command, one, put } from '../ledger/index.ts';
import { refuse } from './refusals.ts';

export type AddCommunityInput = {
  /** A short slug, for ever: it stands in account paths. */
  readonly id: string;
  readonly name: string;
  /** The statistical code, where one is known. */
  readonly code: string | null;
};

export const addCommunity: Command<AddCommunityInput, { id: string; opened_at: number }> = {
  name: 'add-community',
  load: ({ id }) => [one('community', id)],
  decide(facts, { id, name, code }, { at }) {
    if (facts.get('community', id)) return refuse('community_exists', { community_id: id });
    return {
      rows: [put('community', { id, name, code, openedAt: at, successorId: null, succeededFrom: null, version: 0 })],
      reply: { id, opened_at: at },
    };
  },
};

/** Gives a community another name. Its id stays, and so do the names in statements that were made before. */
export const renameCommunity: Command<{ readonly id: string; readonly name: string }, { id: string }> = {
  name: 'rename-community',
  load: ({ id }) => [one('community', id)],
  decide(facts, { id, name }) {
    const community = facts.get('community', id);
    if (!community) return refuse('community_not_found', { community_id: id });
    return { rows: [put('community', { ...community, name })], reply: { id } };
  },
};
