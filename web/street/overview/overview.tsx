/** The scheme at a glance. */
import { Page } from '../../console/page.tsx';
import { points, timeOf, today, yuan, yuanFixed } from '../../shared/format.ts';
import { sumOf } from '../figure.ts';
import { flowsOf, totalOf } from '../flows/flow.ts';
import { daysOfMonth } from '../flows/months.ts';
import { Light } from '../light.tsx';
import { useLastAudit, useLimits, useOpenProposals, usePositions, useRuns, useTrialBalance } from '../queries.ts';
import { useWords } from '../words.ts';
import { Tile } from './tile.tsx';
import { Warnings } from './warnings.tsx';

export function OverviewPage() {
  const { overview: words } = useWords();
  return (
    <Page title={words.title}>
      <div className="tiles">
        <OpenPoints />
        <RedeemedThisMonth />
        <LastRun />
        <Proposals />
        <Audit />
        <Balance />
      </div>
      <Warnings />
    </Page>
  );
}

function OpenPoints() {
  const { overview: words } = useWords();
  return (
    <Tile title={words.open} href="/limits" query={useLimits()}>
      {(limits) => [
        points(sumOf(limits, ({ granted }) => granted.open_points)),
        words.openWorth(yuan(sumOf(limits, ({ granted }) => granted.open_fen))),
      ]}
    </Tile>
  );
}

function RedeemedThisMonth() {
  const { overview: words } = useWords();
  const month = daysOfMonth(today().slice(0, 7));
  return (
    <Tile title={words.redeemed} href="/flows" query={usePositions(month)}>
      {({ items }) => {
        const total = totalOf(flowsOf(items));
        return [words.pointsOf(points(total.points)), words.redeemedWorth(yuanFixed(total.fen))];
      }}
    </Tile>
  );
}

function LastRun() {
  const { overview: words, states } = useWords();
  return (
    <Tile title={words.lastRun} href="/runs" query={useRuns()}>
      {(runs) => {
        const run = runs.find(({ gross_fen: gross }) => gross !== null);
        if (!run) return [words.none, words.noRun];
        const grossAndNet = words.grossAndNet(yuanFixed(run.gross_fen!), yuanFixed(run.net_fen!));
        return [grossAndNet, words.runState(run.number, states.run[run.state], run.through_day)];
      }}
    </Tile>
  );
}

function Proposals() {
  const { overview: words } = useWords();
  return (
    <Tile title={words.proposals} href="/proposals" query={useOpenProposals()}>
      {(open) => [words.count(open.length), open.length === 0 ? words.noProposals : words.proposalsWait]}
    </Tile>
  );
}

function Audit() {
  const { overview: words } = useWords();
  return (
    <Tile title={words.audit} href="/audits" query={useLastAudit()}>
      {(audit) =>
        audit === null
          ? [
              <Light key="never" is="none">
                {words.neverAudited}
              </Light>,
              words.neverAuditedHint,
            ]
          : [
              <Light key="audit" is={audit.ok ? 'good' : 'bad'}>
                {audit.ok ? words.auditGood : words.auditBad}
              </Light>,
              words.auditedAt(timeOf(audit.finished_at), audit.checks.length),
            ]
      }
    </Tile>
  );
}

function Balance() {
  const { overview: words } = useWords();
  return (
    <Tile title={words.balance} href="/ledger" query={useTrialBalance()}>
      {({ difference }) => {
        const { point, fen } = difference!;
        const zero = point === 0 && fen === 0;
        return [
          <Light key="zero" is={zero ? 'good' : 'bad'}>
            {zero ? words.balanced : words.unbalanced}
          </Light>,
          words.difference(points(point), yuanFixed(fen)),
        ];
      }}
    </Tile>
  );
}
