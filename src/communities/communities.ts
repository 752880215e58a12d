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
