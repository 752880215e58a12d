/** The flows between communities, and the netting of what they owe each other. */
import { Card, Segmented, Space } from 'antd';
import { useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import { Chart } from '../../console/chart.tsx';
import { Page } from '../../console/page.tsx';
import { Empty, Shown } from '../../console/states.tsx';
import { today } from '../../shared/format.ts';
import { FigureTable } from '../figure-table.tsx';
import { type Unit, written } from '../figure.ts';
import { type Range, useNames, usePositions } from '../queries.ts';
import { useWords } from '../words.ts';
import { amountIn, type Flow, flowsOf, isAbroad } from './flow.ts';
import { Matrix } from './matrix.tsx';
import { daysOfMonth } from './months.ts';
import { Netting } from './netting.tsx';
import { sankeyOf } from './pictures.ts';
import { RangeForm } from './range-form.tsx';

/** The flows in a range of days; in this month if it is left out. */
export function FlowsPage({ range = daysOfMonth(today().slice(0, 7)) }: { readonly range?: Range }) {
  const { flows: words } = useWords();
  const [, go] = useLocation();
  const [unit, setUnit] = useState<Unit>('points');
  const positions = usePositions(range);
  return (
    <Page title={words.title}>
      <p className="lead">{words.lead}</p>
      <Space wrap className="gap">
        <RangeForm range={range} choose={({ from, through }) => go(`/flows/${from}/${through}`)} />
        <Segmented<Unit>
          aria-label={words.unit}
          options={[
            { label: words.points, value: 'points' },
            { label: words.yuan, value: 'fen' },
          ]}
          value={unit}
          onChange={setUnit}
        />
      </Space>
      <Shown query={positions}>{({ items }) => <Flows flows={flowsOf(items)} unit={unit} range={range} />}</Shown>
      <Netting />
    </Page>
  );
}

type FlowsProps = { readonly flows: readonly Flow[]; readonly unit: Unit; readonly range: Range };

function Flows({ flows, unit, range }: FlowsProps) {
  const { flows: words } = useWords();
  if (flows.length === 0) {
    return (
      <Card className="gap">
        <Empty title={words.none} />
      </Card>
    );
  }
  return (
    <>
      <Card className="gap" title={<h2>{words.matrix}</h2>} extra={words.matrixHint}>
        <Matrix flows={flows} unit={unit} range={range} />
      </Card>
      <Card className="gap">
        <FlowPicture flows={flows} unit={unit} />
      </Card>
    </>
  );
}

function FlowPicture({ flows, unit }: Omit<FlowsProps, 'range'>) {
  const { flows: words, asTable } = useWords();
  const names = useNames();
  const option = useMemo(() => sankeyOf(flows, unit, names), [flows, unit, names]);
  const listed = flows.filter(isAbroad).toSorted((a, b) => amountIn(unit, b) - amountIn(unit, a));
  return (
    <Chart
      name={words.sankey}
      option={option}
      height={460}
      asTable={asTable}
      table={
        <FigureTable
          name={words.sankey}
          head={[words.issuer, words.acquirer, unit === 'points' ? words.points : words.yuan]}
          wordsIn={[1]}
          rows={listed.map((flow) => [names.of(flow.issuer), names.of(flow.acquirer), written(unit, flow)])}
        />
      }
    />
  );
}
