/** Tills that redeem: what they send, and at which till which voucher is shown. */
import { chanceOf } from '../../seeds/index.ts';
import type { Sent } from './requests.ts';
import type { Scheme, Till } from './scheme.ts';
import type { Bearers } from './tokens.ts';
import type { Shown } from './vouchers.ts';

const SAME_COMMUNITY = 0.3;

/** A voucher that is shown at a till. */
export type Presented = Pick<Shown, 'code'> & { readonly till: Till };

/** Three of ten vouchers are shown in the community of their (first) issuer, the others in one that has issued no part of them. */
export function presentedAcross({ tills }: Scheme, shown: readonly Shown[]): Presented[] {
  const chance = chanceOf('tills');
  const byCommunity = Map.groupBy(tills, ({ community }) => community);
  return shown.map(({ code, issuers }) => {
    if (chance.happens(SAME_COMMUNITY)) return { code, till: chance.pick(byCommunity.get(issuers[0]!)!) };
    for (;;) {
      const till = chance.pick(tills);
      if (!issuers.includes(till.community)) return { code, till };
    }
  });
}

/** The requests to redeem, or others with the same body on another path. */
export function* redemptionsOf(presented: readonly Presented[], bearers: Bearers, path = '/v1/redemptions'): Generator<Sent> {
  const kind = path === '/v1/redemptions' ? 'redeem' : 'no-op';
  for (const [n, { code, till }] of presented.entries()) {
    const body = { code, terminal_id: till.terminalId, order_no: `A-${1_000_000 + n}`, order_amount_fen: 5_680 };
    yield { kind, method: 'POST', path, bearer: bearers(till), body };
  }
}
