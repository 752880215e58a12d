/** The proposals that wait for a second officer of the street office, and the outcome of the others. */
import { Card, Segmented } from 'antd';
import { useState } from 'react';
import { Link } from 'wouter';
import { answer, api, type Schemas } from '../../api/client.ts';
import { column, DataTable, pageAt, usePages } from '../../console/data-table.tsx';
import { Page } from '../../console/page.tsx';
import { timeOf } from '../../shared/format.ts';
import { Mark } from '../../console/mark.tsx';
import { useWords } from '../words.ts';
import { useProposalTitle } from './matters.tsx';

type Status = Schemas['Proposal']['status'];

const tones = { open: 'warn', approved: 'good', declined: 'bad', lapsed: 'plain' } as const;
const STATUSES = Object.keys(tones) as Status[];

export function StatusTag({ status }: { readonly status: Status }) {
  const { states } = useWords();
  return <Mark tone={tones[status]}>{states.proposal[status]}</Mark>;
}

export function ProposalsPage() {
  const { proposals: words, states } = useWords();
  const [status, setStatus] = useState<Status | ''>('open');
  const title = useProposalTitle();
  const pages = usePages(['proposals', 'list', status], (cursor) =>
    answer(api.GET('/v1/proposals', { params: { query: { ...pageAt(cursor), ...(status !== '' && { status }) } } })),
  );
  return (
    <Page title={words.title}>
      <p className="lead">{words.lead}</p>
      <Segmented<Status | ''>
        className="gap"
        aria-label={words.status}
        value={status}
        onChange={setStatus}
        options={[...STATUSES.map((value) => ({ value, label: states.proposal[value] })), { value: '' as const, label: words.every }]}
      />
      <Card>
        <DataTable<Schemas['Proposal']>
          label={words.title}
          empty={status === 'open' ? words.noneOpen : words.none}
          pages={pages}
          rowKey={({ id }) => id}
          columns={[
            column(words.what, (proposal) => (
              <Link href={`/proposals/${proposal.id}`} className="prose">
                {title(proposal)}
              </Link>
            )),
            column(words.status, (proposal) => <StatusTag status={proposal.status} />),
            column(words.reason, ({ reason }) => <span className="prose">{reason}</span>),
            column(words.by, ({ proposed_by_name: name }) => name ?? '–'),
            column(words.at, ({ proposed_at: at }) => timeOf(at)),
            column(words.lapses, ({ lapses_at: at, status: now }) => (now === 'open' ? timeOf(at) : '–')),
          ]}
        />
      </Card>
    </Page>
  );
}
