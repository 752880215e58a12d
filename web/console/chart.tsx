/** A picture of figures, by ECharts: with a name, and the same figures as a table for whoever would rather read them. */
import { Switch } from 'antd';
import type { EChartsCoreOption, EChartsType } from 'echarts/core';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import './chart.css';

export type { EChartsCoreOption };

type ChartProps = {
  /** A sentence that says what the chart shows: its heading, and its name for screen readers. */
  readonly name: string;
  readonly option: EChartsCoreOption;
  /** CSS pixels. */
  readonly height: number;
  /** The label of the switch from the picture to the table. */
  readonly asTable: string;
  /** The same figures. */
  readonly table: ReactNode;
  /** Called with the part of the picture that was clicked. */
  readonly onPick?: (part: { readonly name: string; readonly data: unknown }) => void;
};

export function Chart({ name, option, height, asTable, table, onPick }: ChartProps) {
  const [read, setRead] = useState(false);
  const title = useId();
  return (
    <figure className="chart" aria-labelledby={title}>
      <figcaption>
        <span id={title}>{name}</span>
        <label className="chart-switch no-print">
          <Switch size="small" checked={read} onChange={setRead} /> {asTable}
        </label>
      </figcaption>
      {read ? <div className="chart-table">{table}</div> : <Picture name={name} option={option} height={height} onPick={onPick} />}
    </figure>
  );
}

type PictureProps = Pick<ChartProps, 'name' | 'option' | 'height'> & { readonly onPick: ChartProps['onPick'] };

function Picture({ name, option, height, onPick }: PictureProps) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(undefined);
  const pick = useRef(onPick);
  const [drawn, setDrawn] = useState(false);
  pick.current = onPick;

  useEffect(() => {
    let left = false;
    let watching: ResizeObserver | undefined;
    void import('./echarts.ts').then(({ init }) => {
      if (left || !place.current) return;
      const made = init(place.current, undefined, { renderer: 'canvas' });
      made.on('click', ({ name: part, data }) => pick.current?.({ name: part, data }));
      watching = new ResizeObserver(() => made.resize());
      watching.observe(place.current);
      chart.current = made;
      setDrawn(true);
    });
    return () => {
      left = true;
      watching?.disconnect();
      chart.current?.dispose();
      chart.current = undefined;
      setDrawn(false);
    };
  }, []);

  useEffect(() => {
    chart.current?.setOption({ ...common(), ...option }, true);
  }, [option, drawn]);

  return <div ref={place} role="img" aria-label={name} className="chart-picture" style={{ height }} />;
}

/** The options of every picture: calm colours, the font of the page, and no animation. */
function common(): EChartsCoreOption {
  return {
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: INK, fontSize: 13 },
    color: COLOURS,
  };
}

const INK = '#33312c';

/** Ten that can be told apart, also beside each other, and dark enough on white. */
export const COLOURS = ['#0b6e4f', '#8a6500', '#2f6690', '#a23b47', '#6b4c8a', '#3f8f86', '#b5651d', '#66762d', '#94527a', '#5a6270'];

/** The tooltip of every picture: painted, since the policy forbids inline styles in HTML. */
export const tooltip = {
  renderMode: 'richText' as const,
  confine: true,
  backgroundColor: '#ffffff',
  borderColor: '#d9d6cc',
  textStyle: { color: INK, fontSize: 13 },
};
