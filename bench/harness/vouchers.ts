/** Vouchers that are open to be redeemed, and the codes that show them. */
import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { chanceOf } from '../../seeds/index.ts';
import { pooled } from '../../src/chance.ts';
import { grant } from '../../src/communities/index.ts';
import type { Share } from '../../src/communities/index.ts';
import { dayOf } from '../../src/ledger/index.ts';
import { issueVoucher, mintCode, newCode } from '../../src/redeem/index.ts';
import type { Service } from '../../src/service.ts';
import type { View } from '../../src/store/index.ts';
import { type Resident, RULE_POINTS, type Scheme, VOUCHER_POINTS } from './scheme.ts';
import { submitAll } from './submit.ts';

/** Each resident takes so many, one of which has two issuers: a tenth of all. */
const VOUCHERS_EACH = 10;
/** The grants of a resident's two issuers, in multiples of the rule's points: the earlier one's run out in the middle of a voucher. */
const GRANTED = [9, 11] as const;

export function residentsFor(vouchers: number): number {
  return Math.ceil(vouchers / VOUCHERS_EACH);
}

export type OpenVoucher = { readonly id: string; readonly residentId: string; readonly issuers: readonly string[] };

/** A voucher with the code that shows it, good for an hour. */
export type Shown = OpenVoucher & { readonly code: string; readonly codeHash: string };

/** Grants by both issuers of a resident, in the order in which their points are drawn. */
export function grantsTo({ officers }: Scheme, { id, issuers }: Resident, day: string, quantities: readonly number[]) {
  return issuers.slice(0, quantities.length).map((community, n) => {
    const officer = officers.find((each) => each.community === community)!;
    const deed = { ruleId: officer.ruleId, residentId: id, quantity: quantities[n]!, points: null, occurredOn: day };
    const by = { id: officer.id, communityId: community };
    return { by, ...deed, description: '社区清洁', externalReference: null, approvedBy: null };
  });
}

/** Grants points to all residents and turns all of them into vouchers. Vouchers of one resident do not lie together. */
export async function issueOpen(service: Service, scheme: Scheme): Promise<void> {
  if (GRANTED[0] * RULE_POINTS + GRANTED[1] * RULE_POINTS !== VOUCHERS_EACH * VOUCHER_POINTS) throw new Error('points would be left');
  const today = dayOf(service.clock());
  const deeds = scheme.residents.flatMap((resident) => grantsTo(scheme, resident, today, GRANTED));
  await submitAll(service, grant, deeds);
  const wishes = scheme.residents.map(({ id }) => ({ residentId: id, offerId: scheme.offerId, quantity: 1, by: null }));
  for (let n = 0; n < VOUCHERS_EACH; n++) await submitAll(service, issueVoucher, wishes);
}

/** All open vouchers in a random order, the same each time. */
export async function openVouchers({ read, tables: { voucher } }: View): Promise<OpenVoucher[]> {
  const rows = await read
    .select({ id: voucher.id, residentId: voucher.residentId, shares: voucher.shares })
    .from(voucher)
    .where(eq(voucher.state, 'issued'))
    .orderBy(voucher.id);
  return shuffled(
    rows.map(({ shares, ...row }) => ({ ...row, issuers: (JSON.parse(shares) as Share[]).map(({ issuer }) => issuer) })),
    'vouchers',
  );
}

export function shuffled<T>(list: readonly T[], seed: string): T[] {
  const chance = chanceOf(seed);
  const cards = [...list];
  for (let n = cards.length - 1; n > 0; n--) {
    const other = chance.between(0, n);
    [cards[n], cards[other]] = [cards[other]!, cards[n]!];
  }
  return cards;
}

/** Mints a code for each voucher, by the real clock. */
export async function mintCodes(service: Service, vouchers: readonly OpenVoucher[]): Promise<Shown[]> {
  const { secrets } = service;
  const random = pooled(randomBytes);
  const shown = vouchers.map((voucher) => {
    const code = newCode(random);
    return { ...voucher, code, codeHash: secrets.hash('code', code) };
  });
  const inputs = shown.map(({ id, residentId, code, codeHash }) => ({
    residentId,
    voucherId: id,
    codeHash,
    sealedCode: secrets.seal(code),
  }));
  await submitAll(service, mintCode, inputs);
  return shown;
}
