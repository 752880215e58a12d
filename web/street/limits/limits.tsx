/** How much every community may grant, and why. */
import { Card } from 'antd';
import { Link } from 'wouter';
import type { Schemas } from '../../api/client.ts';
import { column, figures, Rows } from '../../console/data-table.tsx';
import { Page } from '../../console/page.tsx';
import { Shown } from '../../console/states.tsx';
import { points, yuan } from '../../shared/format.ts';
import { Light } from '../light.tsx';
import { useLimits, useNames } from '../queries.ts';
import { useWords } from '../words.ts';

export function LimitsPage() {
  const { limits: words } = useWords();
  return (
    <Page title={words.title} actions={<Link href="/policies/exposure_limit">{words.toPolicy}</Link>}>
      <p className="lead">{words.lead}</p>
      <Card>
        <Shown query={useLimits()}>{(rows) => <Limits rows={rows} />}</Shown>
      </Card>
    </Page>
  );
}

function Limits({ rows }: { readonly rows: readonly Schemas['Limit'][] }) {
  const { limits: words } = useWords();
  const names = useNames();
  return (
    <Rows<Schemas['Limit']>
      label={words.title}
      rows={rows}
      rowKey={({ community_id: id }) => id}
      columns={[
        column(words.community, ({ community_id: id }) => <Link href={`/limits/${id}`}>{names.of(id)}</Link>),
        figures(words.open, ({ granted }) => points(granted.open_points)),
        figures(words.exposure, ({ exposure }) => points(exposure.limit_points)),
        figures(words.fund, ({ fund }) => (fund === null ? words.noFund : yuan(fund.fund_fen))),
        figures(words.pays, ({ fund }) => (fund === null ? '–' : points(fund.pays_for_points))),
        column(words.binding, ({ effective }) => words.bindingIs[effective.binding]),
        figures(words.available, ({ effective }) => points(effective.available_points)),
        column(words.used, ({ effective, warning }) => <Used percent={effective.used_percent} warned={warning !== null} />),
      ]}
    />
  );
}

function Used({ percent, warned }: { readonly percent: number; readonly warned: boolean }) {
  return <Light is={percent >= 100 ? 'bad' : warned ? 'warning' : 'good'}>{`${percent}%`}</Light>;
}
