/** The books: whether they balance, what stands where, and the way to an entry. */
import { Button, Card, Form } from 'antd';
import { Link, useLocation } from 'wouter';
import { postProposals } from '../../api/bounds.ts';
import type { Schemas } from '../../api/client.ts';
import { Page } from '../../console/page.tsx';
import { Shown } from '../../console/states.tsx';
import { TextItem } from '../../console/text-item.tsx';
import { points, yuanFixed } from '../../shared/format.ts';
import { FigureTable } from '../figure-table.tsx';
import { sumOf } from '../figure.ts';
import { Light } from '../light.tsx';
import { useNames, useTrialBalance } from '../queries.ts';
import { useWords } from '../words.ts';

type Total = NonNullable<Schemas['TrialBalance']['totals']>[number];
type Unit = Total['unit'];

const kindsOf = {
  point: ['issued', 'clawback', 'wallet', 'escrow', 'redeemed', 'expired'],
  fen: ['bank', 'fund', 'cost', 'due-to', 'due-from', 'payable', 'clearing'],
} as const satisfies Record<Unit, readonly Total['kind'][]>;

export function LedgerPage() {
  const { ledger: words } = useWords();
  return (
    <Page title={words.title} actions={<Link href="/ledger/adjustments">{words.adjustments}</Link>}>
      <p className="lead">{words.lead}</p>
      <FindEntry />
      <Shown query={useTrialBalance()}>
        {({ difference, totals }) => (
          <>
            <Card
              className="gap"
              title={<h2>{words.pointsBooks}</h2>}
              extra={<Zero amount={points(difference!.point)} zero={difference!.point === 0} />}
            >
              <Totals unit="point" totals={totals!} />
            </Card>
            <Card title={<h2>{words.yuanBooks}</h2>} extra={<Zero amount={yuanFixed(difference!.fen)} zero={difference!.fen === 0} />}>
              <Totals unit="fen" totals={totals!} />
            </Card>
          </>
        )}
      </Shown>
    </Page>
  );
}

function Zero({ amount, zero }: { readonly amount: string; readonly zero: boolean }) {
  const { ledger: words } = useWords();
  return <Light is={zero ? 'good' : 'bad'}>{zero ? words.zero : words.notZero(amount)}</Light>;
}

/** By community and kind, as they stand on their side: debit or credit. */
function Totals({ unit, totals }: { readonly unit: Unit; readonly totals: readonly Total[] }) {
  const { ledger: words } = useWords();
  const names = useNames();
  const kinds = kindsOf[unit];
  const of = (community: string | undefined, kind: Total['kind']) =>
    totals.filter((each) => each.kind === kind && (community === undefined || each.community === community));
  const sided = (some: readonly Total[]) => {
    const net = sumOf(some, ({ debit, credit }) => debit - credit);
    if (net === 0) return '0';
    const amount = unit === 'point' ? points(Math.abs(net)) : yuanFixed(Math.abs(net));
    return `${net > 0 ? words.debitShort : words.creditShort} ${amount}`;
  };
  return (
    <FigureTable
      name={unit === 'point' ? words.pointsBooks : words.yuanBooks}
      head={[words.community, ...kinds.map((kind) => words.kinds[kind])]}
      rows={names.all.map(({ id, name }) => [
        name,
        ...kinds.map((kind) => {
          const some = of(id, kind);
          if (some.length === 0) return '–';
          return (
            <Link key={kind} href={`/ledger/accounts/${id}/${kind}`} aria-label={words.accountsOf(name, words.kinds[kind], sided(some))}>
              {sided(some)}
            </Link>
          );
        }),
      ])}
      foot={[words.total, ...kinds.map((kind) => sided(of(undefined, kind)))]}
    />
  );
}

function FindEntry() {
  const { ledger: words } = useWords();
  const [, go] = useLocation();
  return (
    <Form layout="inline" requiredMark={false} className="gap" onFinish={({ id }: { id: string }) => go(`/ledger/entries/${id.trim()}`)}>
      <TextItem
        name="id"
        label={words.findEntry}
        bound={postProposals.adjustment.input.entry_id}
        wrong={words.entryIdHint}
        input={{ placeholder: 'ent_…', className: 'id-input' }}
      />
      <Button htmlType="submit">{words.find}</Button>
    </Form>
  );
}
