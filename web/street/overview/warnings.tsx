/** Communities that are near a limit: of points, or of what they owe another. */
import { Card } from 'antd';
import { column, figures, Rows } from '../../console/data-table.tsx';
import { Shown } from '../../console/states.tsx';
import type { Schemas } from '../../api/client.ts';
import { points, yuan } from '../../shared/format.ts';
import { Light } from '../light.tsx';
import { useLimits, useNames, usePositions } from '../queries.ts';
import { useWords } from '../words.ts';

type Warning = { readonly id: string; readonly what: string; readonly used: number; readonly left: string };

export function Warnings() {
  const { overview: words } = useWords();
  const limits = useLimits();
  const positions = usePositions();
  return (
    <Card title={<h2>{words.warnings}</h2>}>
      <Shown query={limits}>
        {(ofPoints) => <Shown query={positions}>{({ items }) => <Listed limits={ofPoints} positions={items} />}</Shown>}
      </Shown>
    </Card>
  );
}

type ListedProps = { readonly limits: readonly Schemas['Limit'][]; readonly positions: readonly Schemas['Position'][] };

function Listed({ limits, positions }: ListedProps) {
  const { overview: words } = useWords();
  const names = useNames();
  const warnings: Warning[] = [
    ...limits
      .filter(({ warning }) => warning !== null)
      .map(({ community_id: id, effective }) => ({
        id,
        what: words.nearPoints(names.of(id), words.binding[effective.binding]),
        used: effective.used_percent,
        left: words.pointsLeft(points(effective.available_points)),
      })),
    ...positions
      .filter(({ limit, net }) => limit !== null && limit.warning !== null && net.fen < 0)
      .map(({ community_id: id, counterparty_id: other, limit, net }) => ({
        id: `${id}>${other}`,
        what: words.nearPosition(names.of(id), names.of(other)),
        used: limit!.used_percent,
        left: words.owes(yuan(0 - net.fen), yuan(limit!.limit_fen)),
      })),
  ];
  return (
    <Rows<Warning>
      label={words.warnings}
      empty={words.noWarnings}
      rows={warnings}
      rowKey={({ id }) => id}
      columns={[
        column(words.what, ({ what }) => what),
        figures(words.used, ({ used }) => <Light is={used >= 100 ? 'bad' : 'warning'}>{`${used}%`}</Light>),
        figures(words.left, ({ left }) => left),
      ]}
    />
  );
}
