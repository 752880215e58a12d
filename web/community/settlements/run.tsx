import { useQuery } from '@tanstack/react-query';
import { Card, Space } from 'antd';
import { useParams } from 'wouter';
import { answer, api, type Schemas } from '../../api/client.ts';
import { Facts } from '../../console/facts.tsx';
import { Page } from '../../console/page.tsx';
import { Empty, Shown } from '../../console/states.tsx';
import { timeOf, yuanFixed } from '../../shared/format.ts';
import { useOwn } from '../names.ts';
import { useWords } from '../words.ts';
import { Payments } from './payments.tsx';
import { Payouts } from './payouts.tsx';
import { RunPositions } from './run-positions.tsx';
import { Statement } from './statement.tsx';

type Run = Schemas['SettlementRunWithParties'];

export function RunPage() {
  const words = useWords().runs;
  const { id } = useParams<{ readonly id: string }>();
  const run = useQuery({
    queryKey: ['runs', id],
    queryFn: () => answer(api.GET('/v1/settlement-runs/{id}', { params: { path: { id } } })),
  });
  return (
    <Page title={run.data ? words.run(run.data.number) : words.one} actions={run.data?.closed_at && <Files runId={id} />}>
      <Shown query={run}>
        {(found) => (
          <>
            <Own run={found} />
            {found.state === 'open' ? (
              <Empty title={words.stillOpen} />
            ) : (
              <>
                <Payments runId={id} />
                <RunPositions runId={id} />
                <Payouts runId={id} />
                <Statement runId={id} />
              </>
            )}
          </>
        )}
      </Shown>
    </Page>
  );
}

/** The community's own part of a run. */
function Own({ run }: { readonly run: Run }) {
  const words = useWords().runs;
  const own = useOwn();
  const party = run.parties.find(({ community_id: id }) => id === own);
  return (
    <Card className="gap">
      <Facts
        items={[
          [words.days, `${run.from_day} – ${run.through_day}`],
          [words.state, words.states[run.state]],
          ...(run.closed_at === null ? [] : ([[words.closedAt, timeOf(run.closed_at)]] as const)),
          ...(party
            ? ([
                [words.dueTo, words.yuan(yuanFixed(party.due_to_fen))],
                [words.dueFrom, words.yuan(yuanFixed(party.due_from_fen))],
                [
                  party.net_fen < 0 ? words.toPay : words.toReceive,
                  <strong key="net">{words.yuan(yuanFixed(Math.abs(party.net_fen)))}</strong>,
                ],
                [words.payable, words.yuan(yuanFixed(party.payable_fen))],
                [words.payouts, party.payouts],
              ] as const)
            : []),
        ]}
      />
    </Card>
  );
}

/** The statement as a page to print and as a file: they open with the session's cookie. */
function Files({ runId }: { readonly runId: string }) {
  const words = useWords().runs;
  const own = useOwn();
  const statement = `/v1/settlement-runs/${runId}/statements/communities/${own}`;
  return (
    <Space wrap>
      <a href={`${statement}?format=html`} target="_blank" rel="noreferrer">
        {words.statementPage}
      </a>
      <a href={`${statement}?format=csv`} download>
        {words.statementCsv}
      </a>
    </Space>
  );
}
