import {
  account,
  addDays,
  balanceOf,
  type Call,
  type Command,
  cr,
  dayOf,
  type Decision,
  dr,
  type Facts,
  many,
  put,
  startOfDay,
  type Want,
} from '../ledger/index.ts';
import { refuse } from './refusals.ts';

export type LotKey = { readonly residentId: string; readonly communityId: string; readonly expiresOn: string };

type ExpireLotReply = { points: number };

/** Books the expiry of the points left in a lot whose last day is over. */
export const expireLot: Command<LotKey, ExpireLotReply> = { name: 'expire-lot', load: loadExpireLot, decide: decideExpireLot };

function loadExpireLot({ residentId, communityId, expiresOn }: LotKey): readonly Want[] {
  return [balanceOf(account.wallet(communityId, residentId, expiresOn)), many('grant', 'unspentInLot', residentId, communityId, expiresOn)];
}

function decideExpireLot(facts: Facts, { residentId, communityId, expiresOn }: LotKey, { at }: Call): Decision<ExpireLotReply> {
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
}
