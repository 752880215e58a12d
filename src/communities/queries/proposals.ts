import { and, desc, eq, gt, lt, lte } from 'drizzle-orm';
import { ofOffice, type Page, type Row, rowByKey, type View } from '../../store/index.ts';

export const proposalStatuses = ['open', 'approved', 'declined', 'lapsed'] as const;
export type ProposalStatus = (typeof proposalStatuses)[number];

/** The status of a proposal at `at`: an open one whose deadline is past has lapsed, although no row says so. */
export function proposalStatus({ status, lapsesAt }: Row<'proposal'>, at: number): ProposalStatus {
  return status === 'open' && at >= lapsesAt ? 'lapsed' : (status as ProposalStatus);
}

/** Selects proposals: a community's, or the street office's (null); with `status`, those that have it at `at`; with `residentId`, those that concern this resident. */
export type ProposalFilter = {
  readonly communityId: string | null;
  readonly status: ProposalStatus | undefined;
  readonly residentId: string | undefined;
  readonly at: number;
};

/** Proposals, newest first. */
export async function proposalsPage(
  { read, tables: { proposal } }: View,
  { communityId, status, residentId, at }: ProposalFilter,
  { limit, after }: Page,
) {
  const filters = [
    ofOffice(proposal.communityId, communityId),
    status === undefined ? undefined : eq(proposal.status, status === 'lapsed' ? 'open' : status),
    status === 'open' ? gt(proposal.lapsesAt, at) : status === 'lapsed' ? lte(proposal.lapsesAt, at) : undefined,
    residentId === undefined ? undefined : eq(proposal.residentId, residentId),
    after === undefined ? undefined : lt(proposal.id, after),
  ];
  return read
    .select()
    .from(proposal)
    .where(and(...filters))
    .orderBy(desc(proposal.id))
    .limit(limit + 1);
}

export function proposalById(view: View, id: string): Promise<Row<'proposal'> | undefined> {
  return rowByKey(view, 'proposal', id);
}
