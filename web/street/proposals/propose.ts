/** Proposing what takes two officers. */
import { useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { keyed } from '../../api/attempt.ts';
import { answer, api, type Schemas } from '../../api/client.ts';
import type { paths } from '../../api/contract.d.ts';

export type Proposed = paths['/v1/proposals']['post']['requestBody']['content']['application/json'];

export function propose(body: Proposed, key: string): Promise<Schemas['Proposal']> {
  return answer(api.POST('/v1/proposals', { ...keyed(key), body }));
}

/** The step after proposing: it opens the page of the new proposal, which says what is to happen next. */
export function useProposed(): (reply: { readonly id: string }) => void {
  const queries = useQueryClient();
  const [, go] = useLocation();
  return ({ id }) => {
    void queries.invalidateQueries({ queryKey: ['proposals'] });
    go(`/proposals/${id}`);
  };
}
