import { useQueryClient } from '@tanstack/react-query';
import { Segmented, Space } from 'antd';
import { useState } from 'react';
import { keyedAt, useAttempt } from '../../api/attempt.ts';
import { answer, api, type Schemas } from '../../api/client.ts';
import { AttemptButton } from '../../console/attempt-button.tsx';
import { column, DataTable, pageAt, usePages } from '../../console/data-table.tsx';
import { ReasonDialog } from '../../console/dialog.tsx';
import { Page } from '../../console/page.tsx';
import { useConsole } from '../../console/words.ts';
import { timeOf } from '../../shared/format.ts';
import { useSignedIn } from '../../shared/session.tsx';
import { useOfficerName } from '../names.ts';
import { useWords } from '../words.ts';
import { Described } from './described.tsx';
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

function Decide({ proposal: { id }, own }: { readonly proposal: Proposal; readonly own: boolean }) {
  const words = useWords().proposals;
  const queries = useQueryClient();
  const done = () => void queries.invalidateQueries();
  const approve = useAttempt((of: string, key: string) =>
    answer(api.POST('/v1/proposals/{id}/approval', { ...keyedAt(key, { id: of }), body: {} })),
  );
  return (
    <Space wrap>
      {!own && (
        <AttemptButton attempt={approve} input={id} size="small" done={done}>
          {words.approve}
        </AttemptButton>
      )}
      <ReasonDialog
        name={`decline-${id}`}
        label={own ? words.withdraw : words.decline}
        title={own ? words.withdrawTitle : words.declineTitle}
        write={(body, key) => answer(api.POST('/v1/proposals/{id}/decline', { ...keyedAt(key, { id }), body }))}
        done={done}
      />
    </Space>
  );
}
