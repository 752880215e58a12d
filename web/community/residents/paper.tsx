import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Card, Checkbox } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'wouter';
import { keyedAt, useAttempt } from '../../api/attempt.ts';
import { answer, api, type Schemas } from '../../api/client.ts';
import { AttemptButton } from '../../console/attempt-button.tsx';
import { Page } from '../../console/page.tsx';
import { Qr } from '../../console/qr.tsx';
import { Secret } from '../../console/secret.tsx';
import { Shown } from '../../console/states.tsx';
import { useConsole } from '../../console/words.ts';
import { dayOf, lastDayOf, yuan } from '../../shared/format.ts';
import { useWords } from '../words.ts';
import { Barcode } from './barcode.tsx';
import { useResident } from './one/use-resident.ts';

type Voucher = Schemas['Voucher'];
type Paper = Schemas['Paper'];

/** A voucher on paper for somebody without a phone: what is printed, and the PIN that is told. */
export function PaperPage() {
  const words = useWords().paper;
  const { id, voucher: voucherId } = useParams<{ readonly id: string; readonly voucher: string }>();
  const resident = useResident(id);
  const voucher = useQuery({
    queryKey: ['voucher', voucherId],
    queryFn: () => answer(api.GET('/v1/vouchers/{id}', { params: { path: { id: voucherId } } })),
  });
  return (
    <Page title={words.title} actions={<Link href={`/residents/${id}`}>{words.back(resident.data?.name ?? '')}</Link>}>
      <Shown query={voucher}>{(found) => <Printing voucher={found} name={resident.data?.name ?? ''} />}</Shown>
    </Page>
  );
}

function Printing({ voucher, name }: { readonly voucher: Voucher; readonly name: string }) {
  const words = useWords().paper;
  const { print } = useConsole();
  const [paper, setPaper] = useState<Paper>();
  const [withPin, setWithPin] = useState(false);
  const attempt = useAttempt((id: string, key: string) =>
    answer(api.POST('/v1/vouchers/{id}/papers', { ...keyedAt(key, { id }), body: {} })),
  );
  if (!paper) {
    return (
      <Card className="no-print">
        <p>{words.intro(voucher.title, yuan(voucher.face_fen))}</p>
        <p>{words.again}</p>
        <AttemptButton attempt={attempt} input={voucher.id} done={setPaper}>
          {words.make}
        </AttemptButton>
      </Card>
    );
  }
  return (
    <>
      <div className="no-print">
        <Secret title={words.tellPin(name)} parts={[{ label: words.pin, value: paper.pin }]} />
        <Checkbox checked={withPin} onChange={({ target }) => setWithPin(target.checked)}>
          {words.printPin}
        </Checkbox>
        {withPin && <Alert type="info" showIcon className="gap" title={words.tearOff} />}
        <p>
          <Button type="primary" onClick={() => globalThis.print()}>
            {print}
          </Button>
        </p>
      </div>
      <Slip voucher={voucher} paper={paper} withPin={withPin} />
    </>
  );
}

type SlipProps = { readonly voucher: Voucher; readonly paper: Paper; readonly withPin: boolean };

/** The slip that is printed: on A6, or on the roll of a receipt printer. */
function Slip({ voucher, paper, withPin }: SlipProps) {
  const words = useWords().paper;
  const digits = paper.code.replaceAll(/(\d{6})(?=\d)/g, '$1 ');
  return (
    <article className="slip" aria-label={words.slip}>
      <h2>{words.heading}</h2>
      <p className="face">
        <strong>{yuan(voucher.face_fen)}</strong> {words.yuanOff}
      </p>
      <p>{voucher.title}</p>
      <Qr text={paper.code} label={words.qr} />
      <Barcode digits={paper.code} label={words.barcode} />
      <p className="digits">{digits}</p>
      <dl>
        <dt>{words.until}</dt>
        <dd>{words.lastDay(lastDayOf(paper.expires_at))}</dd>
        <dt>{words.shop}</dt>
        <dd>{voucher.merchant_name ?? words.anyShop}</dd>
        <dt>{words.printed}</dt>
        <dd>{dayOf(paper.minted_at)}</dd>
      </dl>
      <p>{words.cashier}</p>
      {withPin && (
        <p className="tear-off">
          {words.pinFor(digits.slice(-6))} <strong>{paper.pin}</strong>
        </p>
      )}
    </article>
  );
}
