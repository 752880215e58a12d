/** The scheme's figures over time: out of closed business days. */
import { useQuery } from '@tanstack/react-query';
import { Button, Card, Input, Segmented, Space } from 'antd';
import { useMemo, useState } from 'react';
import { Select } from '../../console/select.tsx';
import { answer, api, type Schemas } from '../../api/client.ts';
import { Chart } from '../../console/chart.tsx';
import { Page } from '../../console/page.tsx';
import { Empty, Shown } from '../../console/states.tsx';
import { FigureTable } from '../figure-table.tsx';
import { useNames } from '../queries.ts';
import { useWords } from '../words.ts';
import { csvFile } from '../../../src/text/index.ts';
import { download } from '../../shared/download.ts';
import { columnsOf, type Measure, type Measured, measured, measures, sums, writtenIn } from './measure.ts';
import { linesOf, stacksOf } from './pictures.ts';

type By = 'day' | 'month';
type Asked = { readonly by: By; readonly from: string; readonly to: string; readonly community: string };

/** Left empty, the API takes the last month of days, or the last year of months. */
const first: Asked = { by: 'month', from: '', to: '', community: '' };

function useFigures({ by, from, to, community }: Asked) {
  const query = { by, ...(from !== '' && { from }), ...(to !== '' && { to }), ...(community !== '' && { community_id: community }) };
  return useQuery({ queryKey: ['figures', query], queryFn: () => answer(api.GET('/v1/figures', { params: { query } })) });
}

export function FiguresPage() {
  const { figures: words } = useWords();
  const [asked, setAsked] = useState(first);
  const figures = useFigures(asked);
  return (
    <Page title={words.title}>
      <p className="lead">{words.lead}</p>
      <Asking asked={asked} answered={figures.data} ask={setAsked} />
      <Shown query={figures}>
        {(answered) =>
          answered.items.length === 0 ? (
            <Card>
              <Empty title={words.none} />
            </Card>
          ) : (
            <Figures answered={answered} />
          )
        }
      </Shown>
    </Page>
  );
}

type AskingProps = {
  readonly asked: Asked;
  readonly answered: Schemas['FiguresByPeriod'] | undefined;
  readonly ask: (asked: Asked) => void;
};

/** The form for the figures to show. A date that was left empty shows the one that the API took. */
function Asking({ asked, answered, ask }: AskingProps) {
  const { figures: words, everyCommunity } = useWords();
  const names = useNames();
  const from = asked.from || (answered?.from ?? '');
  const to = asked.to || (answered?.to ?? '');
  return (
    <Space wrap className="gap">
      <Segmented<By>
        aria-label={words.by}
        value={asked.by}
        onChange={(by) => ask({ ...asked, by })}
        options={[
          { value: 'month', label: words.byMonth },
          { value: 'day', label: words.byDay },
        ]}
      />
      <Input type="date" aria-label={words.from} value={from} onChange={({ target: { value } }) => ask({ ...asked, from: value })} />
      <Input type="date" aria-label={words.to} value={to} onChange={({ target: { value } }) => ask({ ...asked, to: value })} />
      <Select
        aria-label={words.community}
        className="short"
        value={asked.community}
        onChange={(community) => ask({ ...asked, community })}
        options={[{ value: '', label: everyCommunity }, ...names.all.map(({ id, name }) => ({ value: id, label: name }))]}
      />
    </Space>
  );
}

function Figures({ answered }: { readonly answered: Schemas['FiguresByPeriod'] }) {
  const { figures: words, asTable } = useWords();
  const names = useNames();
  const [measure, setMeasure] = useState<Measure>('points_granted');
  const { items, from, to } = answered;
  const periods = useMemo(() => sums(items), [items]);
  const lines = useMemo(() => linesOf(periods, words.measures), [periods, words]);
  const stacks = useMemo(() => stacksOf(items, measure, names), [items, measure, names]);
  const perCommunity = measured(items, measure);
  const save = () =>
    download(
      `callmi-${from}-${to}.csv`,
      csvFile([[words.period, words.community, ...Object.values(words.all)], ...columnsOf(items, names)]),
    );
  return (
    <>
      <Card className="gap" title={<h2>{words.overTime(from, to)}</h2>} extra={<Button onClick={save}>{words.csv}</Button>}>
        <Chart
          name={words.pointsOverTime}
          option={lines}
          height={340}
          asTable={asTable}
          table={
            <FigureTable
              name={words.pointsOverTime}
              head={[words.period, ...measures.map((each) => words.measures[each])]}
              rows={periods.map((sum) => [sum.period, ...measures.map((each) => writtenIn(each, sum[each]))])}
            />
          }
        />
      </Card>
      <Card title={<h2>{words.byCommunity}</h2>} extra={<MeasureChoice measure={measure} choose={setMeasure} />}>
        <Chart
          name={words.byCommunityOf(words.measures[measure])}
          option={stacks}
          height={380}
          asTable={asTable}
          table={<ByCommunity name={words.byCommunityOf(words.measures[measure])} measure={measure} figures={perCommunity} />}
        />
      </Card>
    </>
  );
}

function MeasureChoice({ measure, choose }: { readonly measure: Measure; readonly choose: (measure: Measure) => void }) {
  const { figures: words } = useWords();
  return (
    <Segmented<Measure>
      aria-label={words.measure}
      value={measure}
      onChange={choose}
      options={measures.map((value) => ({ value, label: words.measures[value] }))}
    />
  );
}

function ByCommunity({ name, measure, figures }: { readonly name: string; readonly measure: Measure; readonly figures: Measured }) {
  const { figures: words } = useWords();
  const { all } = useNames();
  const shown = all.filter(({ id }) => figures.communities.includes(id));
  return (
    <FigureTable
      name={name}
      head={[words.period, ...shown.map((community) => community.name)]}
      rows={figures.periods.map((period) => [period, ...shown.map(({ id }) => writtenIn(measure, figures.of(period, id)))])}
    />
  );
}
