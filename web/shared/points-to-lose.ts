import type { Schemas } from '../api/client.ts';

type Held = {
  readonly wallet: Pick<Schemas['Wallet'], 'points'>;
  readonly vouchers: readonly Pick<Schemas['Voucher'], 'status' | 'points'>[];
};

/** The points that go with a resident who is erased: those in the wallet and in open vouchers. */
export function pointsToLose({ wallet, vouchers }: Held): number {
  const open = vouchers.filter(({ status }) => status === 'issued' || status === 'suspended');
  return open.reduce((sum, { points }) => sum + points, wallet.points);
}
