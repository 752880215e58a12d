import { Alert, Progress } from 'antd';
import type { Schemas } from '../api/client.ts';
import { Facts } from '../console/facts.tsx';
import { points, yuanFixed } from '../shared/format.ts';
import { useWords } from './words.ts';

type Limit = Schemas['Limit'];

const NEAR = 70;
const FULL = 90;

/** How much of a ceiling is used, as a bar and in words: the bar alone would be colour only. */
function Bar({ label, percent, said }: { readonly label: string; readonly percent: number; readonly said: string }) {
  const colour = percent >= FULL ? '#b3261e' : percent >= NEAR ? '#8a6500' : '#0b6e4f';
  return (
    <div className="bar">
      <span>{label}</span>
      <Progress percent={Math.min(100, percent)} strokeColor={colour} format={() => `${percent} %`} aria-label={label} />
      <span className="figures">{said}</span>
    </div>
  );
}

/** The use of the exposure limit and of the fund, if there is one, as bars; above them the warning that the community has reached. */
export function LimitBars({ limit }: { readonly limit: Limit }) {
  const words = useWords().limits;
  const { granted, exposure, fund, effective, warning } = limit;
  return (
    <>
      {warning !== null && (
        <Alert
          role="status"
          className="gap"
          type={warning >= FULL ? 'error' : 'warning'}
          showIcon
          title={words.warned(effective.used_percent, warning)}
          description={words.available(points(effective.available_points))}
        />
      )}
      <Bar
        label={words.exposure}
        percent={exposure.used_percent}
        said={words.ofPoints(points(granted.open_points), points(exposure.limit_points))}
      />
      {fund && (
        <Bar
          label={words.fund}
          percent={fund.used_percent}
          said={words.ofYuan(yuanFixed(fund.cost_fen), yuanFixed(granted.open_fen), yuanFixed(fund.fund_fen))}
        />
      )}
    </>
  );
}

/** The parts of the limit in figures. */
export function LimitFigures({ limit }: { readonly limit: Limit }) {
  const words = useWords().limits;
  const { granted, exposure, fund, effective } = limit;
  return (
    <Facts
      items={[
        [words.open, words.points(points(granted.open_points))],
        [words.openWorth, words.yuan(yuanFixed(granted.open_fen))],
        [words.exposureLimit, words.points(points(exposure.limit_points))],
        [words.binding, words.binds[effective.binding]],
        [words.effective, words.points(points(effective.limit_points))],
        [words.left, words.points(points(effective.available_points))],
        ...(fund
          ? ([
              [words.fundTotal, words.yuan(yuanFixed(fund.fund_fen))],
              [words.fundSpent, words.yuan(yuanFixed(fund.cost_fen))],
              [words.fundPays, words.points(points(fund.pays_for_points))],
            ] as const)
          : ([[words.fund, words.noFund]] as const)),
      ]}
    />
  );
}
