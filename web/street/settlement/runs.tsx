/** All settlement runs, and opening the next one. */
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Card, Form, Input } from 'antd';
import { Link, useLocation } from 'wouter';
import { keyed } from '../../api/attempt.ts';
import { answer, api, type Schemas } from '../../api/client.ts';
import { column, figures, Rows } from '../../console/data-table.tsx';
import { FormDialog } from '../../console/dialog.tsx';
import { Page } from '../../console/page.tsx';
import { Shown } from '../../console/states.tsx';
import { today, yuanFixed } from '../../shared/format.ts';
import { useRuns } from '../queries.ts';
import { useWords } from '../words.ts';
import { RunState } from './run-state.tsx';

export function RunsPage() {
  const { runs: words } = useWords();
  const runs = useRuns();
  return (
    <Page title={words.title} actions={<OpenRun before={runs.data?.[0]} />}>
      <p className="lead">{words.lead}</p>
      <Card>
        <Shown query={runs}>{(rows) => <Runs rows={rows} />}</Shown>
      </Card>
    </Page>
  );
}

function Runs({ rows }: { readonly rows: readonly Schemas['SettlementRun'][] }) {
  const { runs: words } = useWords();
  return (
    <Rows<Schemas['SettlementRun']>
      label={words.title}
      empty={words.none}
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        column(words.number, ({ id, number }) => <Link href={`/runs/${id}`}>{words.numberOf(number)}</Link>),
        column(words.days, ({ from_day: from, through_day: through }) => words.daysOf(from, through)),
        column(words.state, (run) => <RunState run={run} />),
        figures(words.gross, ({ gross_fen }) => fen(gross_fen)),
        figures(words.net, ({ net_fen }) => fen(net_fen)),
        figures(words.saved, ({ saved_fen }) => fen(saved_fen)),
        figures(words.unconfirmed, ({ unconfirmed }) => unconfirmed),
        figures(words.unpaid, ({ unpaid }) => unpaid),
      ]}
    />
  );
}

function fen(amount: number | null): string {
  return amount === null ? '–' : yuanFixed(amount);
}

const DAY_MS = 86_400_000;

function OpenRun({ before }: { readonly before: Schemas['SettlementRun'] | undefined }) {
  const { runs: words } = useWords();
  const queries = useQueryClient();
  const [, go] = useLocation();
  const yesterday = new Date(Date.parse(today()) - DAY_MS).toISOString().slice(0, 10);
  return (
    <FormDialog
      name="run-open"
      label={words.open}
      title={words.openTitle}
      button={{ type: 'primary' }}
      initial={{ through_day: yesterday }}
      at={{ business_day_not_over: 'through_day', settlement_day_settled: 'through_day', settlement_period_too_long: 'through_day' }}
      write={(body, key) => answer(api.POST('/v1/settlement-runs', { ...keyed(key), body }))}
      done={async ({ id }) => {
        await queries.invalidateQueries({ queryKey: ['runs'] });
        go(`/runs/${id}`);
      }}
    >
      <p>{before ? words.openAfter(before.number, before.through_day) : words.openFirst}</p>
      {before && before.through_day >= yesterday && <Alert type="info" showIcon className="gap" title={words.openNothing} />}
      <Form.Item name="through_day" label={words.through} extra={words.throughHint} rules={[{ required: true }]}>
        <Input type="date" />
      </Form.Item>
    </FormDialog>
  );
}
