import { Card } from 'antd';
import { answer, api, type Schemas } from '../api/client.ts';
import { points, timeOf } from '../shared/format.ts';
import { column, DataTable, figures, pageAt, usePages } from './data-table.tsx';
import { useConsole } from './words.ts';

type ListsTakenProps = {
  /** The name of a community, where lists of several may be seen. */
  readonly communityOf?: (id: string | null) => string;
};

/** The lists of people that officers took out of the service, newest first: of one's own community, or of all. */
export function ListsTaken({ communityOf }: ListsTakenProps) {
  const { listsTaken: words } = useConsole();
  const pages = usePages(['list-exports'], (cursor) => answer(api.GET('/v1/list-exports', { params: { query: pageAt(cursor) } })));
  return (
    <Card className="gap" title={<h2>{words.title}</h2>}>
      <DataTable<Schemas['ListExport']>
        label={words.title}
        empty={words.none}
        pages={pages}
        rowKey={({ id }) => id}
        columns={[
          column(words.at, ({ at }) => timeOf(at)),
          ...(communityOf ? [column<Schemas['ListExport']>(words.community, ({ community_id: of }) => communityOf(of))] : []),
          column(words.by, ({ officer_name: name }) => name ?? '–'),
          figures(words.rows, ({ rows }) => points(rows)),
          column(words.how, ({ reason }) => (
            <span className="prose">{reason === null ? words.masked : words.full(reason || words.emptied)}</span>
          )),
        ]}
      />
    </Card>
  );
}
