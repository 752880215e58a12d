import { Alert, Card } from 'antd';
import { Failed } from '../../console/states.tsx';
import { points } from '../../shared/format.ts';
import { type Language, useLanguage } from '../../shared/text.tsx';
import { LimitBars } from '../limit-view.tsx';
import type { Words } from '../text/zh.ts';
import { useWords } from '../words.ts';
import { deedOf, type Entered, isCommendation, type Rule } from './entered.ts';
import type { GrantPreview, usePreview } from './previewed.ts';
import { said } from './said.ts';

type PreviewProps = {
  readonly entered: Entered;
  readonly rule: Rule | undefined;
  /** Undefined while something is missing. */
  readonly preview: ReturnType<typeof usePreview> | undefined;
};

/** The preview of a grant: points, caps and limit, or the refusal, and whether one officer may grant it. */
export function Preview({ entered, rule, preview }: PreviewProps) {
  const words = useWords().preview;
  const missesPoints = deedOf(entered, rule) !== undefined;
  return (
    <Card title={<h2>{words.title}</h2>} className="preview">
      <div aria-live="polite" aria-busy={preview?.isFetching ?? false}>
        {!preview && <p>{missesPoints ? words.waitingForPoints : words.waiting}</p>}
        {preview && preview.error !== null && <Failed error={preview.error} retry={() => void preview.refetch()} />}
        {preview?.data && <Told found={preview.data} rule={rule} />}
      </div>
    </Card>
  );
}

type ToldProps = { readonly found: GrantPreview; readonly rule: Rule | undefined };

function Told({ found, rule }: ToldProps) {
  const words = useWords().preview;
  const { language } = useLanguage();
  const { points: granted, expires_on: until, caps, limit, refusal, alone } = found;
  return (
    <>
      {granted !== null && (
        <p className="big">
          <strong className="figures">{words.points(points(granted))}</strong>
          {until !== null && <span>{words.until(until)}</span>}
        </p>
      )}
      {refusal && <Alert type="error" showIcon className="gap" title={words.wouldBeRefused} description={said(refusal, language)} />}
      <Way found={found} rule={rule} />
      {caps.length > 0 && (
        <table className="small-table">
          <caption>{words.caps}</caption>
          <Heads first={words.period} limit={words.cap} />
          <tbody>
            {caps.map(({ per, cap, used, left }) => (
              <Line key={per} first={words.per[per]} figures={[cap, used, left]} />
            ))}
          </tbody>
        </table>
      )}
      {!isCommendation(rule) && alone.limits.length > 0 && (
        <table className="small-table">
          <caption>{words.aloneLimits}</caption>
          <Heads first={words.period} limit={words.cap} />
          <tbody>
            {alone.limits.map(({ per, limit: most, used, left }) => (
              <Line key={per} first={words.alonePer[per]} figures={[most, used, left]} />
            ))}
          </tbody>
        </table>
      )}
      <LimitBars limit={limit} />
    </>
  );
}

/** Whether it goes alone or takes a second officer, and why. */
function Way({ found: { refusal, second_officer: second, alone }, rule }: ToldProps) {
  const words = useWords().preview;
  const { language } = useLanguage();
  if (isCommendation(rule)) return <Alert type="info" showIcon className="gap" title={words.second} />;
  if (second) {
    return (
      <Alert
        type="info"
        showIcon
        className="gap"
        title={words.takesTwo}
        description={alone.refusal && whyTwo(alone.refusal, words, language)}
      />
    );
  }
  return refusal === null && <p>{words.alone}</p>;
}

type Refused = NonNullable<GrantPreview['alone']['refusal']>;

/** The limit of one officer that is exceeded, in figures; else what the API says. */
function whyTwo(refusal: Refused, { over }: Words['preview'], language: Language): string {
  const { per, limit, used } = (refusal.details ?? {}) as { per?: keyof typeof over; limit?: number; used?: number };
  return per === undefined ? said(refusal, language) : over[per](points(limit ?? 0), points(used ?? 0));
}

function Heads({ first, limit }: { readonly first: string; readonly limit: string }) {
  const words = useWords().preview;
  return (
    <thead>
      <tr>
        {[first, limit, words.used, words.left].map((title) => (
          <th key={title} scope="col">
            {title}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function Line({ first, figures }: { readonly first: string; readonly figures: readonly number[] }) {
  return (
    <tr>
      <th scope="row">{first}</th>
      {figures.map((n, place) => (
        // eslint-disable-next-line react/no-array-index-key
        <td key={place}>{points(n)}</td>
      ))}
    </tr>
  );
}
