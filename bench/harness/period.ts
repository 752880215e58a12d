/** A period to be settled: so many redemptions of some days, always between the same communities, at the same merchants. */
import { randomBytes } from 'node:crypto';
import { grant } from '../../src/communities/index.ts';
import { addDays, dayOf } from '../../src/ledger/index.ts';
import { issueVoucher, redeem, type RedeemInput } from '../../src/redeem/index.ts';
import type { Service } from '../../src/service.ts';
import type { Backend } from './backend.ts';
import type { Options } from './options.ts';
import { kept } from './prepared.ts';
import { establish, type Resident, RULE_POINTS, type Scheme, type Till, VOUCHER_POINTS } from './scheme.ts';
import { newKeys, openWriter, type SchemeKeys } from './settings.ts';
import { progressOf, submitAll } from './submit.ts';
import { mintCodes } from './vouchers.ts';

const DAY_MS = 86_400_000;
const PAST_MS = 45 * DAY_MS;
const DAYS = 30;
/** 60 in the ten communities. */
const MERCHANTS_EACH = 6;
const RESIDENTS = 100;
const AT_ONCE = 2_000;

export type Period = {
  /** The database's name; it is only ever copied. */
  readonly name: string;
  readonly keys: SchemeKeys;
  readonly scheme: Scheme;
  /** Its last business day. All of its days are over, and open. */
  readonly throughDay: string;
};

/** A scheme with so many redemptions in its first 30 days, prepared once and kept. */
export function period(backend: Backend, options: Options, redemptions: number): Promise<Period> {
  const name = `bench_period_${redemptions}`;
  return kept(backend, options, name, async () => {
    const keys = newKeys();
    const start = Date.now() - PAST_MS;
    const clock = { now: start };
    const service = await openWriter(backend.urlOf(name), keys, () => clock.now);
    try {
      const scheme = await establish(service, RESIDENTS);
      const counter = counterOf(scheme);
      const tell = progressOf('redemptions', redemptions);
      for (let day = 0; day < DAYS; day++) {
        clock.now = start + day * DAY_MS;
        const [from, to] = [day, day + 1].map((days) => Math.floor((redemptions * days) / DAYS)) as [number, number];
        for (let n = 0; n < to - from; n += AT_ONCE) await some(service, scheme, counter, n, Math.min(AT_ONCE, to - from - n));
        tell(to);
      }
      return { name, keys, scheme, throughDay: addDays(dayOf(start), DAYS - 1) };
    } finally {
      await service.close();
      await backend.tidy(name);
    }
  });
}

type Counter = { readonly tills: readonly Till[]; readonly issuers: readonly string[] };
type Wish = { readonly till: Till; readonly issuer: string; readonly resident: Resident };

function counterOf({ tills }: Scheme): Counter {
  const byCommunity = Map.groupBy(tills, ({ community }) => community);
  return { issuers: [...byCommunity.keys()], tills: [...byCommunity.values()].flatMap((own) => merchantsOf(own).slice(0, MERCHANTS_EACH)) };
}

/** A till of each merchant. */
function merchantsOf(tills: readonly Till[]): Till[] {
  return [...new Map(tills.map((till) => [till.merchantId, till])).values()];
}

/** The redemptions of a day from the nth on: points are granted, turned into vouchers, shown and redeemed. */
async function some(service: Service, scheme: Scheme, counter: Counter, from: number, count: number): Promise<void> {
  const wishes = Array.from({ length: count }, (_, n) => wishOf(scheme, counter, from + n));
  await submitAll(service, grant, deedsFor(scheme, wishes, dayOf(service.clock())));
  const issues = wishes.map(({ resident }) => ({ residentId: resident.id, offerId: scheme.offerId, quantity: 1, by: null }));
  const vouchers = await submitAll(service, issueVoucher, issues);
  const open = vouchers.map(({ id, resident_id: residentId, shares }) => ({ id, residentId, issuers: shares.map(({ issuer }) => issuer) }));
  const shown = await mintCodes(service, open);
  const inputs = shown.map(({ codeHash }, n): RedeemInput => {
    const { merchantId, storeId, terminalId } = wishes[n]!.till;
    return { merchantId, storeId, terminalId, codeHash, orderNo: randomBytes(6).toString('hex'), orderAmountFen: 5_000, presentedAt: null };
  });
  await submitAll(service, redeem, inputs);
}

/** Some hundred of a day are enough for every merchant, and for every community with every other: so even a short period has all the accounts of a long one. */
function wishOf({ residents }: Scheme, { tills, issuers }: Counter, n: number): Wish {
  const round = Math.floor(n / tills.length);
  const issuer = (n + round) % issuers.length;
  return {
    till: tills[n % tills.length]!,
    issuer: issuers[issuer]!,
    // Each resident has the points of one issuer only.
    resident: residents[issuer + issuers.length * (Math.floor(n / issuers.length) % (RESIDENTS / issuers.length))]!,
  };
}

/** One grant a resident, of the points for all of their vouchers. */
function deedsFor({ officers }: Scheme, wishes: readonly Wish[], day: string) {
  return [...Map.groupBy(wishes, ({ resident }) => resident)].map(([resident, own]) => {
    const officer = officers.find(({ community }) => community === own[0]!.issuer)!;
    const by = { id: officer.id, communityId: officer.community };
    const deed = {
      ruleId: officer.ruleId,
      residentId: resident.id,
      quantity: (own.length * VOUCHER_POINTS) / RULE_POINTS,
      occurredOn: day,
    };
    return { by, ...deed, points: null, description: '社区清洁', externalReference: null, approvedBy: null };
  });
}
