import { useEffect, useState } from 'react';
import { answer, api, type Schemas } from '../../api/client.ts';
import { useSession } from '../../shared/session.tsx';

type Voucher = Schemas['Voucher'];

const AGAIN_MS = 2_000;

/** The last news of a voucher from the service, and whether the line to it is open. */
export type Told = {
  readonly voucher: Voucher | undefined;
  /** It was seen redeemed, and is open again. */
  readonly undone: boolean;
  readonly connected: boolean;
};

type Seen = Pick<Told, 'voucher' | 'undone'>;

/**
 * Listens to what becomes of a voucher. A browser connects again by itself after a broken line, but not after a refusal: then we do, and ask
 * first whether anybody is signed in, which brings the form where nobody is.
 */
export function useVoucherEvents(id: string): Told {
  const { known } = useSession();
  const lost = known.state === 'somebody' && known.lost;
  const [seen, setSeen] = useState<Seen>({ voucher: undefined, undone: false });
  const [connected, setConnected] = useState(true);
  useEffect(() => {
    if (lost) return;
    let source: EventSource | undefined;
    let again: ReturnType<typeof setTimeout> | undefined;
    const connect = () => {
      source?.close();
      source = new EventSource(`/v1/me/vouchers/${id}/events`);
      source.addEventListener('open', () => setConnected(true));
      source.addEventListener('voucher', ({ data }: MessageEvent<string>) =>
        setSeen((before) => after(before, JSON.parse(data) as Voucher)),
      );
      source.addEventListener('error', () => {
        setConnected(false);
        if (source?.readyState !== EventSource.CLOSED) return;
        void answer(api.GET('/v1/session')).catch(() => undefined);
        again = setTimeout(connect, AGAIN_MS);
      });
    };
    connect();
    return () => {
      clearTimeout(again);
      source?.close();
    };
  }, [id, lost]);
  return { ...seen, connected };
}

function after(before: Seen, voucher: Voucher): Seen {
  return { voucher, undone: voucher.status === 'issued' && (before.undone || before.voucher?.status === 'redeemed') };
}
