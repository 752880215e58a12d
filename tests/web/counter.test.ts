import { randomBytes } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { catalogue, type Code } from '../../src/api/catalogue.ts';
import { isCode, newCode } from '../../src/redeem/codes.ts';
import { checkDigit, codeBehind, codeIn, isCode as isCodeHere } from '../../web/counter/code.ts';
import { linesOfBook } from '../../web/counter/practice/book.ts';
import { cases, codeOf, refusals } from '../../web/counter/practice/cast.ts';
import { corrected, type Entry, forwardedAfter, presented, settled, stepOf, withVoid } from '../../web/counter/queue/entry.ts';
import { outcomeOf, settleAll } from '../../web/counter/queue/settling.ts';
import { pageShelf } from '../../web/counter/queue/shelf.ts';
import type { Redemption, StoredOrder, Teller } from '../../web/counter/teller.ts';
import { learn, minutesAhead, offsetMs, onOffset } from '../../web/api/clock.ts';

// The page's way to the API wants to know where it is.
vi.hoisted(() => Object.assign(globalThis, { location: { origin: 'http://localhost' } }));

describe('codes', () => {
  it('are the same here as at the API, and so are wrong ones', () => {
    for (let n = 0; n < 200; n++) {
      const code = newCode(randomBytes);
      expect(isCodeHere(code)).toBe(true);
      expect(checkDigit(code.slice(0, -1))).toBe(code.at(-1));
      const at = 2 + (n % 16);
      const wrong = code.slice(0, at) + ((Number(code[at]) + 1 + (n % 9)) % 10) + code.slice(at + 1);
      expect(isCodeHere(wrong)).toBe(isCode(wrong));
    }
  });

  it('are found behind what stands in another field, and in groups', () => {
    const code = newCode(randomBytes);
    expect(codeBehind(`56.8${code}`)).toEqual({ before: '56.8', code });
    expect(codeBehind('56.8')).toBeUndefined();
    expect(codeIn(code.replaceAll(/(.{6})/g, '$1 '))).toBe(code);
    expect(codeIn('https://example.com')).toBeUndefined();
  });

  it('of practice are codes, and its refusals are told in the words of the API', () => {
    expect(cases.map(codeOf).every(isCode)).toBe(true);
    for (const [code, message] of Object.entries(refusals)) {
      expect(catalogue[code as Code].cashierMessage, code).toBe(message);
    }
  });
});

it('a book is read in practice as the API reads it: Chinese headings, yuan, GB18030, without its totals', () => {
  expect(
    linesOfBook(
      Buffer.from(
        'c0e0d0cd3bc7ebc7f3bac53bbdf0b6ee0abacbcffa3b522d313b31302e30300ab3b7cffa3b522d313b31302e30300abacfbcc63b3b302e30300a',
        'hex',
      ),
    ),
  ).toEqual([
    { pointer: 'line/2', kind: 'redemption', request_no: 'R-1', fen: 1_000 },
    { pointer: 'line/3', kind: 'reversal', request_no: 'R-1', fen: -1_000 },
  ]);
});

const entry: Entry = {
  requestNo: 'a',
  counter: 'mer_1 sto_1',
  order: { code: '1', store_id: 'sto_1', order_no: '1', order_amount_fen: 3_000 },
  seen: { title: null, residentName: null, faceFen: 1_000 },
  startedAt: 1_000_000,
  presentedAt: null,
  given: 'unsaid',
  void: null,
  outcome: null,
};
const SECOND = 1_000;
const refused = { status: 'refused', code: 'code_expired', message: '', detail: '' } as const;

describe('an attempt whose outcome is not known', () => {
  it('is left alone while its answer may still come, then asked after, and voided when nobody has said anything for two minutes', () => {
    expect(stepOf(entry, entry.startedAt + 3 * SECOND)).toBe('rest');
    expect(stepOf(entry, entry.startedAt + 4 * SECOND)).toBe('ask');
    expect(stepOf(entry, entry.startedAt + 119 * SECOND)).toBe('ask');
    expect(stepOf(entry, entry.startedAt + 120 * SECOND)).toBe('give_up');
  });

  it('is never voided by itself once the discount was handed out', () => {
    expect(stepOf({ ...entry, given: 'given' }, entry.startedAt + 86_400 * SECOND)).toBe('ask');
  });

  it('is voided when the cashier says so, whatever came out meanwhile', () => {
    const advised = withVoid(entry, 'k', 'why');
    expect(stepOf(advised, entry.startedAt)).toBe('void');
    expect(settled(advised, refused).outcome).toBeNull();
    expect(settled(advised, { status: 'voided', undone: true }, true).outcome).toEqual({ status: 'voided', undone: true });
    expect(withVoid({ ...entry, outcome: refused }, 'k', 'why').outcome).toBe(refused);
  });

  it('is forwarded with the time it was shown, under a number of its own, if the discount was given and the code ran out meanwhile', () => {
    const next = forwardedAfter({ ...entry, given: 'given' }, refused, 'b')!;
    expect(next).toMatchObject({ requestNo: 'b', presentedAt: new Date(entry.startedAt).toISOString() });
    expect(stepOf(next, entry.startedAt)).toBe('forward');
    expect(corrected(next, 5 * SECOND).presentedAt).toBe(new Date(entry.startedAt + 5 * SECOND).toISOString());
    expect(forwardedAfter(entry, refused, 'b')).toBeUndefined();
    expect(forwardedAfter({ ...entry, given: 'given' }, { ...refused, code: 'voucher_expired' }, 'b')).toBeUndefined();
  });
});

const iso = (time: number) => new Date(time).toISOString();

describe('the time at which a code was shown', () => {
  const at = entry.startedAt;

  it('is by the service’s clock at once where that is known, and then never changes', () => {
    const known = { ...entry, ...presented(at, -600 * SECOND) };
    expect(known.presentedAt).toBe(iso(at - 600 * SECOND));
    expect(corrected(known, 300 * SECOND)).toBe(known);
  });

  it('is corrected once, before it is sent, where it was not known', () => {
    const unknown = { ...entry, ...presented(at, undefined) };
    expect(unknown.presentedAt).toBe(iso(at));
    const sealed = corrected(unknown, -600 * SECOND);
    expect(sealed.presentedAt).toBe(iso(at - 600 * SECOND));
    expect(corrected(sealed, 0)).toBe(sealed);
  });

  it('stays as it is in what was stored before, since it may have been sent, and in what is not forwarded', () => {
    const stored = { ...entry, presentedAt: iso(at) };
    expect(corrected(stored, -600 * SECOND)).toBe(stored);
    expect(corrected(entry, -600 * SECOND)).toBe(entry);
  });
});

describe('settling', () => {
  const redemption = { now: { status: 'succeeded', at: '' } } as Redemption;

  it('asks for the time before it forwards what no answer has told it for, sends the same ever after, and reads each answer in its place', async () => {
    const shelf = pageShelf();
    await shelf.put({ ...entry, requestNo: 'a', ...presented(1_000_000, undefined) });
    await shelf.put({ ...entry, requestNo: 'b', ...presented(1_000_000, 7 * SECOND) });
    let offset: number | undefined;
    const sent: string[][] = [];
    const teller = {
      async reach() {
        offset = 60 * SECOND;
      },
      async forward(items: readonly StoredOrder[]) {
        sent.push(items.map(({ request_no: number, presented_at: shown }) => `${number} ${Date.parse(shown)}`));
        if (sent.length === 1) throw new Error('the answer is lost');
        const problem = { code: 'code_unknown', title: '', detail: '', action: '', cashier_message: '无效' };
        return [
          { request_no: 'a', status: 'refused' as const, redemption: null, refusal: problem },
          { request_no: null, status: 'succeeded' as const, redemption, refusal: null },
        ];
      },
    } as unknown as Teller;
    const settle = async () => settleAll(await shelf.all(), { shelf, teller, now: () => 2_000_000, offset: () => offset, unsaid: '' });
    await expect(settle()).rejects.toThrow('lost');
    offset = -300 * SECOND;
    await settle();
    expect(sent).toEqual([
      ['a 1060000', 'b 1007000'],
      ['a 1060000', 'b 1007000'],
    ]);
    expect((await shelf.all()).map(({ outcome }) => outcome?.status)).toEqual(['refused', 'succeeded']);
  });

  it('takes an answer that comes again for what it says now: undone is voided', async () => {
    expect(await outcomeOf(async () => redemption)).toMatchObject({ status: 'succeeded' });
    for (const status of ['reversed', 'voided'] as const) {
      expect(await outcomeOf(async () => ({ ...redemption, now: { status, at: '' } }))).toEqual({ status: 'voided', undone: true });
    }
  });
});

describe('the clock of a device', () => {
  it('is compared with the Date of every answer, and a difference above a minute is told', () => {
    const told: number[] = [];
    const unheard = onOffset(() => told.push(minutesAhead()));
    learn(null, 0, 0);
    learn('nonsense', 0, 0);
    learn(new Date(100_000).toUTCString(), 50_000, 90_000);
    expect(offsetMs(), 'an answer that took 40 s tells nothing').toBeUndefined();
    expect(minutesAhead()).toBe(0);
    learn(new Date(100_000).toUTCString(), 99_900, 100_900);
    expect(offsetMs()).toBe(100);
    for (const ahead of [600_000, -600_000, 59_000, -59_000, 61_000])
      learn(new Date(1_000_000).toUTCString(), 1_000_500 + ahead, 1_000_500 + ahead);
    expect(told).toEqual([0, 10, -10, 0, 0, 1]);
    unheard();
  });
});
