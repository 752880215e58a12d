/** An approved list of grants: each row with its outcome, while the rows are granted and afterwards. */
import { useQuery } from '@tanstack/react-query';
import { Card } from 'antd';
import { Link, useParams } from 'wouter';
import { answer, api, type Schemas } from '../../api/client.ts';
import { column, figures, Rows } from '../../console/data-table.tsx';
import { Facts } from '../../console/facts.tsx';
import { Mark } from '../../console/mark.tsx';
import { Page } from '../../console/page.tsx';
import { Shown } from '../../console/states.tsx';
import { useConsole } from '../../console/words.ts';
import { points, timeOf } from '../../shared/format.ts';
import { useLanguage } from '../../shared/text.tsx';
import { said } from '../grant/said.ts';
import { useWords } from '../words.ts';

type List = Schemas['GrantList'];
type Row = List['rows'][number];

const AGAIN_MS = 1_000;

export function GrantListPage() {
  const words = useWords().proposals;
  const { id } = useParams<{ readonly id: string }>();
  const query = useQuery({
    queryKey: ['grant-lists', id],
    queryFn: () => answer(api.GET('/v1/grant-lists/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => (state.data?.done_at === null ? AGAIN_MS : false),
  });
  return (
    <Page title={words.list.title} actions={<Link href="/proposals">{words.back}</Link>}>
      <Shown query={query}>{(list) => <Known list={list} />}</Shown>
    </Page>
  );
}

function Known({ list }: { readonly list: List }) {
  const words = useWords().proposals;
  const matter = useConsole().matters.grant_list;
  const { rows, done_at: doneAt, proposed_by_name: proposer, approved_by_name: approver } = list;
  const people = new Set(rows.map(({ resident_id: id }) => id)).size;
  const done = rows.filter(({ status }) => status !== 'waiting').length;
  return (
    <>
      <Card className="gap">
        <Facts
          items={[
            [words.what, matter.sum(points(rows.length), points(people), points(list.points))],
            [words.by, proposer ?? '–'],
            [words.list.approvedBy, words.decided(approver ?? '–', timeOf(list.approved_at))],
          ]}
        />
        <p role="status">
          <strong>{doneAt === null ? words.list.running(done, rows.length) : words.list.done(list.granted, list.refused)}</strong>
        </p>
      </Card>
      <Rows<Row>
        label={words.list.outcomes}
        rows={rows}
        rowKey={({ number }) => String(number)}
        columns={[
          figures(words.list.number, ({ number }) => number),
          column(words.list.resident, ({ resident_name: name }) => name ?? words.list.nobody),
          column(words.list.rule, ({ action_rule_name: name }) => name),
          column(words.list.occurredOn, ({ occurred_on: day }) => day),
          column(words.list.description, ({ description }) => <span className="prose">{description}</span>),
          figures(words.list.points, ({ worth }) => points(worth)),
          column(words.list.outcome, (row) => <Outcome row={row} />),
        ]}
      />
    </>
  );
}

const TONES = { waiting: 'plain', granted: 'good', refused: 'bad' } as const;

function Outcome({ row: { status, refusal } }: { readonly row: Row }) {
  const { statuses } = useWords().proposals.list;
  const { language } = useLanguage();
  return (
    <span className="prose">
      <Mark tone={TONES[status]}>{statuses[status]}</Mark> {refusal && said(refusal, language)}
    </span>
  );
}
