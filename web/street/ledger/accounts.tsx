/** The accounts of one kind in one community's book, in pages. */
import { Card } from 'antd';
import { Link } from 'wouter';
import { answer, api, type Schemas } from '../../api/client.ts';
import { column, DataTable, figures, pageAt, usePages } from '../../console/data-table.tsx';
import { Page } from '../../console/page.tsx';
import { points, yuanFixed } from '../../shared/format.ts';
import { useNames } from '../queries.ts';
import { useWords } from '../words.ts';

export type AccountKind = Schemas['TrialBalance']['accounts']['items'][number]['kind'];

export function AccountsPage({ community, kind }: { readonly community: string; readonly kind: AccountKind }) {
  const { ledger: words } = useWords();
  const names = useNames();
  const pages = usePages(['trial-balance', community, kind], async (cursor) => {
    const { accounts } = await answer(api.GET('/v1/trial-balance', { params: { query: { ...pageAt(cursor, 50), community, kind } } }));
    return accounts;
  });
  return (
    <Page title={words.accountsTitle(names.of(community), words.kinds[kind])} actions={<Link href="/ledger">{words.all}</Link>}>
      <p className="lead">{words.kindMeans[kind]}</p>
      <Card>
        <DataTable<Schemas['TrialBalance']['accounts']['items'][number]>
          label={words.accounts}
          empty={words.noAccounts}
          pages={pages}
          rowKey={({ account }) => account}
          columns={[
            column(words.account, ({ account }) => <code>{account}</code>),
            column(words.side, ({ side, balance }) => (balance === 0 ? '–' : words.sides[side])),
            figures(words.balance, ({ unit, balance }) => (unit === 'point' ? points(balance) : yuanFixed(balance))),
            column(words.unit, ({ unit }) => words.units[unit]),
          ]}
        />
      </Card>
    </Page>
  );
}
