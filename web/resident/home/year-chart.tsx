import type { Answer } from '../../api/client.ts';
import { useWords } from '../words.ts';

export type Month = Answer<'/v1/me/months'>['items'][number];

const HEIGHT = 88;
const STEP = 26;
const BAR = 9;

/** A pair of bars a month: what came in, and what was spent. The figures are in the text beside it. */
export function YearChart({ months }: { readonly months: readonly Month[] }) {
  const words = useWords();
  const most = Math.max(1, ...months.flatMap(({ earned, spent }) => [earned, spent]));
  const tall = (amount: number) => (amount === 0 ? 0 : Math.max(2, (amount / most) * HEIGHT));
  return (
    <figure className="chart" aria-hidden="true">
      <svg viewBox={`0 0 ${months.length * STEP} ${HEIGHT + 18}`}>
        <line x1="0" x2={months.length * STEP} y1={HEIGHT + 0.5} y2={HEIGHT + 0.5} className="axis" />
        {months.map(({ month, earned, spent }, n) => (
          <g key={month} transform={`translate(${n * STEP + 3} 0)`}>
            <rect className="earned" x="0" width={BAR} y={HEIGHT - tall(earned)} height={tall(earned)} rx="2" />
            <rect className="spent" x={BAR + 1} width={BAR} y={HEIGHT - tall(spent)} height={tall(spent)} rx="2" />
            <text x={BAR} y={HEIGHT + 14} textAnchor="middle">
              {Number(month.slice(5))}
            </text>
          </g>
        ))}
      </svg>
      <figcaption>
        <span className="key earned" /> {words.earned} <span className="key spent" /> {words.spent}
      </figcaption>
    </figure>
  );
}
