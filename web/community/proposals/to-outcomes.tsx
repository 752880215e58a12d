import { Link } from 'wouter';
import type { Schemas } from '../../api/client.ts';
import { useWords } from '../words.ts';

type Proposal = Schemas['Proposal'];

/** The id of the list that was approved, if a list was. */
export function listApproved(result: NonNullable<Proposal['result']>): string | undefined {
  return 'grant_list_id' in result ? result.grant_list_id : undefined;
}

/** Leads to the outcomes of an approved list. */
export function ToOutcomes({ proposal: { result } }: { readonly proposal: Proposal }) {
  const words = useWords().proposals.list;
  const listId = result === null ? undefined : listApproved(result);
  return listId !== undefined && <Link href={`/proposals/lists/${listId}`}>{words.toOutcomes}</Link>;
}
