import { createLogin, giveOfficerLogin, hashPassword, NONCE_BYTES, type Secrets } from '../src/access/index.ts';
import { chanceOf } from './chance.ts';
import type { Hand } from './hand.ts';
import { personName } from './names.ts';
import type { Login, Officer, Scheme } from './parties.ts';
import { shopKinds } from './shops.ts';

/** Passwords that are drawn need no slow hash: nobody could guess them. */
const CHEAP = { memoryKiB: 64, passes: 1 };

export type LoginsOptions = {
  readonly hand: Hand;
  readonly secrets: Secrets;
  /** Draws a password that is really secret. */
  readonly newPassword: () => string;
  readonly random: (bytes: number) => Uint8Array;
};

/** Logins for every officer (`gexiang-1`, `street-2`) and for the counter of every store (`wanhe-chaoshi`), by the id of whom they are for. */
export async function makeLogins(
  { hand, secrets, newPassword, random }: LoginsOptions,
  { street, communities, tills }: Pick<Scheme, 'street' | 'communities' | 'tills'>,
): Promise<ReadonlyMap<string, Login>> {
  const logins = new Map<string, Login>();
  const chance = chanceOf('counters');

  async function drawn(of: string, login: string) {
    const password = newPassword();
    logins.set(of, { login, password });
    const passwordHash = await hashPassword(password, random(NONCE_BYTES), CHEAP);
    return { name: login, temporary: false, passwordHash, sealedPassword: secrets.seal(password) };
  }

  const officers = [street, ...communities.map((community) => community.officers)].flatMap((office) => office.map(numbered));
  for (const [officer, name] of officers) {
    hand.act(giveOfficerLogin, { by: street[0]!, officerId: officer.id, ...(await drawn(officer.id, name)) });
  }
  for (const { community, kind, merchantId, storeId } of tills) {
    const { ascii } = shopKinds.find(({ name }) => name === kind)!;
    const binding = { kind: 'till', merchantId, storeId } as const;
    const asked = { by: community.officers[0]!, personName: personName(chance), binding };
    hand.act(createLogin, { ...asked, ...(await drawn(storeId, `${community.id}-${ascii}`)) });
  }
  return logins;
}

function numbered(officer: Officer, n: number): [Officer, string] {
  return [officer, `${officer.communityId ?? 'street'}-${n + 1}`];
}
