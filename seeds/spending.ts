import { addDays, dayOf, startOfDay } from '../src/ledger/index.ts';
import {
  cancelVoucher,
  expireVoucher,
  issueVoucher,
  mintCode,
  newCode,
  redeem,
  reverseRedemption,
  voidRedemption,
} from '../src/redeem/index.ts';
import { idOf } from '../src/store/index.ts';
import { pickWeighted } from './chance.ts';
import { assumed } from './figures.ts';
import { type Sender, system } from './hand.ts';
import type { Member } from './members.ts';
import type { Offer, Till } from './parties.ts';
import { MINUTE, momentWithin, type Year } from './year.ts';

/** The first values of the policies. */
const VALID_DAYS = 90;
const FEN_PER_POINT = 10;

type Voucher = { readonly id: string; readonly member: Member; readonly offer: Offer; readonly points: number };

/** Somebody whose points are enough for a voucher takes one within some weeks, unless they save. */
export function considerTaking(year: Year, member: Member, at: number): void {
  if (member.saves || member.choosing || member.points < year.scheme.cash.points) return;
  member.choosing = true;
  const when = momentWithin(year.chance, at, 25);
  year.agenda.plan(when, () => take(year, member, when));
}

function take(year: Year, member: Member, at: number): void {
  const { hand, tally } = year;
  const { offer, quantity } = choose(year, member);
  const points = offer.points * quantity;
  const wish = { residentId: member.resident.id, offerId: offer.id, quantity, by: null };
  const voucher = { id: idOf('vch', hand.act(issueVoucher, wish, asResident(member))), member, offer, points };
  member.points -= points;
  member.choosing = false;
  tally.vouchers += 1;
  decideFate(year, voucher, at);
  considerTaking(year, member, at);
}

/** Mostly ten yuan off, sometimes twenty, sometimes a coffee or the like. */
function choose({ chance, scheme }: Year, { points }: Member): { offer: Offer; quantity: number } {
  const affordable = scheme.items.filter((item) => item.points <= points);
  if (affordable.length > 0 && chance.happens(0.12)) return { offer: chance.pick(affordable), quantity: 1 };
  return { offer: scheme.cash, quantity: points >= 2 * scheme.cash.points && chance.happens(0.15) ? 2 : 1 };
}

function decideFate(year: Year, voucher: Voucher, at: number): void {
  const { chance, agenda } = year;
  const fate = chance.fraction();
  if (fate < assumed.cancelled) agenda.plan(momentWithin(year.chance, at, 20), () => cancel(year, voucher));
  else if (fate < assumed.cancelled + assumed.forgotten) agenda.plan(lapseOf(at), () => expire(year, voucher));
  else planRedemption(year, voucher, momentWithin(year.chance, at, 45), true);
}

/** Some minutes after the voucher's last day. */
function lapseOf(takenAt: number): number {
  return startOfDay(addDays(dayOf(takenAt), VALID_DAYS + 1)) + 10 * MINUTE;
}

function cancel(year: Year, voucher: Voucher): void {
  const { id, member } = voucher;
  year.hand.act(cancelVoucher, { voucherId: id, by: { residentId: member.resident.id }, reason: '暂时不用了' }, asResident(member));
  year.tally.cancelled += 1;
  member.points += voucher.points;
}

function expire(year: Year, { id, member, points }: Voucher): void {
  year.hand.act(expireVoucher, { voucherId: id }, system);
  year.tally.expired += 1;
  member.points += points;
}

function planRedemption(year: Year, voucher: Voucher, at: number, mayBeUndone: boolean): void {
  year.agenda.plan(at, () => present(year, voucher, at, mayBeUndone));
}

/** The resident shows a code and the till redeems it; now and then that is taken back, and the voucher is presented again. */
function present(year: Year, voucher: Voucher, at: number, mayBeUndone: boolean): void {
  const { chance, scheme, agenda, tally } = year;
  const till = voucher.offer.till ?? pickWeighted(chance, scheme.tills, ({ popular }) => popular);
  const requestNo = redeemAt(year, voucher, till, at);
  tally.redeemed += 1;
  const fate = mayBeUndone ? chance.fraction() : 1;
  if (fate < assumed.voided) {
    agenda.plan(at + MINUTE, () => voidRequest(year, till, requestNo));
    planRedemption(year, voucher, at + 3 * MINUTE, false);
  } else if (fate < assumed.voided + assumed.reversed) {
    const reversedAt = at + chance.between(5, 180) * MINUTE;
    agenda.plan(reversedAt, () => reverse(year, till, idOf('red', requestNo)));
    planRedemption(year, voucher, momentWithin(year.chance, reversedAt + MINUTE, 10), false);
  }
}

function redeemAt({ hand, secrets, chance }: Year, { id, member, offer, points }: Voucher, till: Till, at: number): string {
  const code = newCode(chance.bytes);
  const codeHash = secrets.hash('code', code);
  hand.act(mintCode, { residentId: member.resident.id, voucherId: id, codeHash, sealedCode: secrets.seal(code) }, asResident(member));
  const { merchantId, storeId, terminalId } = till;
  const orderAmountFen = offer.till ? null : points * FEN_PER_POINT + chance.between(50, 12_000);
  const orderNo = `${dayOf(at).replaceAll('-', '')}-${chance.between(100_000, 999_999)}`;
  return hand.act(redeem, { merchantId, storeId, terminalId, codeHash, orderNo, orderAmountFen, presentedAt: null }, asTill(till));
}

function voidRequest({ hand, tally }: Year, till: Till, requestNo: string): void {
  const { client, actor } = asTill(till);
  hand.act(voidRedemption, { client, requestNo, reason: '收银机没有收到答复' }, { client, actor });
  tally.undone += 1;
}

function reverse({ hand, tally }: Year, till: Till, redemptionId: string): void {
  hand.act(reverseRedemption, { merchantId: till.merchantId, storeId: null, redemptionId, reason: '顾客退货' }, asTill(till));
  tally.undone += 1;
}

/** Residents without a credential act through the system's client. */
function asResident({ resident }: Member): Sender {
  return { client: system.client, actor: resident.id };
}

function asTill({ credential, merchantId }: Till): Sender {
  return { client: credential.client_id, actor: merchantId };
}
