/** An approved list of grants: each row with its outcome, while the rows are granted and afterwards. */
import { useQuery } from '@tanstack/react-query';
import { Card } from 'antd';
import { Link, useLocation, useParams } from 'wouter';
import { answer, api, type Schemas } from '../../api/client.ts';
import { column, figures, Rows } from '../../console/data-table.tsx';
import { ReasonDialog } from '../../console/dialog.tsx';
import { Facts } from '../../console/facts.tsx';
import { Mark } from '../../console/mark.tsx';
import { Page } from '../../console/page.tsx';
import { Shown } from '../../console/states.tsx';
import { useConsole } from '../../console/words.ts';
import { points, timeOf } from '../../shared/format.ts';
import { useSignedIn } from '../../shared/session.tsx';
import { useLanguage } from '../../shared/text.tsx';
import type { Item } from '../grant/batch-check.ts';
import { proposeLines } from '../grant/batch-send.ts';
import { said } from '../grant/said.ts';
import { useOwn } from '../names.ts';
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
      <ProposeAgain list={list} />
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

/** Has the refused rows proposed anew, as they are: a refusal is final, and its reason may be gone. */
function ProposeAgain({ list: { id, community_id: home, done_at: doneAt, rows } }: { readonly list: List }) {
  const words = useWords().proposals.list;
  const own = useOwn();
  const [, go] = useLocation();
  const { scopes } = useSignedIn();
  const refused = rows.filter(({ status, resident_name: name }) => status === 'refused' && name !== null);
  if (doneAt === null || refused.length === 0 || home !== own || !scopes.includes('proposals:write')) return null;
  const lines = refused.map((row) => ({ line: row.number, item: deedOf(row) }));
  return (
    <div className="gap">
      <ReasonDialog
        name={`again-${id}`}
        label={words.again(refused.length)}
        title={words.again(refused.length)}
        write={({ reason }, key) => proposeLines(lines, reason, key)}
        said={({ rows: many }) => words.againDone(many)}
        done={({ id: proposalId }) => go(`/proposals/${proposalId}`)}
      >
        <p>{words.againHint}</p>
      </ReasonDialog>
    </div>
  );
}

function deedOf({ action_rule_id, resident_id, quantity, points: named, occurred_on, description, external_reference }: Row): Item {
  const deed = { action_rule_id, resident_id, quantity, occurred_on, description, external_reference: external_reference! };
  return named === null ? deed : { ...deed, points: named };
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
