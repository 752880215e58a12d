/** A community's fund: what was contributed, what it has cost, what moved on its bank account. */
import { useQuery } from '@tanstack/react-query';
import { Card } from 'antd';
import { Link } from 'wouter';
import { answer, api, type Schemas } from '../../api/client.ts';
import { column, DataTable, figures, pageAt, usePages } from '../../console/data-table.tsx';
import { Facts } from '../../console/facts.tsx';
import { Page } from '../../console/page.tsx';
import { Shown } from '../../console/states.tsx';
import { points, timeOf, yuanFixed } from '../../shared/format.ts';
import { useNames } from '../queries.ts';
import { useWords } from '../words.ts';
import { Contribute } from './contribute.tsx';

export function FundPage({ id }: { readonly id: string }) {
  const { limits: words } = useWords();
  const names = useNames();
  const path = { community_id: id };
  const fund = useQuery({ queryKey: ['funds', id], queryFn: () => answer(api.GET('/v1/funds/{community_id}', { params: { path } })) });
  return (
    <Page
      title={words.fundOf(names.of(id))}
      actions={
        <>
          <Link href="/limits">{words.all}</Link>
          <Contribute id={id} />
        </>
      }
    >
      <Card className="gap">
        <Shown query={fund}>
          {(of) => (
            <Facts
              items={[
                [words.contributed, yuanFixed(of.fund_fen)],
                [words.cost, yuanFixed(of.cost_fen)],
                [words.openWorth, words.pointsAndYuan(points(of.open_points), yuanFixed(of.open_fen))],
                [words.left, yuanFixed(of.left_fen)],
                [words.bank, yuanFixed(of.bank_fen)],
              ]}
            />
          )}
        </Shown>
      </Card>
      <Card title={<h2>{words.movements}</h2>}>
        <Movements id={id} />
      </Card>
    </Page>
  );
}

function Movements({ id }: { readonly id: string }) {
  const { limits: words } = useWords();
  const movements = usePages(['funds', id, 'movements'], (cursor) =>
    answer(api.GET('/v1/funds/{community_id}/movements', { params: { path: { community_id: id }, query: pageAt(cursor) } })),
  );
  const kindOf = (kind: string) => words.kinds[kind as keyof typeof words.kinds] ?? kind;
  return (
    <DataTable<Schemas['BankMovement']>
      label={words.movements}
      empty={words.noMovements}
      pages={movements}
      rowKey={({ bank_reference: reference }) => reference}
      columns={[
        column(words.bookedAt, ({ booked_at: at }) => timeOf(at)),
        column(words.kind, ({ kind }) => kindOf(kind)),
        figures(words.yuan, ({ fen }) => yuanFixed(fen)),
        column(words.bankReference, ({ bank_reference: reference }) => reference),
        column(words.entry, ({ entry_id: entry }) => <Link href={`/ledger/entries/${entry}`}>{words.seeEntry}</Link>),
      ]}
    />
  );
}
