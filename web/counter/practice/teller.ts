/** A teller in the page, for practice: it answers as the API would, and nothing leaves the page. */
import { NoAnswer } from '../../api/client.ts';
import { today } from '../../shared/format.ts';
import type { Became, Inspection, Order, Redemption, Teller } from '../teller.ts';
import { type Case, caseOf, PRACTICE_PIN } from './cast.ts';
import { comparedWith, dayOf, fileOf } from './day.ts';
import { problemOf, type RefusalCode, refusalOf } from './refusals.ts';

const HOUR_MS = 3_600_000;
const FACES: Partial<Record<Case, number>> = { cash: 1_000, large: 5_000, item: 1_800, paper: 1_000, lost: 1_000 };

/** The sentences of vouchers, which the teller does not make up itself. */
export type PracticeWords = { readonly titles: Readonly<Record<Case, string>>; readonly residentName: string };

export type PracticeTeller = Teller & { /** Whether there is a network in practice. */ network: boolean };

export function practiceTeller({ titles, residentName }: PracticeWords): PracticeTeller {
  const requests = new Map<string, Became>();
  const redemptions: Redemption[] = [];
  let lost = false;

  /** Redeems, or says why not. Practice codes are good again and again. */
  function decide(order: Order, requestNo: string, presentedAt: string | null): Redemption | RefusalCode {
    const name = caseOf(order.code);
    const refused = refusalFor(name);
    if (refused !== undefined) return refused;
    const fen = FACES[name!]!;
    if (name === 'paper' && order.pin !== PRACTICE_PIN) return 'pin_wrong';
    if (name !== 'item' && order.order_amount_fen === undefined) return 'order_amount_required';
    if (order.order_amount_fen !== undefined && order.order_amount_fen < fen) return 'order_amount_exceeded';
    const at = new Date();
    const redemption: Redemption = {
      id: `practice-${redemptions.length + 1}`,
      status: 'succeeded',
      voucher_id: `practice-${name}`,
      merchant_id: 'practice',
      store_id: order.store_id,
      terminal_id: null,
      request_no: requestNo,
      order_no: order.order_no,
      points: fen / 10,
      discount_fen: fen,
      business_day: today(),
      redeemed_at: at.toISOString(),
      presented_at: presentedAt,
      reversible_until: new Date(at.getTime() + 24 * HOUR_MS).toISOString(),
      entry_id: 'practice',
      reversal: null,
      title: titles[name!],
      resident_name: residentName,
      now: { status: 'succeeded', at: at.toISOString() },
      cashier_message: '',
    };
    redemptions.unshift(redemption);
    return redemption;
  }

  function submit(order: Order, requestNo: string, presentedAt: string | null): Became {
    const earlier = requests.get(requestNo);
    if (earlier) return earlier;
    const made = decide(order, requestNo, presentedAt);
    const became: Became =
      typeof made === 'string'
        ? { request_no: requestNo, status: 'refused', redemption: null, refusal: refusalOf(made) }
        : { request_no: requestNo, status: 'succeeded', redemption: made, refusal: null };
    requests.set(requestNo, became);
    return became;
  }

  function undo(redemption: Redemption, status: 'reversed' | 'voided', reason: string): void {
    const reversal = { id: `${redemption.id}-undone`, reason, business_day: today(), reversed_at: new Date().toISOString() };
    const undone = { ...redemption, status, reversal, now: { status, at: reversal.reversed_at } };
    redemptions.splice(redemptions.indexOf(redemption), 1, undone);
    requests.set(redemption.request_no, { request_no: redemption.request_no, status, redemption: undone, refusal: null });
  }

  const teller: PracticeTeller = {
    network: true,
    async inspect(code) {
      reach(teller);
      return inspection(code, refusalFor(caseOf(code)));
    },
    async redeem(order, requestNo) {
      reach(teller);
      const { redemption, refusal, status } = submit(order, requestNo, null);
      // Done, and the answer is lost on the way: once for each time that it is practised.
      lost = !lost && caseOf(order.code) === 'lost';
      if (lost) throw new NoAnswer('lost in practice');
      if (status === 'voided') throw problemOf('request_voided');
      if (!redemption) throw problemOf(refusal!.code as RefusalCode);
      return redemption;
    },
    async becameOf(requestNo) {
      reach(teller);
      lost = false;
      return requests.get(requestNo);
    },
    async forward(items) {
      reach(teller);
      return items.map(({ request_no: requestNo, presented_at: at, ...order }) => {
        const { redemption, refusal } = submit(order, requestNo, at);
        return { request_no: requestNo, status: redemption ? ('succeeded' as const) : ('refused' as const), redemption, refusal };
      });
    },
    async void(requestNo, reason) {
      reach(teller);
      const standing = redemptions.find(({ request_no: of, status }) => of === requestNo && status === 'succeeded');
      if (standing) undo(standing, 'voided', reason);
      else requests.set(requestNo, { request_no: requestNo, status: 'voided', redemption: null, refusal: null });
      const at = new Date().toISOString();
      return {
        id: 'practice',
        request_no: requestNo,
        redemption_id: standing?.id ?? null,
        reversed: standing !== undefined,
        voided_at: at,
      };
    },
    async redemptionsOf() {
      reach(teller);
      return [...redemptions];
    },
    async reverse(id, reason) {
      reach(teller);
      const standing = redemptions.find((each) => each.id === id && each.status === 'succeeded');
      if (!standing) throw problemOf('redemption_reversed');
      undo(standing, 'reversed', reason);
    },
    async day(date) {
      reach(teller);
      return dayOf(date, redemptions);
    },
    async fileOf(date) {
      reach(teller);
      return fileOf(dayOf(date, redemptions));
    },
    async compare(date, book) {
      reach(teller);
      // Only when it is asked for: a till loads as little as it can.
      const { linesOfBook } = await import('./book.ts');
      return comparedWith(dayOf(date, redemptions), linesOfBook(new Uint8Array(await book.arrayBuffer())));
    },
    async reach() {
      reach(teller);
    },
  };
  return teller;

  function inspection(code: string, refused: RefusalCode | undefined): Inspection {
    const name = caseOf(code);
    if (name === undefined || refused !== undefined) {
      const refusal = refusalOf(refused ?? 'code_unknown');
      return { redeemable: false, refusal, voucher: null, pin_required: false, cashier_message: refusal.cashier_message };
    }
    const fen = FACES[name]!;
    const voucher = {
      id: `practice-${name}`,
      kind: name === 'item' ? ('item' as const) : ('cash' as const),
      title: titles[name],
      points: fen / 10,
      face_fen: fen,
      valid_until: new Date(Date.now() + 24 * HOUR_MS).toISOString(),
      resident_name: residentName,
    };
    return { redeemable: true, refusal: null, voucher, pin_required: name === 'paper', cashier_message: '' };
  }
}

function refusalFor(name: Case | undefined): RefusalCode | undefined {
  if (name === undefined) return 'code_unknown';
  if (name === 'used') return 'code_used';
  if (name === 'expired') return 'voucher_expired';
  return name === 'elsewhere' ? 'voucher_at_other_merchant' : undefined;
}

function reach({ network }: PracticeTeller): void {
  if (!network) throw new NoAnswer('no network in practice');
}
