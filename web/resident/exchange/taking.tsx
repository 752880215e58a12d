import { createContext, type ReactNode, use } from 'react';
import { type Attempt, keyed, useAttempt } from '../../api/attempt.ts';
import { answer, api, type Schemas } from '../../api/client.ts';
import { useRefresh } from '../data.ts';

export type TakingInput = { readonly offerId: string; readonly quantity: number };

type Taking = Attempt<TakingInput, Schemas['Voucher']>;

const TakingContext = createContext<Taking | undefined>(undefined);

/** The taking of a voucher: it is above the screens, so that one whose outcome is unknown is still known of after leaving the sheet. */
export function TakingProvider({ children }: { readonly children: ReactNode }) {
  const refresh = useRefresh();
  const taking = useAttempt(async ({ offerId, quantity }: TakingInput, key) => {
    const voucher = await answer(api.POST('/v1/me/vouchers', { ...keyed(key), body: { offer_id: offerId, quantity } }));
    refresh();
    return voucher;
  });
  return <TakingContext value={taking}>{children}</TakingContext>;
}

export function useTaking(): Taking {
  const value = use(TakingContext);
  if (!value) throw new Error('TakingProvider is missing');
  return value;
}
