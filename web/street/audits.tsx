/** The findings of audits: every invariant, in plain words. */
import { Alert, Button, Card, Collapse } from 'antd';
import { answer, api, type Schemas } from '../api/client.ts';
import { column, figures, pageAt, Rows, usePages } from '../console/data-table.tsx';
import { Page } from '../console/page.tsx';
import { Empty, Shown } from '../console/states.tsx';
import { points, timeOf } from '../shared/format.ts';
import { useShared } from '../shared/words.ts';
import { Light } from './light.tsx';
import { useWords } from './words.ts';

type Audit = Schemas['Audit'];
type Check = Audit['checks'][number];

export function AuditsPage() {
  const { audits: words } = useWords();
  const shared = useShared();
  const pages = usePages(['audits', 'list'], (cursor) => answer(api.GET('/v1/audits', { params: { query: pageAt(cursor) } })));
  return (
    <Page title={words.title}>
      <p className="lead">{words.lead}</p>
      <Shown query={pages}>
        {(data) => {
          const audits = data.pages.flatMap(({ items }) => items);
          return audits.length === 0 ? (
            <Card>
              <Empty title={words.none} />
            </Card>
          ) : (
            <Audits audits={audits} />
          );
        }}
      </Shown>
      {pages.hasNextPage && (
        <p className="more">
          <Button onClick={() => void pages.fetchNextPage()} loading={pages.isFetchingNextPage}>
            {shared.more}
          </Button>
        </p>
      )}
    </Page>
  );
}

function Audits({ audits }: { readonly audits: readonly Audit[] }) {
  const { audits: words } = useWords();
  return (
    <Collapse
      defaultActiveKey={audits[0]!.id}
      items={audits.map((audit) => ({
        key: audit.id,
        label: words.auditOf(timeOf(audit.finished_at)),
        extra: <Light is={audit.ok ? 'good' : 'bad'}>{audit.ok ? words.good : words.bad}</Light>,
        children: <Checks audit={audit} />,
      }))}
    />
  );
}

function Checks({ audit }: { readonly audit: Audit }) {
  const { audits: words } = useWords();
  const known = (id: string) => words.checks[id as keyof typeof words.checks] as { name: string; means: string } | undefined;
  const unitOf = (unit: string) => words.units[unit as keyof typeof words.units] ?? unit;
  return (
    <>
      {!audit.ok && <Alert type="error" showIcon className="gap" title={words.badHint} />}
      <Rows<Check>
        label={words.auditOf(timeOf(audit.finished_at))}
        rows={audit.checks}
        rowKey={({ id }) => id}
        columns={[
          column(words.id, ({ id }) => id),
          column(words.check, ({ id, title }) => (
            <span className="prose wider">
              <strong>{known(id)?.name ?? title}</strong>
              <br />
              {known(id)?.means}
            </span>
          )),
          figures(words.seen, ({ seen, unit, not_applicable: none }) => (none === null ? `${points(seen)} ${unitOf(unit)}` : '–')),
          column(words.found, (check) => <Found check={check} />),
        ]}
      />
    </>
  );
}

function Found({ check: { broken, not_applicable: none } }: { readonly check: Check }) {
  const { audits: words } = useWords();
  if (none !== null) return <Light is="none">{words.notApplicable}</Light>;
  if (broken === null) return <Light is="good">{words.holds}</Light>;
  return (
    <>
      <Light is="bad">{words.broken}</Light> <span className="prose">{broken}</span>
    </>
  );
}
