/** The pictures of flows, as ECharts is told them. */
import { type EChartsCoreOption, tooltip } from '../../console/chart.tsx';
import { points, yuan } from '../../shared/format.ts';
import type { Unit } from '../figure.ts';
import type { Names } from '../queries.ts';
import { amountIn, type Flow, isAbroad } from './flow.ts';

type Told = { readonly dataType?: string; readonly data: { readonly flow?: string; readonly shown?: string } };

/** Points from the communities that granted them, on the left, to those where they were spent. */
export function sankeyOf(flows: readonly Flow[], unit: Unit, names: Names): EChartsCoreOption {
  const shown = flows.filter((flow) => isAbroad(flow) && amountIn(unit, flow) > 0);
  const node = (side: 'from' | 'to') => (id: string) => ({
    name: `${side} ${id}`,
    shown: names.of(id),
    itemStyle: { color: names.colourOf(id) },
    label: { position: side === 'from' ? ('left' as const) : ('right' as const) },
  });
  const ids = names.all.map(({ id }) => id);
  const issuers = ids.filter((id) => shown.some(({ issuer }) => issuer === id));
  const acquirers = ids.filter((id) => shown.some(({ acquirer }) => acquirer === id));
  return {
    tooltip: { ...tooltip, formatter: ({ data }: Told) => data.flow ?? data.shown ?? '' },
    series: {
      type: 'sankey',
      left: 96,
      right: 96,
      top: 8,
      bottom: 8,
      nodeGap: 10,
      nodeWidth: 14,
      layoutIterations: 0,
      draggable: false,
      emphasis: { focus: 'adjacency' },
      label: { formatter: ({ data }: Told) => data.shown ?? '', fontSize: 13 },
      lineStyle: { color: 'source', opacity: 0.32, curveness: 0.5 },
      data: [...issuers.map(node('from')), ...acquirers.map(node('to'))],
      links: shown.map((flow) => ({
        source: `from ${flow.issuer}`,
        target: `to ${flow.acquirer}`,
        value: amountIn(unit, flow),
        flow: `${names.of(flow.issuer)} → ${names.of(flow.acquirer)}: ${unit === 'points' ? points(flow.points) : `¥${yuan(flow.fen)}`}`,
      })),
    },
  };
}

export type Debt = { readonly debtor: string; readonly creditor: string; readonly fen: number };

const NODE = 16;
const WIDEST = 9;

/**
 * A picture of debts: communities in a circle, an arrow for each debt, the wider the more. A debt of `most` fen has the widest arrow; the
 * same `most` makes two pictures comparable.
 */
export function circleOf(debts: readonly Debt[], most: number, names: Names): EChartsCoreOption {
  return {
    tooltip: { ...tooltip, formatter: ({ data }: Told) => data.flow ?? data.shown ?? '' },
    series: {
      type: 'graph',
      layout: 'circular',
      circular: { rotateLabel: false },
      left: 88,
      right: 88,
      top: 40,
      bottom: 40,
      symbolSize: NODE,
      edgeSymbol: ['none', 'arrow'],
      edgeSymbolSize: 7,
      emphasis: { focus: 'adjacency' },
      label: { show: true, position: 'right', formatter: ({ data }: Told) => data.shown ?? '' },
      data: names.all.map(({ id, name }, n) => ({
        name: id,
        shown: name,
        itemStyle: { color: names.colourOf(id) },
        label: { position: labelSide(n, names.all.length) },
      })),
      links: debts.map(({ debtor, creditor, fen }) => ({
        source: debtor,
        target: creditor,
        flow: `${names.of(debtor)} → ${names.of(creditor)}: ¥${yuan(fen)}`,
        lineStyle: { width: 0.75 + (fen / most) * WIDEST, color: names.colourOf(debtor), opacity: 0.7, curveness: 0.12 },
      })),
    },
  };
}

/** Names stand outside of the circle, whose first node is at its right and which goes round clockwise. */
function labelSide(n: number, all: number): 'left' | 'right' | 'top' | 'bottom' {
  const turn = n / all;
  if (Math.abs(turn - 0.25) < 0.06) return 'bottom';
  if (Math.abs(turn - 0.75) < 0.06) return 'top';
  return turn > 0.25 && turn < 0.75 ? 'left' : 'right';
}
