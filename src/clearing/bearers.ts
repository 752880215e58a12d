/** Who bears what, for reads: see `bearerOf`. */
import { bearerOf } from '../communities/index.ts';
import type { Facts } from '../ledger/index.ts';
import type { View } from '../store/index.ts';

export type Bearers = {
  /** The community that on a business day bears this one's cost: itself, or who has succeeded it. */
  of(communityId: string, day: string): string;
  /** The acquirer of a merchant on a business day. */
  ofMerchant(merchantId: string, day: string): string;
};

/** Reads the communities and merchants, which are few. */
export async function bearersIn({ read, tables: { community, merchant } }: View): Promise<Bearers> {
  const communities = new Map((await read.select().from(community)).map((row) => [row.id, row]));
  const homes = new Map(
    (await read.select({ id: merchant.id, home: merchant.communityId }).from(merchant)).map(({ id, home }) => [id, home]),
  );
  const facts = { get: (_table: 'community', id: string) => communities.get(id) } as Pick<Facts, 'get'>;
  const of = (communityId: string, day: string) => bearerOf(facts, communityId, day);
  return { of, ofMerchant: (merchantId, day) => of(homes.get(merchantId)!, day) };
}
