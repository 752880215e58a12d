/** One proposal: what it asks for, for a list all of its rows, and the decision. */
import { useQuery } from '@tanstack/react-query';
import { Button, Card, Checkbox, Space } from 'antd';
import { useState } from 'react';
import { Link, useLocation, useParams } from 'wouter';
import { answer, api, type Schemas } from '../../api/client.ts';
import { Facts } from '../../console/facts.tsx';
import type { Inputs } from '../../console/matters.ts';
import { Page } from '../../console/page.tsx';
import { Shown } from '../../console/states.tsx';
import { useConsole } from '../../console/words.ts';
import { timeOf } from '../../shared/format.ts';
import { useSignedIn } from '../../shared/session.tsx';
import { useWords } from '../words.ts';
import { Approve, Decline } from './decide.tsx';
import { Described } from './described.tsx';
import { ListRows } from './list-rows.tsx';
import { listApproved, ToOutcomes } from './to-outcomes.tsx';

type Proposal = Schemas['Proposal'];

export function ProposalPage() {
  const words = useWords().proposals;
  const { matters } = useConsole();
  const { id } = useParams<{ readonly id: string }>();
  const query = useQuery({
    queryKey: ['proposals', 'one', id],
    queryFn: () => answer(api.GET('/v1/proposals/{id}', { params: { path: { id } } })),
  });
  return (
    <Page title={query.data ? matters[query.data.command].called : words.one} actions={<Link href="/proposals">{words.back}</Link>}>
      <Shown query={query}>{(proposal) => <Known proposal={proposal} />}</Shown>
    </Page>
  );
}

function Known({ proposal }: { readonly proposal: Proposal }) {
  const words = useWords().proposals;
  const { scopes, officer_id: self } = useSignedIn();
  const { status, reason, names, proposed_by_name: by, proposed_at: at } = proposal;
  const list = proposal.command === 'grant_list' ? (proposal.input as Inputs['grant_list']) : undefined;
  return (
    <>
      <Card className="gap">
        <Facts
          items={[
            [words.what, <Described key="what" proposal={proposal} />],
            [words.reason, reason],
            [words.by, words.decided(by ?? '–', timeOf(at))],
            [words.state, status === 'open' ? words.lapses(timeOf(proposal.lapses_at)) : words.statuses[status]],
          ]}
        />
        <ToOutcomes proposal={proposal} />
      </Card>
      {list && (
        <section className="gap">
          <ListRows input={list} names={names} />
        </section>
      )}
      {status === 'open' && scopes.includes('proposals:write') && (
        <Decision proposal={proposal} list={list} own={proposal.proposed_by === self} />
      )}
    </>
  );
}

type DecisionProps = { readonly proposal: Proposal; readonly list: Inputs['grant_list'] | undefined; readonly own: boolean };

function Decision({ proposal: { id }, list, own }: DecisionProps) {
  const words = useWords().proposals;
  return (
    <Card className="gap" title={<h2>{own ? words.otherTurn : words.yourTurn}</h2>}>
      {own ? (
        <Decline proposalId={id} own />
      ) : (
        <Space orientation="vertical">
          {list ? <ApproveList proposalId={id} list={list} /> : <Approve proposalId={id} />}
          <Decline proposalId={id} own={false} />
        </Space>
      )}
    </Card>
  );
}

type ApproveListProps = { readonly proposalId: string; readonly list: Inputs['grant_list'] };

/** The approver says first that the list and its sum were checked, and sends back which list that was. */
function ApproveList({ proposalId, list: { hash, points } }: ApproveListProps) {
  const words = useWords().proposals;
  const [checked, setChecked] = useState(false);
  const [, go] = useLocation();
  return (
    <Space orientation="vertical">
      <Checkbox checked={checked} onChange={({ target }) => setChecked(target.checked)}>
        {words.list.checked}
      </Checkbox>
      {checked ? (
        <Approve
          proposalId={proposalId}
          acknowledged={{ hash, points }}
          done={({ result }) => {
            const listId = listApproved(result);
            if (listId !== undefined) go(`/proposals/lists/${listId}`);
          }}
        />
      ) : (
        <>
          <Button size="small" disabled>
            {words.approve}
          </Button>
          <span>{words.list.checkFirst}</span>
        </>
      )}
    </Space>
  );
}
