import { account, addDays, balanceOf, type Command, cr, dayOf, dr, many, put, startOfDay } from '../ledger/index.ts';
import { refuse } from './refusals.ts';

export type LotKey = { readonly residentId: string; readonly communityId: string; readonly expiresOn: string };

/** Books what the date has already decided: the points left in a lot whose last day is over expire. */
export const expireLot: Command<LotKey, { points: number }> = {
  name: 'expire-lot',
  load: ({ residentId, communityId, expiresOn }) => [
    balanceOf(account.wallet(communityId, residentId, expiresOn)),
    many('grant', 'unspentInLot', residentId, communityId, expiresOn),
  ],
  decide(facts, { residentId, communityId, expiresOn }, { at }) {
    const wallet = account.wallet(communityId, residentId, expiresOn);
    const points = 0 - facts.balance(wallet);
    if (dayOf(at) <= expiresOn || points === 0) return refuse('nothing_to_expire', { expires_on: expiresOn, points });
    const spent = facts.list('grant', 'unspentInLot', residentId, communityId, expiresOn);
    return {
      entries: [
        {
          kind: 'lot_expiry',
          effectiveAt: startOfDay(addDays(expiresOn, 1)),
          subject: residentId,
          postings: [dr(wallet, points), cr(account.expired(communityId), points)],
        },
      ],
      rows: spent.map((grant) => put('grant', { ...grant, remaining: 0 })),
      reply: { points },
    };
  },
};
