import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'wouter';
import { answer, api, type Schemas } from '../../api/client.ts';
import { column, DataTable, figures, pageAt, usePages } from '../../console/data-table.tsx';
import { Page } from '../../console/page.tsx';
import { points, timeOf, yuanFixed } from '../../shared/format.ts';
import { useCommunityName, useOwn } from '../names.ts';
import { useWords } from '../words.ts';

type Line = Schemas['PositionLine'];

/** The redemptions behind what one community owes another for a day. */
export function RedemptionsPage() {
  const words = useWords().redemptions;
  const own = useOwn();
  const community = useCommunityName();
  const { issuer, acquirer, day } = useParams<{ readonly issuer: string; readonly acquirer: string; readonly day: string }>();
  const pages = usePages<Line>(['position-lines', issuer, acquirer, day], (cursor) =>
    answer(api.GET('/v1/positions/redemptions', { params: { query: { ...pageAt(cursor), issuer, acquirer, business_day: day } } })),
  );
  const atOwnShops = acquirer === own;
  return (
    <Page
      title={words.title(community(issuer), community(acquirer), day)}
      actions={<Link href={`/positions/day/${day}/${day}`}>{words.back}</Link>}
    >
      <DataTable<Line>
        label={words.label}
        pages={pages}
        rowKey={({ id }) => id}
        empty={words.none}
        columns={[
          column(words.at, ({ at }) => timeOf(at)),
          column(words.kind, ({ kind }) => words.kinds[kind]),
          ...(atOwnShops
            ? [
                column<Line>(words.store, ({ redemption }) => redemption && <StoreName id={redemption.store_id} />),
                column<Line>(words.order, ({ redemption }) => redemption?.order_no),
                column<Line>(words.resident, ({ redemption }) => redemption?.resident_name),
              ]
            : []),
          figures(words.points, (line) => points(line.points)),
          figures(words.yuan, ({ fen }) => yuanFixed(fen)),
          column(
            words.grants,
            ({ grants, redemption_id: id }) => grants !== null && <Link href={`/positions/redemptions/${id}`}>{words.toDeeds}</Link>,
          ),
        ]}
      />
    </Page>
  );
}

function StoreName({ id }: { readonly id: string }) {
  const { data } = useQuery({ queryKey: ['store', id], queryFn: () => answer(api.GET('/v1/stores/{id}', { params: { path: { id } } })) });
  return data?.name ?? id;
}
