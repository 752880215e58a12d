import { Segmented, Space } from 'antd';
import { useState } from 'react';
import { Link } from 'wouter';
import { answer, api, type Schemas } from '../../api/client.ts';
import { column, DataTable, pageAt, usePages } from '../../console/data-table.tsx';
import { Page } from '../../console/page.tsx';
import { useConsole } from '../../console/words.ts';
import { timeOf } from '../../shared/format.ts';
import { useSignedIn } from '../../shared/session.tsx';
import { useOfficerName } from '../names.ts';
import { useWords } from '../words.ts';
import { Approve, Decline } from './decide.tsx';
import { Described } from './described.tsx';
import { ToOutcomes } from './to-outcomes.tsx';
import { Mark } from '../../console/mark.tsx';

type Proposal = Schemas['Proposal'];

export function ProposalsPage() {
  const words = useWords().proposals;
  const { matters } = useConsole();
  const officer = useOfficerName();
  const [open, setOpen] = useState(true);
  const pages = usePages<Proposal>(['proposals', open], (cursor) =>
    answer(api.GET('/v1/proposals', { params: { query: { ...pageAt(cursor), ...(open && { status: 'open' as const }) } } })),
  );
  return (
    <Page title={words.title}>
      <p>{words.intro}</p>
      <Segmented
        className="gap"
        aria-label={words.which}
        options={[
          { value: true, label: words.open },
          { value: false, label: words.all },
        ]}
        value={open}
        onChange={setOpen}
      />
      <DataTable<Proposal>
        label={words.title}
        pages={pages}
        rowKey={({ id }) => id}
        empty={open ? words.noneOpen : words.none}
        columns={[
          column(words.proposedAt, ({ proposed_at: at }) => timeOf(at)),
          column(words.command, ({ command }) => matters[command].called),
          column(words.what, (proposal) => <Described proposal={proposal} />),
          column(words.reason, ({ reason }) => <span className="prose">{reason}</span>),
          column(words.by, ({ proposed_by: by }) => officer(by)),
          column(words.state, (proposal) => <State proposal={proposal} />),
        ]}
      />
    </Page>
  );
}

/** The state of a proposal: while it is open, the officer whose turn it is and the buttons to decide; afterwards, how it ended. */
function State({ proposal }: { readonly proposal: Proposal }) {
  const words = useWords().proposals;
  const officer = useOfficerName();
  const { officer_id: self, scopes } = useSignedIn();
  const { status, proposed_by: by, decided_by: decider, decided_at: at, decision_reason: why, lapses_at: lapses } = proposal;
  if (status !== 'open') {
    return (
      <Space orientation="vertical" size={0}>
        <Mark tone={status === 'approved' ? 'good' : 'plain'}>{words.statuses[status]}</Mark>
        {decider !== null && at !== null && <span>{words.decided(officer(decider), timeOf(at))}</span>}
        {why !== null && <span className="prose">{why}</span>}
        <ToOutcomes proposal={proposal} />
      </Space>
    );
  }
  const own = by === self;
  return (
    <Space orientation="vertical" size="small">
      <strong>{own ? words.otherTurn : words.yourTurn}</strong>
      <span>{words.lapses(timeOf(lapses))}</span>
      {scopes.includes('proposals:write') && <Decide proposal={proposal} own={own} />}
    </Space>
  );
}

/** A list is approved on its own page, where it is checked first; everything else here. */
function Decide({ proposal, own }: { readonly proposal: Proposal; readonly own: boolean }) {
  const words = useWords().proposals;
  if (proposal.command === 'grant_list') return <Link href={`/proposals/${proposal.id}`}>{words.openList}</Link>;
  return (
    <Space wrap>
      {!own && <Approve proposalId={proposal.id} />}
      <Decline proposalId={proposal.id} own={own} />
    </Space>
  );
}
