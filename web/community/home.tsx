import { useQuery } from '@tanstack/react-query';
import { Button, Card } from 'antd';
import { Link } from 'wouter';
import { answer, api, type Schemas } from '../api/client.ts';
import { Facts } from '../console/facts.tsx';
import { Page } from '../console/page.tsx';
import { Shown } from '../console/states.tsx';
import { points, today, yuanFixed } from '../shared/format.ts';
import { useSignedIn } from '../shared/session.tsx';
import { LimitBars } from './limit-view.tsx';
import { useLimit } from './limits.tsx';
import { useCommunityName, useOwn } from './names.ts';
import { forOthers, useOpenProposals } from './proposals/use-open.ts';
import { ToWaiting } from './residents/waiting/to-waiting.tsx';
import { useWords } from './words.ts';

/** The first page of an officer's day: the limit, open proposals, payments to confirm and the month's figures, as the scopes allow. */
export function HomePage() {
  const words = useWords().home;
  const { scopes } = useSignedIn();
  const limit = useLimit();
  const grantNow = (
    <Link href="/grant" asChild>
      <Button type="primary" href="#/grant">
        {words.grantNow}
      </Button>
    </Link>
  );
  return (
    <Page title={words.title(today())} actions={scopes.includes('grants:write') && grantNow}>
      <ToWaiting />
      {scopes.includes('limits:read') && (
        <Card className="gap" title={<h2>{words.limit}</h2>} extra={<Link href="/limits">{words.more}</Link>}>
          <Shown query={limit}>{(found) => <LimitBars limit={found} />}</Shown>
        </Card>
      )}
      <div className="cards">
        {scopes.includes('proposals:read') && <Waiting />}
        {scopes.includes('settlements:read') && <Unconfirmed />}
      </div>
      {scopes.includes('positions:read') && <Month />}
    </Page>
  );
}

/** Proposals that wait for somebody other than who proposed them. */
function Waiting() {
  const words = useWords().home;
  const { officer_id: self } = useSignedIn();
  const open = useOpenProposals();
  return (
    <Card className="gap" title={<h2>{words.proposals}</h2>} extra={<Link href="/proposals">{words.more}</Link>}>
      <Shown query={open}>
        {(found) => {
          const others = forOthers(found, self);
          return <Facts items={[[words.forYou, others] as const, [words.yourOwn, found.length - others] as const]} />;
        }}
      </Shown>
    </Card>
  );
}

const RUNS_LOOKED_AT = 5;

type Payment = Schemas['SettlementPayment'];

/** Payments of the latest runs that the community has not confirmed yet. */
function Unconfirmed() {
  const words = useWords().home;
  const own = useOwn();
  const community = useCommunityName();
  const payments = useQuery({
    queryKey: ['payments', 'unconfirmed'],
    queryFn: async () => {
      const { items: runs } = await answer(api.GET('/v1/settlement-runs', { params: { query: { limit: RUNS_LOOKED_AT } } }));
      const closed = runs.filter(({ state }) => state === 'closed');
      const lists = await Promise.all(
        closed.map(({ id }) => answer(api.GET('/v1/settlement-runs/{id}/payments', { params: { path: { id } } }))),
      );
      return lists.flatMap(({ items }) => items).filter((payment) => ownSide(payment, own).confirmed_at === null);
    },
  });
  return (
    <Card className="gap" title={<h2>{words.payments}</h2>} extra={<Link href="/settlements">{words.more}</Link>}>
      <Shown query={payments}>
        {(found) =>
          found.length === 0 ? (
            words.noPayments
          ) : (
            <ul className="plain">
              {found.map(({ id, run_id: run, fen, debtor, creditor }) => (
                <li key={id}>
                  <Link href={`/settlements/${run}`}>
                    {debtor.community_id === own
                      ? words.pay(community(creditor.community_id), yuanFixed(fen))
                      : words.receive(community(debtor.community_id), yuanFixed(fen))}
                  </Link>
                </li>
              ))}
            </ul>
          )
        }
      </Shown>
    </Card>
  );
}

function ownSide({ debtor, creditor }: Payment, own: string): Payment['debtor'] {
  return debtor.community_id === own ? debtor : creditor;
}

/** The month so far, out of the days that are closed. */
function Month() {
  const words = useWords().home;
  const from = `${today().slice(0, 8)}01`;
  const figures = useQuery({
    queryKey: ['figures', from],
    queryFn: () => answer(api.GET('/v1/figures', { params: { query: { by: 'month', from, to: today() } } })),
  });
  return (
    <Card title={<h2>{words.month(from.slice(0, 7))}</h2>}>
      <Shown query={figures}>
        {({ items: [of], counted_through: through }) => (
          <>
            {of ? (
              <Facts
                items={[
                  [words.grants, words.times(points(of.grants))],
                  [words.pointsGranted, words.points(points(of.points_granted))],
                  [words.vouchers, words.sheets(points(of.vouchers))],
                  [words.redemptions, words.times(points(of.redemptions))],
                  [words.redeemed, words.yuan(yuanFixed(of.fen_redeemed))],
                  [words.expired, words.points(points(of.points_expired))],
                ]}
              />
            ) : (
              <p>{words.noFigures}</p>
            )}
            {through !== null && <p>{words.through(through)}</p>}
          </>
        )}
      </Shown>
    </Card>
  );
}
