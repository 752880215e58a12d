/** A settlement run: how far it is, what is missing by whom, and all that belongs to it. */
import { Card, Tabs } from 'antd';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { Facts } from '../../console/facts.tsx';
import { Page } from '../../console/page.tsx';
import { Empty, Shown } from '../../console/states.tsx';
import { yuanFixed } from '../../shared/format.ts';
import { NettingOf } from '../flows/netting.tsx';
import { type Run, useRun } from '../queries.ts';
import { useWords } from '../words.ts';
import { CloseRun } from './close-run.tsx';
import { Disputes } from './disputes.tsx';
import { Payments } from './payments.tsx';
import { Payouts } from './payouts.tsx';
import { Statements } from './statements.tsx';
import { RunSteps } from './steps.tsx';

const tabs = ['payments', 'payouts', 'positions', 'statements'] as const;
export type RunTab = (typeof tabs)[number];

/** The tab that a path names, or the first one. */
export function runTab(named: string | undefined): RunTab {
  return tabs.find((tab) => tab === named) ?? 'payments';
}

export function RunPage({ id, tab }: { readonly id: string; readonly tab: RunTab }) {
  const { runs: words } = useWords();
  const query = useRun(id);
  const run = query.data;
  return (
    <Page
      title={run ? words.titleOf(run.number) : words.one}
      actions={
        <>
          <Link href="/runs">{words.all}</Link>
          {run?.state === 'open' && <CloseRun run={run} />}
        </>
      }
    >
      <Shown query={query}>{(found) => <RunParts run={found} tab={tab} />}</Shown>
    </Page>
  );
}

function RunParts({ run, tab }: { readonly run: Run; readonly tab: RunTab }) {
  const { runs: words } = useWords();
  const [, go] = useLocation();
  const parts: Record<RunTab, ReactNode> = {
    payments: <Payments run={run} />,
    payouts: <Payouts run={run} />,
    positions: <Disputes run={run} />,
    statements: <Statements run={run} />,
  };
  return (
    <>
      <Card className="gap">
        <p className="lead">{words.daysOf(run.from_day, run.through_day)}</p>
        <RunSteps run={run} />
      </Card>
      {run.state === 'open' ? (
        <Card>
          <Empty title={words.notClosed} />
        </Card>
      ) : (
        <>
          <Card className="gap" title={<h2>{words.sums}</h2>}>
            <Sums run={run} />
            <NettingOf run={run} />
          </Card>
          <Card>
            <Tabs
              activeKey={tab}
              onChange={(next) => go(`/runs/${run.id}/${next}`)}
              items={tabs.map((key) => ({ key, label: words.tabs[key], children: parts[key] }))}
              destroyOnHidden
            />
          </Card>
        </>
      )}
    </>
  );
}

function Sums({ run }: { readonly run: Run }) {
  const { runs: words } = useWords();
  const { left } = run;
  const nothing = Object.values(left).every((fen) => fen === 0);
  return (
    <Facts
      items={[
        [words.gross, yuanFixed(run.gross_fen!)],
        [words.net, yuanFixed(run.net_fen!)],
        [words.saved, yuanFixed(run.saved_fen!)],
        [words.left, nothing ? words.nothingLeft : words.leftOf(yuanFixed(left.clearing_fen), yuanFixed(left.payable_fen))],
      ]}
    />
  );
}
