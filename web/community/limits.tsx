import { useQuery } from '@tanstack/react-query';
import { Card } from 'antd';
import { answer, api, type Schemas } from '../api/client.ts';
import { column, DataTable, figures, pageAt, usePages } from '../console/data-table.tsx';
import { Page } from '../console/page.tsx';
import { Shown } from '../console/states.tsx';
import { timeOf, yuanFixed } from '../shared/format.ts';
import { LimitBars, LimitFigures } from './limit-view.tsx';
import { useOwn } from './names.ts';
import { useWords } from './words.ts';

/** How much the community may still grant. */
export function useLimit() {
  const own = useOwn();
  return useQuery({
    queryKey: ['limits', own],
    queryFn: async () => (await answer(api.GET('/v1/limits'))).items[0]!,
  });
}

export function LimitsPage() {
  const words = useWords().limits;
  const limit = useLimit();
  return (
    <Page title={words.title}>
      <p>{words.intro}</p>
      <Shown query={limit}>
        {(found) => (
          <>
            <Card className="gap">
              <LimitBars limit={found} />
            </Card>
            <Card className="gap">
              <LimitFigures limit={found} />
            </Card>
            {found.fund && <Movements />}
          </>
        )}
      </Shown>
    </Page>
  );
}

type Movement = Schemas['BankMovement'];

/** The movements on the fund's bank account. */
function Movements() {
  const words = useWords().limits;
  const own = useOwn();
  const pages = usePages<Movement>(['movements', own], (cursor) =>
    answer(api.GET('/v1/funds/{community_id}/movements', { params: { path: { community_id: own }, query: pageAt(cursor) } })),
  );
  return (
    <>
      <h2>{words.movements}</h2>
      <DataTable<Movement>
        label={words.movements}
        pages={pages}
        rowKey={({ entry_id: id }) => id}
        empty={words.noMovements}
        columns={[
          column(words.bookedAt, ({ booked_at: at }) => timeOf(at)),
          column(words.kind, ({ kind }) => words.kinds[kind] ?? kind),
          column(words.reference, ({ bank_reference: reference }) => reference),
          figures(words.amountYuan, ({ fen }) => yuanFixed(fen)),
        ]}
      />
    </>
  );
}
