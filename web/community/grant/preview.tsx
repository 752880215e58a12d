import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Alert, Card } from 'antd';
import { answer, api, type Schemas } from '../../api/client.ts';
import { Failed } from '../../console/states.tsx';
import { points } from '../../shared/format.ts';
import { useLanguage } from '../../shared/text.tsx';
import { LimitBars } from '../limit-view.tsx';
import { useWords } from '../words.ts';
import { deedOf, type Entered, isCommendation, type Rule } from './entered.ts';

type Found = Schemas['GrantPreview'];

/** A preview of the grant (points, caps and limit, or the refusal), asked again with every change. */
export function Preview({ entered, rule }: { readonly entered: Entered; readonly rule: Rule | undefined }) {
  const words = useWords().preview;
  const deed = deedOf(entered, rule);
  // A field that was never touched holds nothing at all.
  const withoutPoints = deed !== undefined && isCommendation(rule) && !entered.points;
  const body = deed && !withoutPoints ? { ...deed, ...(isCommendation(rule) && { points: entered.points! }) } : undefined;
  const preview = useQuery({
    queryKey: ['preview', body],
    queryFn: () => answer(api.POST('/v1/grants/preview', { body: body! })),
    enabled: body !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
  return (
    <Card title={<h2>{words.title}</h2>} className="preview">
      <div aria-live="polite" aria-busy={preview.isFetching}>
        {body === undefined && <p>{withoutPoints ? words.waitingForPoints : words.waiting}</p>}
        {body !== undefined && preview.error !== null && <Failed error={preview.error} retry={() => void preview.refetch()} />}
        {body !== undefined && preview.data && <Told found={preview.data} />}
      </div>
    </Card>
  );
}

function Told({ found }: { readonly found: Found }) {
  const words = useWords().preview;
  const { language } = useLanguage();
  const { points: granted, expires_on: until, caps, limit, refusal, second_officer: second } = found;
  return (
    <>
      {granted !== null && (
        <p className="big">
          <strong className="figures">{words.points(points(granted))}</strong>
          {until !== null && <span>{words.until(until)}</span>}
        </p>
      )}
      {refusal && (
        <Alert
          type="error"
          showIcon
          className="gap"
          title={words.wouldBeRefused}
          description={language === 'zh' ? refusal.cashier_message : `${refusal.detail} ${refusal.action}`}
        />
      )}
      {second && <Alert type="info" showIcon className="gap" title={words.second} />}
      {caps.length > 0 && (
        <table className="small-table">
          <caption>{words.caps}</caption>
          <thead>
            <tr>
              <th scope="col">{words.period}</th>
              <th scope="col">{words.cap}</th>
              <th scope="col">{words.used}</th>
              <th scope="col">{words.left}</th>
            </tr>
          </thead>
          <tbody>
            {caps.map(({ per, cap, used, left }) => (
              <tr key={per}>
                <th scope="row">{words.per[per]}</th>
                <td>{points(cap)}</td>
                <td>{points(used)}</td>
                <td>{points(left)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <LimitBars limit={limit} />
    </>
  );
}
