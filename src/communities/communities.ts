import { type Call, type Command, type Decision, type Facts, one, put, type Want } from '../ledger/index.ts';
import { refuse } from './refusals.ts';

export type AddCommunityInput = {
  /** A short slug, for ever: it stands in account paths. */
  readonly id: string;
  readonly name: string;
  /** The statistical code, where one is known. */
  readonly code: string | null;
};

type AddCommunityReply = { id: string; opened_at: number };

export const addCommunity: Command<AddCommunityInput, AddCommunityReply> = {
  name: 'add-community',
  load: loadAddCommunity,
  decide: decideAddCommunity,
};

function loadAddCommunity({ id }: AddCommunityInput): readonly Want[] {
  return [one('community', id)];
}

function decideAddCommunity(facts: Facts, { id, name, code }: AddCommunityInput, { at }: Call): Decision<AddCommunityReply> {
  if (facts.get('community', id)) return refuse('community_exists', { community_id: id });
  return {
    rows: [put('community', { id, name, code, openedAt: at, successorId: null, succeededFrom: null, version: 0 })],
    reply: { id, opened_at: at },
  };
}

type RenameCommunityInput = { readonly id: string; readonly name: string };

type RenameCommunityReply = { id: string };

/** Gives a community another name. Its id stays, and so do the names in statements that were made before. */
export const renameCommunity: Command<RenameCommunityInput, RenameCommunityReply> = {
  name: 'rename-community',
  load: loadRenameCommunity,
  decide: decideRenameCommunity,
};

function loadRenameCommunity({ id }: RenameCommunityInput): readonly Want[] {
  return [one('community', id)];
}

function decideRenameCommunity(facts: Facts, { id, name }: RenameCommunityInput): Decision<RenameCommunityReply> {
  const community = facts.get('community', id);
  if (!community) return refuse('community_not_found', { community_id: id });
  return { rows: [put('community', { ...community, name })], reply: { id } };
}
