import { Button } from 'antd-mobile';
import { useLocation } from 'wouter';
import type { Schemas } from '../../api/client.ts';
import { Failed, Loading } from '../../mobile/states.tsx';
import { lastDayOf, points, timeOf, yuan } from '../../shared/format.ts';
import { useVoucher } from '../data.ts';
import { useResident } from '../resident.ts';
import { Screen } from '../screen.tsx';
import { Stale } from '../stale.tsx';
import { useWords } from '../words.ts';
import { CancelSheet } from './cancel-sheet.tsx';
import { isTakenNowhere, useVoucherLine } from './voucher-line.ts';

/** All about one voucher, and what can be done with it. */
export function VoucherScreen({ id, cancelling }: { readonly id: string; readonly cancelling: boolean }) {
  const words = useWords();
  const voucher = useVoucher(id);
  return (
    <Screen title={voucher.data?.title ?? words.voucher} parent="/vouchers">
      <Stale query={voucher} />
      {voucher.data ? (
        <>
          <Facts voucher={voucher.data} />
          {voucher.data.status === 'issued' && <Actions id={id} showable={!isTakenNowhere(voucher.data)} />}
          {cancelling && <CancelSheet voucher={voucher.data} />}
        </>
      ) : voucher.isError ? (
        <Failed error={voucher.error} retry={() => void voucher.refetch()} />
      ) : (
        <Loading />
      )}
    </Screen>
  );
}

function Facts({ voucher }: { readonly voucher: Schemas['Voucher'] }) {
  const words = useWords();
  const line = useVoucherLine(voucher);
  const takenNowhere = isTakenNowhere(voucher);
  const ready = voucher.status === 'issued' && !takenNowhere;
  const facts = [
    [words.usableAt, voucher.merchant_name ?? words.everywhere],
    [words.takeGoodUntil, lastDayOf(voucher.valid_until)],
    [words.voucherPoints, words.price(points(voucher.points))],
    [words.issuedAt, timeOf(voucher.issued_at)],
  ] as const;
  return (
    <section className={`card voucher-facts ${ready ? 'ready' : 'over'}`}>
      <p className="big-line">{words.takesOff(yuan(voucher.face_fen))}</p>
      <p>
        <strong>{ready ? words.status.issued : takenNowhere ? words.shopSuspendedTitle : line}</strong>
      </p>
      {voucher.status === 'suspended' && <p>{words.suspendedHint}</p>}
      {takenNowhere && <p>{words.shopSuspendedHint(voucher.merchant_name!)}</p>}
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Actions({ id, showable }: { readonly id: string; readonly showable: boolean }) {
  const words = useWords();
  const { offline } = useResident();
  const [, navigate] = useLocation();
  return (
    <div className="actions">
      {showable && (
        <Button block color="primary" size="large" onClick={() => navigate(`/vouchers/${id}/code`)}>
          {words.showCode}
        </Button>
      )}
      <Button block color="danger" fill="outline" size="large" disabled={offline} onClick={() => navigate(`/vouchers/${id}/cancel`)}>
        {words.cancelVoucher}
      </Button>
      {offline && <p className="note">{words.offlineNoWrite}</p>}
    </div>
  );
}
