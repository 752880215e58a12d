/** A proposal: what it is, and approving, declining or withdrawing it. */
import { useQuery } from '@tanstack/react-query';
import { Alert, Card } from 'antd';
import { useState } from 'react';
import { Link } from 'wouter';
import { answer, api } from '../../api/client.ts';
import { Facts } from '../../console/facts.tsx';
import { Page } from '../../console/page.tsx';
import { Secret } from '../../console/secret.tsx';
import { Shown } from '../../console/states.tsx';
import { timeOf } from '../../shared/format.ts';
import { useSignedIn } from '../../shared/session.tsx';
import { useWords } from '../words.ts';
import { type Approved, Approve, Decline } from './decide.tsx';
import { StatusTag } from './proposals.tsx';
import { type Proposal, useProposalFacts, useProposalTitle } from './matters.tsx';

export function ProposalPage({ id }: { readonly id: string }) {
  const { proposals: words } = useWords();
  const title = useProposalTitle();
  const query = useQuery({
    queryKey: ['proposals', id],
    queryFn: () => answer(api.GET('/v1/proposals/{id}', { params: { path: { id } } })),
  });
  return (
    <Page title={query.data ? title(query.data) : words.one} actions={<Link href="/proposals">{words.all}</Link>}>
      <Shown query={query}>{(proposal) => <Known proposal={proposal} />}</Shown>
    </Page>
  );
}

function Known({ proposal }: { readonly proposal: Proposal }) {
  const { proposals: words } = useWords();
  const facts = useProposalFacts(proposal);
  const [approved, setApproved] = useState<Approved>();
  const { decided_at: at, decided_by_name: by, decision_reason: said } = proposal;
  return (
    <>
      {approved && <ShownOnce approved={approved} />}
      <Card className="gap">
        <Facts
          items={[
            ...facts,
            [words.reason, proposal.reason],
            [words.by, words.byAt(proposal.proposed_by_name ?? '–', timeOf(proposal.proposed_at))],
            [words.status, <StatusTag key="status" status={proposal.status} />],
            ...(proposal.status === 'open' ? [[words.lapses, timeOf(proposal.lapses_at)] as const] : []),
            ...(at === null ? [] : [[words.decided, words.byAt(by ?? '–', timeOf(at))] as const]),
            ...(said === null ? [] : [[words.decisionReason, said] as const]),
          ]}
        />
      </Card>
      {proposal.status === 'open' && <Decision proposal={proposal} approved={setApproved} />}
    </>
  );
}

/** The secret that an approval brings, if any, shown once to be handed over: a temporary password, or a client's secret. */
function ShownOnce({ approved }: { readonly approved: Approved }) {
  const { proposals: words } = useWords();
  const { result, client_secret: secret } = approved;
  if ('temporary_password' in result && result.temporary_password !== undefined) {
    return <Secret title={words.passwordOnce} parts={[{ label: words.temporaryPassword, value: result.temporary_password }]} />;
  }
  if (secret === undefined || !('client_id' in result)) return null;
  return (
    <Secret
      title={words.secretOnce}
      parts={[
        { label: words.clientId, value: result.client_id },
        { label: words.clientSecret, value: secret },
      ]}
    />
  );
}

function Decision({ proposal, approved }: { readonly proposal: Proposal; readonly approved: (reply: Approved) => void }) {
  const { proposals: words } = useWords();
  const own = useSignedIn().officer_id === proposal.proposed_by;
  return (
    <Card title={<h2>{words.decide}</h2>}>
      {own ? <Alert type="info" showIcon className="gap" title={words.own} /> : <Approve proposal={proposal} done={approved} />}
      <Decline proposal={proposal} own={own} />
    </Card>
  );
}
