import { useEffect } from 'react';
import { Failed, Loading } from '../../mobile/states.tsx';
import { useRefresh, useVoucher } from '../data.ts';
import { useResident } from '../resident.ts';
import { Screen } from '../screen.tsx';
import { useWords } from '../words.ts';
import { CodePanel } from './code-panel.tsx';
import { Redeemed } from './redeemed.tsx';
import { useVoucherEvents } from './use-voucher-events.ts';
import { useWakeLock } from './use-wake-lock.ts';

/** The screen to hold out to the till: the voucher's code, and once it is redeemed, a message that says so. */
export function CodeScreen({ id }: { readonly id: string }) {
  const words = useWords();
  const { offline } = useResident();
  return (
    <Screen title={words.codeTitle} parent={`/vouchers/${id}`}>
      {offline ? (
        <div className="state" role="alert">
          <h2>{words.codeOfflineShort}</h2>
          <p>{words.codeOffline}</p>
        </div>
      ) : (
        <LiveCode id={id} />
      )}
    </Screen>
  );
}

function LiveCode({ id }: { readonly id: string }) {
  const words = useWords();
  const read = useVoucher(id);
  const refresh = useRefresh();
  const { voucher: told, undone, connected } = useVoucherEvents(id);
  useWakeLock();
  const status = told?.status;
  useEffect(() => {
    if (status !== undefined) refresh();
  }, [status, refresh]);
  const voucher = told ?? read.data;
  return (
    <>
      <div role="alert" aria-live="assertive">
        {voucher?.status === 'redeemed' && <Redeemed voucher={voucher} />}
        {undone && <p className="undone">{words.undone}</p>}
      </div>
      <p className="connection" role="status">
        {!connected && words.reconnecting}
      </p>
      {voucher === undefined && (read.isError ? <Failed error={read.error} retry={() => void read.refetch()} /> : <Loading />)}
      {voucher && voucher.status !== 'redeemed' && <CodePanel voucher={voucher} />}
    </>
  );
}
