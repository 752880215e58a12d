import { NoAnswer, type Schemas } from '../../api/client.ts';
import { Failed, Loading } from '../../mobile/states.tsx';
import { yuan } from '../../shared/format.ts';
import { useWords } from '../words.ts';
import { Countdown } from './countdown.tsx';
import { BarPicture, QrPicture } from './pictures.tsx';
import { isTakenNowhere } from '../vouchers/voucher-line.ts';
import { useBarred } from '../standing.tsx';
import { useCode } from './use-code.ts';

/** The code in its three shapes, and how long it lasts. */
export function CodePanel({ voucher }: { readonly voucher: Schemas['Voucher'] }) {
  const words = useWords();
  const takenNowhere = isTakenNowhere(voucher);
  const open = voucher.status === 'issued' && !takenNowhere;
  const barred = useBarred();
  const code = useCode(voucher.id, open && barred === undefined);
  if (!open) {
    return (
      <div className="state">
        <h2>{takenNowhere ? words.shopSuspendedTitle : words.status[voucher.status]}</h2>
        {voucher.status === 'suspended' && <p>{words.suspendedHint}</p>}
        {takenNowhere && <p>{words.shopSuspendedHint(voucher.merchant_name!)}</p>}
      </div>
    );
  }
  // The screen says why, above.
  if (barred !== undefined) {
    return (
      <div className="state">
        <h2>{words.codeBarred}</h2>
      </div>
    );
  }
  const offline = code.problem instanceof NoAnswer;
  return (
    <section className="code" aria-label={words.codeTitle}>
      <p className="code-what">
        <strong>{words.takesOff(yuan(voucher.face_fen))}</strong> {voucher.title}
        {voucher.merchant_name !== null && ` · ${words.onlyAt(voucher.merchant_name)}`}
      </p>
      {offline && (
        <p className="problem" role="alert">
          {words.codeOffline}
        </p>
      )}
      {code.problem && !offline && <Failed error={code.problem} />}
      {code.digits !== undefined && (
        <>
          <QrPicture digits={code.digits} label={words.codeQr} />
          <BarPicture digits={code.digits} label={words.codeBars} />
          <p className="digits" aria-label={words.codeDigits}>
            {code.digits.match(/\d{1,3}/g)?.map((group, n) => (
              // The groups of a code have no other name than their place.
              <span key={`${n}:${group}`}>{group}</span>
            ))}
          </p>
          <Countdown code={code} />
          <p className="note">{words.codeHow}</p>
        </>
      )}
      {code.digits === undefined && !code.problem && (code.waitMs > 0 ? <Soon waitMs={code.waitMs} /> : <Loading />)}
    </section>
  );
}

const MINUTE_MS = 60_000;

/** The sentence that the code comes by itself. */
function Soon({ waitMs }: { readonly waitMs: number }) {
  const words = useWords();
  return (
    <div className="state" role="status">
      {waitMs < MINUTE_MS ? words.codeSoon : words.codeLater(Math.ceil(waitMs / MINUTE_MS))}
    </div>
  );
}
