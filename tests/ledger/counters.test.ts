/** The counters of limits are the sums of what they count, and whatever is changed by hand on either side is found. */
import { describe, expect, it } from 'vitest';
import { audit } from '../../src/cli/audit.ts';
import { limitKey } from '../../src/ledger/index.ts';
import { countWrongPin, printPaper } from '../../src/redeem/index.ts';
import { pruneOver } from '../../src/pruning.ts';
import type { Row } from '../../src/store/index.ts';
import { type History, openHistory } from '../support/history.ts';
import { type Raw, rawOf } from '../support/raw.ts';
import { hexNo } from '../support/rows.ts';
import { all } from '../support/stores.ts';
import { brokenBy } from '../support/tampering.ts';

const DAY = 24 * 3_600_000;
const PAPER = 'aa'.repeat(16);
const CAPS = /^the caps of rul_[0-9a-f]{32} for res_[0-9a-f]{32} in /.source;
const ORDER = /^the order of red_[0-9a-f]{32}: /.source;
const BEYOND = new RegExp(`${ORDER}0 is counted, but it comes to 1000$`);
const NOTHING = /^[0-9a-f]{32}: -?\d+ is counted, but nothing that is there$/;

type Tampered = { readonly raw: Raw; readonly history: History; readonly redemptions: readonly Row<'redemption'>[] };

/** What S10 says of a history that somebody has tampered with; `begin` acts in it before. */
async function tampered(tamper: (of: Tampered) => string, begin: (history: History) => Promise<void> = async () => {}): Promise<string> {
  const history = await openHistory();
  await begin(history);
  const redemptions = await all(history.store, 'redemption');
  const found = await brokenBy(history, (raw) => raw.exec(tamper({ raw, history, redemptions })));
  expect(found).toHaveProperty('S10');
  return found['S10']!;
}

/** A paper, at which two wrong PINs were typed. */
async function twoWrongPins(history: History): Promise<void> {
  const { gexiang: by, residentId } = history;
  await history.grantHours(by, residentId, 10);
  const voucherId = await history.takeVoucher();
  await history.must(printPaper, { by, voucherId, codeHash: PAPER, pinHash: 'bb'.repeat(16), sealedCode: '', sealedPin: '' });
  for (let n = 0; n < 2; n++) await history.must(countWrongPin, { codeHash: PAPER });
}

/** Redemptions as they were before their keys were kept: counted by the calendar day, and as the number was spelled. */
const beforeKeys = 'update redemption set order_key = null, order_no = upper(order_no)';

const withUsed = (used: string) => `update limit_use set used = ${used}, at_most = null`;

/** What S10 says where a count of two wrong PINs was changed. */
function withWrongPins(used: number): Promise<string> {
  return tampered(() => `${withUsed(String(used))} where used = 2`, twoWrongPins);
}

/** Says that the redemption that was not reversed is the one that was. */
function reversingAnother({ raw, redemptions }: Tampered): string {
  return `update redemption_reversal set redemption_id = ${raw.id(redemptions[0]!.id)}`;
}

describe('S10 finds', () => {
  it('the use of a cap, of an exposure and of an order that was changed', async () => {
    const capped = await tampered(({ raw, history: { ruleId, residentId } }) => {
      return `${withUsed('used + 1')} where id = ${raw.bytes(limitKey('2026-03', 'cap', ruleId, residentId))}`;
    });
    expect(capped).toMatch(new RegExp(`${CAPS}2026-03: 511 is counted, but it comes to 510$`));
    const exposed = await tampered(({ raw }) => `${withUsed('0')} where id = ${raw.bytes(limitKey('', 'exposure', 'gexiang'))}`);
    expect(exposed).toBe('the exposure of gexiang: 0 is counted, but it comes to 510');
    const ordered = await tampered(({ raw, redemptions }) => `${withUsed('used - 1')} where id = ${raw.bytes(redemptions[0]!.orderKey!)}`);
    expect(ordered).toMatch(new RegExp(`${ORDER}999 is counted, but it comes to 1000$`));
  });

  it('a counter whose row is gone, or has another key', async () => {
    const gone = await tampered(({ raw }) => `delete from limit_use where id = ${raw.bytes(limitKey('', 'exposure', 'wanhe'))}`);
    expect(gone).toBe('the exposure of wanhe: 0 is counted, but it comes to 40');
    const moved = await tampered(({ raw }) => {
      const [from, to] = ['wanhe', 'taiyan'].map((id) => raw.bytes(limitKey('', 'exposure', id)));
      return `update limit_use set id = ${to} where id = ${from}`;
    });
    expect(moved).toBe('the exposure of wanhe: 0 is counted, but it comes to 40');
  });

  it.each([
    ['the points', 'points = points + 10', CAPS],
    ['the resident', "resident_id = (select id from resident where community_id = 'wanhe')", CAPS],
    ['the rule', "rule_id = (select rule_id from point_grant where community_id = 'wanhe' limit 1)", CAPS],
    ['the day of the deed', 'occurred_on = occurred_on - 1', CAPS],
    ['the issuer', "community_id = 'wanhe'", /^the exposure of /.source],
    ['the reversal', 'reversed_at = 1', CAPS],
    ['the claw-back', 'clawed_back_at = 1', CAPS],
  ])('a grant of which somebody changed %s', async (_what, change, found) => {
    const said = await tampered(() => `update point_grant set ${change} where community_id = 'gexiang' and points = 60`);
    expect(said).toMatch(new RegExp(found));
  });

  it('a grant that was taken back, and is not any more', async () => {
    for (const column of ['reversed_at', 'clawed_back_at']) {
      expect(await tampered(() => `update point_grant set ${column} = null`)).toMatch(new RegExp(`${CAPS}2026`));
    }
  });

  it('a redemption of another amount, on another order, or on none', async () => {
    const [amount, order, none] = await Promise.all([
      tampered(() => 'update redemption set fen = fen + 1'),
      tampered(({ raw, redemptions }) => `update redemption set order_key = ${raw.bytes(redemptions[0]!.orderKey!.replace(/.$/, '0'))}`),
      tampered(({ history: { redeemed }, raw }) => {
        return `update redemption set order_key = null, order_amount_fen = null where voucher_id = ${raw.id(redeemed)}`;
      }),
    ]);
    expect(amount).toMatch(new RegExp(`${ORDER}1000 is counted, but it comes to 1001$`));
    expect(order).toMatch(new RegExp(`${ORDER}0 is counted, but it comes to 1000$`));
    expect(none).toMatch(NOTHING);
  });

  it.each<[string, (of: Tampered) => string, RegExp]>([
    ['number', () => "order_no = 'another'", BEYOND],
    ['store', ({ raw }) => `store_id = ${raw.id(`sto_${hexNo(1)}`)}`, BEYOND],
    ['day, on which it was made', () => 'at = at - 86400000', BEYOND],
    ['day, on which it was shown', () => 'presented_at = at - 86400000', BEYOND],
    ['kind, which is not counted', () => 'order_amount_fen = null', NOTHING],
  ])('a redemption of before its key was kept, on an order of another %s', async (_what, change, found) => {
    const said = await tampered((of) => `${beforeKeys}; update redemption set ${change(of)}`);
    expect(said).toMatch(found);
  });

  it.each<[string, (raw: Raw) => string]>([
    ['hash', (raw) => raw.bytes('cc'.repeat(16))],
    ['pin_hash', () => 'null'],
    ['expires_at', () => 'expires_at + 86400000'],
  ])('a paper whose %s is another, with wrong PINs', async (column, value) => {
    const said = await tampered(({ raw }) => `update code set ${column} = ${value(raw)} where pin_hash is not null`, twoWrongPins);
    expect(said).toMatch(NOTHING);
  });

  it('a reversal that is gone, and one that never was', async () => {
    expect(await tampered(() => 'delete from redemption_reversal')).toMatch(new RegExp(`${ORDER}0 is counted, but it comes to 1000$`));
    expect(await tampered(reversingAnother)).toMatch(new RegExp(`${ORDER}1000 is counted, but it comes to 0$`));
  });

  it('more wrong PINs than can be typed, or less than none', async () => {
    expect(await withWrongPins(6)).toMatch(/^wrong PINs of a paper of vch_[0-9a-f]{32}: 6 is counted, but it comes to 0 to 5$/);
    expect(await withWrongPins(-1)).toMatch(/^wrong PINs of a paper of vch_[0-9a-f]{32}: -1 is counted, but it comes to 0 to 5$/);
  });

  it('a row that nothing explains: of a month, of no period, of a day to come, or above what PINs may have', async () => {
    const keys: [string, number][] = [
      [limitKey('2026-03', 'cap', 'rul', 'res'), 1],
      [limitKey('', 'exposure', 'taiyan'), 0],
      [limitKey('2026-03-04', 'order', 'sto', '1'), 5],
      [limitKey('2026-03-01', 'pin', PAPER), 6],
      ['99999999'.padEnd(32, '0'), 1],
    ];
    for (const [key, used] of keys) {
      const said = await tampered(({ raw }) => `insert into limit_use (id, used, at_most) values (${raw.bytes(key)}, ${used}, null)`);
      expect(said, key).toBe(`${key}: ${used} is counted, but nothing that is there`);
    }
  });
});

it('a redemption of before its key was kept is counted by its calendar day and its spelling', async () => {
  const history = await openHistory();
  const raw = await rawOf(history);
  await raw.unguard();
  await raw.exec(beforeKeys);
  expect((await audit(history.store)).ok).toBe(true);
});

it('a count of wrong PINs may outlive its paper', async () => {
  const history = await openHistory();
  await twoWrongPins(history);
  const { ok } = await audit(history.store);
  expect(ok).toBe(true);
  const later = history.clock.now + 400 * DAY;
  expect(await pruneOver(history.store, later)).toMatchObject({ codes: 3 });
  const after = await audit(history.store);
  expect(after.checks.filter(({ finding }) => 'broken' in finding)).toEqual([]);
});
