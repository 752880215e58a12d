import { Link, useParams } from 'wouter';
import { answer, api, type Schemas } from '../../api/client.ts';
import { column, DataTable, figures, pageAt, usePages } from '../../console/data-table.tsx';
import { Page } from '../../console/page.tsx';
import { points } from '../../shared/format.ts';
import { useCommunityName } from '../names.ts';
import { useResident } from '../residents/one/use-resident.ts';
import { useWords } from '../words.ts';

type Behind = Schemas['GrantBehind'];

/** The grants behind a redemption, each with its deed. */
export function DeedsPage() {
  const { deeds: words, rules } = useWords();
  const community = useCommunityName();
  const { id } = useParams<{ readonly id: string }>();
  const pages = usePages<Behind>(['grants-behind', id], (cursor) =>
    answer(api.GET('/v1/positions/redemptions/{id}/grants', { params: { path: { id }, query: pageAt(cursor) } })),
  );
  return (
    <Page title={words.title}>
      <DataTable<Behind>
        label={words.title}
        pages={pages}
        rowKey={({ grant_id: grant }) => grant}
        empty={words.none}
        columns={[
          column(words.occurredOn, ({ deed }) => deed.occurred_on),
          column(words.deed, ({ deed }) => <span className="prose">{deed.description}</span>),
          column(words.rule, ({ deed }) => deed.rule_name),
          column(words.class, ({ deed }) => rules.classes[deed.class]),
          figures(words.quantity, ({ deed }) => points(deed.quantity)),
          column(words.resident, ({ resident_id: resident }) => <ResidentName id={resident} />),
          column(words.issuer, ({ community_id: of }) => community(of)),
          figures(words.granted, ({ granted_points: n }) => points(n)),
          figures(words.ofThis, (each) => points(each.points)),
          column(words.expiresOn, ({ lot }) => lot.expires_on),
        ]}
      />
      <p>{words.hint}</p>
    </Page>
  );
}

/** Residents of other communities are known by nobody here. */
function ResidentName({ id }: { readonly id: string }) {
  const words = useWords().proposals;
  const { data, isError } = useResident(id);
  if (data) return <Link href={`/residents/${id}`}>{data.name}</Link>;
  return isError ? words.foreignResident : '…';
}
