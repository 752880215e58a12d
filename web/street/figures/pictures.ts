/** The pictures of figures over time, as ECharts is told them. */
import { COLOURS, type EChartsCoreOption, tooltip } from '../../console/chart.tsx';
import { points, yuan } from '../../shared/format.ts';
import type { Names } from '../queries.ts';
import { type Figures, type Measure, measured, measures, type Sum, writtenIn } from './measure.ts';

const axis = {
  axisLine: { lineStyle: { color: '#b8b4a8' } },
  axisLabel: { color: '#5c5a54' },
  splitLine: { lineStyle: { color: '#eceae3' } },
};

/** Granted, redeemed and expired points as lines, and what was redeemed in yuan as bars on an axis of its own. */
export function linesOf(sums: readonly Sum[], names: Readonly<Record<Measure, string>>): EChartsCoreOption {
  const ofPoints = measures.filter((measure) => measure !== 'fen_redeemed');
  const symbols = ['circle', 'rect', 'triangle'] as const;
  return {
    tooltip: { ...tooltip, trigger: 'axis' },
    legend: { top: 0, icon: 'roundRect' },
    grid: { left: 8, right: 8, top: 56, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: { type: 'category', data: sums.map(({ period }) => period), ...axis },
    yAxis: [
      { type: 'value', ...axis, axisLabel: { ...axis.axisLabel, formatter: (n: number) => points(n) } },
      {
        type: 'value',
        ...axis,
        splitLine: { show: false },
        axisLabel: { ...axis.axisLabel, formatter: (n: number) => `¥${yuan(n * 100)}` },
      },
    ],
    series: [
      {
        type: 'bar',
        name: names.fen_redeemed,
        yAxisIndex: 1,
        barMaxWidth: 28,
        itemStyle: { color: '#d8c68f' },
        tooltip: { valueFormatter: (n: number) => `¥${yuan(Math.round(n * 100))}` },
        data: sums.map(({ fen_redeemed: fen }) => fen / 100),
      },
      ...ofPoints.map((measure, n) => ({
        type: 'line',
        name: names[measure],
        symbol: symbols[n],
        symbolSize: 7,
        itemStyle: { color: [COLOURS[0], COLOURS[2], COLOURS[9]][n] },
        lineStyle: { width: 2, type: (['solid', 'solid', 'dashed'] as const)[n] },
        tooltip: { valueFormatter: (value: number) => points(value) },
        data: sums.map((sum) => sum[measure]),
      })),
    ],
  };
}

/** One measure, a bar a period, its parts the communities. */
export function stacksOf(items: readonly Figures[], measure: Measure, names: Names): EChartsCoreOption {
  const { periods, communities, of } = measured(items, measure);
  const inYuan = measure === 'fen_redeemed';
  return {
    tooltip: {
      ...tooltip,
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      valueFormatter: (n: number) => (inYuan ? `¥${writtenIn(measure, Math.round(n * 100))}` : writtenIn(measure, n)),
    },
    legend: { type: 'scroll', top: 0, icon: 'roundRect' },
    grid: { left: 8, right: 8, top: 72, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: { type: 'category', data: periods, ...axis },
    yAxis: {
      type: 'value',
      ...axis,
      axisLabel: { ...axis.axisLabel, formatter: (n: number) => (inYuan ? `¥${yuan(n * 100)}` : points(n)) },
    },
    series: communities.map((id) => ({
      type: 'bar',
      name: names.of(id),
      stack: 'all',
      barMaxWidth: 36,
      itemStyle: { color: names.colourOf(id), borderColor: '#fff', borderWidth: 0.5 },
      data: periods.map((period) => (inYuan ? of(period, id) / 100 : of(period, id))),
    })),
  };
}
