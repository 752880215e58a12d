/** A database that an older version made is migrated: nothing that it holds is lost, booked twice, or left without its key. */
import { describe, expect, it } from 'vitest';
import { audit } from '../../src/cli/audit.ts';
import { problemBody, problemOf } from '../../src/api/http/problem.ts';
import { contribute, payoutsOfRun, runById } from '../../src/clearing/index.ts';
import { grant } from '../../src/communities/index.ts';
import { type Outcome, type Refusal, SYSTEM_CLIENT } from '../../src/ledger/index.ts';
import {
  mintCode,
  redeem,
  type RedeemInput,
  type RedemptionReply,
  redemptionById,
  reverseRedemption,
  voucherById,
} from '../../src/redeem/index.ts';
import { type FoldedAlike, openStore } from '../../src/store/index.ts';
import { callmi } from '../support/callmi.ts';
import { type OlderScheme, olderScheme } from '../support/older-scheme.ts';
import { openScheme, type Scheme } from '../support/scheme.ts';
import { all } from '../support/stores.ts';
import { street } from '../support/world.ts';

const FULL_WIDTH = '\uFF22\uFF0D1';

type Older = Scheme & Pick<OlderScheme, 'named' | 'rows'> & { readonly told: readonly FoldedAlike[] };

/** The scheme under this version, at the last moment of the older one, and what its migration told. */
async function migrated(): Promise<Older> {
  const { database, now, progress, named, rows } = await olderScheme();
  const told: FoldedAlike[] = [];
  await (await openStore(database.url, { tellMigration: (found) => told.push(found) })).close();
  return { ...(await openScheme(now, database, progress)), named, rows, told };
}

type Moved = { readonly entryId: string; readonly reference: string; readonly communityId: string; readonly subject: string };

function asTold({ entryId: id, reference }: Moved) {
  return { id, reference };
}

let codes = 0;

/** A till's attempt with a voucher of the resident. */
async function attempt(older: Older, voucher: string, orderNo: string, orderAmountFen: number): Promise<RedeemInput> {
  const { residentId, merchantId, storeId, terminalId } = older.named as Record<string, string>;
  older.clock.advance(1);
  const codeHash = `beef${(++codes).toString(16).padStart(28, '0')}`;
  const minted = await older.run(mintCode, { residentId: residentId!, voucherId: older.named[voucher]!, codeHash, sealedCode: 'sealed' });
  expect(minted).not.toHaveProperty('refused');
  return { merchantId: merchantId!, storeId: storeId!, terminalId: terminalId!, orderNo, orderAmountFen, presentedAt: null, codeHash };
}

async function redeemed(older: Older, voucher: string, orderNo: string, orderAmountFen: number): Promise<Outcome<RedemptionReply>> {
  return older.run(redeem, await attempt(older, voucher, orderNo, orderAmountFen));
}

function reversed(older: Older, redemption: string) {
  const { merchantId, [redemption]: redemptionId = redemption } = older.named as Record<string, string>;
  return older.run(reverseRedemption, { merchantId: merchantId!, storeId: null, redemptionId, reason: '顾客退货' });
}

/** What is counted on orders, by key. */
async function counted({ store }: Scheme): Promise<Map<string, number>> {
  return new Map((await all(store, 'limitUse')).map(({ id, used }) => [id, used]));
}

/** The counters that are not as they were. */
function changedFrom(before: ReadonlyMap<string, number>, now: ReadonlyMap<string, number>): number[] {
  return [...now].filter(([key, used]) => (before.get(key) ?? 0) !== used).map(([key, used]) => used - (before.get(key) ?? 0));
}

describe('references of an older database', () => {
  it('are left as they were booked; those that fold alike in one community are told, and the first one holds the folded reference', async () => {
    const { store, rows, told } = await migrated();
    expect(await all(store, 'grantReference')).toEqual(expect.arrayContaining([...rows.grantReference!]));
    const movements = rows.bankMovement as readonly Moved[];
    expect(await all(store, 'bankMovement')).toEqual(expect.arrayContaining([...movements]));
    const [first, ...others] = movements
      .filter(({ communityId }) => communityId === 'gexiang')
      .toSorted((a, b) => (a.entryId < b.entryId ? -1 : 1));
    expect([first!.reference, ...others.map(({ reference }) => reference)]).toEqual(['B-1', 'b-1', FULL_WIDTH, 'B\u200B-1']);
    expect(told.filter(({ of }) => of === 'bank_movement')).toEqual(
      others.map((other) => ({ community: 'gexiang', of: 'bank_movement', first: asTold(first!), other: asTold(other) })),
    );
    expect(told.filter(({ of }) => of === 'grant').map(({ first: { reference }, other }) => [reference, other.reference])).toEqual([
      ['活动-17', '活动\uFF0D17'],
    ]);
    expect(await all(store, 'bankReference')).toEqual([
      { folded: 'b-1', communityId: 'gexiang', reference: 'B-1' },
      { folded: 'b-1', communityId: 'wanhe', reference: 'b-1' },
      { folded: 'c-2', communityId: 'wanhe', reference: 'C-2' },
    ]);
    expect((await all(store, 'foldedGrantReference')).map(({ folded, communityId }) => [folded, communityId])).toEqual([
      ['活动-17', 'gexiang'],
      ['活动-17', 'wanhe'],
    ]);
    expect((await audit(store)).ok).toBe(true);
  });

  it('are refused in every spelling, the very spelling first', async () => {
    const older = await migrated();
    const { rows, named: ids } = older;
    const subjects = new Map((rows.bankMovement as readonly Moved[]).map((row) => [`${row.communityId} ${row.reference}`, row.subject]));
    const again = (communityId: string, bankReference: string) => older.run(contribute, { by: street, communityId, fen: 1, bankReference });
    expect(await again('gexiang', FULL_WIDTH)).toMatchObject({ details: { subject: subjects.get(`gexiang ${FULL_WIDTH}`) } });
    expect(await again('gexiang', 'b\u200B-1')).toMatchObject({
      refused: 'bank_reference_used',
      details: { bank_reference: 'b\u200B-1', stored_as: 'B-1', subject: subjects.get('gexiang B-1') },
    });
    expect(await again('wanhe', 'c\uFF0D2')).toMatchObject({ details: { stored_as: 'C-2', subject: subjects.get('wanhe C-2') } });
    const by = { id: ids['gexiangOfficer']!, communityId: 'gexiang' };
    const deed = { by, ruleId: ids['ruleId']!, residentId: ids['residentId']!, quantity: 1, points: null, occurredOn: '2026-03-01' };
    const more = { ...deed, description: '社区清洁', externalReference: '活动\u200B-17', approvedBy: null };
    expect(await older.run(grant, more)).toMatchObject({ refused: 'reference_used', details: { stored_as: '活动-17' } });
  });

  it('are told by `callmi migrate`, once, with the characters that nobody sees', async () => {
    const { database } = await olderScheme();
    const { code, out } = await callmi(database.url, 'migrate');
    expect([code, out.match(/two bank movements/g), out.match(/two grants/g)]).toEqual([
      0,
      Array(3).fill('two bank movements'),
      ['two grants'],
    ]);
    expect(out).toContain(String.raw`("B\u{200b}-1")`);
    expect(out).toContain('4 references are left as they were booked');
    expect((await callmi(database.url, 'migrate')).out).toMatch(/^migrate: \S+ has this version's schema\n$/);
  });
});

describe('an order that was begun before the migration', () => {
  it('goes on: what was taken off counts, and a reversal gives it back under the key that its redemption was counted under', async () => {
    const older = await migrated();
    expect((await redemptionById(older.store, older.named['onSmall']!))!.redemption.orderKey).toBeNull();
    const full = { refused: 'order_amount_exceeded', details: { order_amount_fen: 1_500, used_fen: 1_000, face_fen: 1_000 } };
    expect(await redeemed(older, 'whole', 'b-8', 1_500)).toMatchObject(full);
    const before = await counted(older);
    expect(await reversed(older, 'onSmall')).toMatchObject({ reply: { redemption_id: older.named['onSmall'] } });
    expect(changedFrom(before, await counted(older))).toEqual([-1_000]);

    const made = await redeemed(older, 'whole', 'b-8', 1_500);
    expect(made).toMatchObject({ reply: { order_no: 'b-8' } });
    expect(await redeemed(older, 'open', '\uFF22-8', 1_500)).toMatchObject(full);
    const { id } = (made as { reply: RedemptionReply }).reply;
    expect(await reversed(older, id)).toMatchObject({ reply: { redemption_id: id } });
    expect(changedFrom(before, await counted(older)).toSorted((a, b) => a - b)).toEqual([-1_000]);
    expect(await redeemed(older, 'open', '\uFF22-8', 1_500)).toMatchObject({ reply: { order_no: '\uFF22-8' } });
    expect((await audit(older.store)).ok).toBe(true);
  });

  it('has no room for more than is left, whichever process asks', async () => {
    const older = await migrated();
    expect(await redeemed(older, 'whole', 'b-8', 2_500)).toMatchObject({ reply: { order_no: 'b-8' } });
    const [key] = (await all(older.store, 'redemption')).flatMap(({ orderKey }) => orderKey ?? []);
    expect((await all(older.store, 'limitUse')).find(({ id }) => id === key)).toMatchObject({ used: 1_000, atMost: 1_500 });
  });

  it('in capitals, is one with its other spellings at once', async () => {
    const older = await migrated();
    expect(await redeemed(older, 'whole', 'c-9', 1_500)).toMatchObject({ refused: 'order_amount_exceeded', details: { used_fen: 1_000 } });
    const before = await counted(older);
    await reversed(older, 'onCapital');
    expect(changedFrom(before, await counted(older))).toEqual([-1_000]);
    expect(await redeemed(older, 'whole', 'c-9', 1_500)).toMatchObject({ reply: { order_no: 'c-9' } });
  });

  it('in the night, is taken back from its calendar day', async () => {
    const older = await migrated();
    const before = await counted(older);
    expect(await reversed(older, 'atNight')).toMatchObject({ reply: { redemption_id: older.named['atNight'] } });
    expect(changedFrom(before, await counted(older))).toEqual([-1_000]);
    expect([...(await counted(older)).values()].every((used) => used >= 0)).toBe(true);
  });
});

describe('what else an older database holds', () => {
  it('stays readable: its stored refusal, its open voucher, its run', async () => {
    const older = await migrated();
    const { store, engine, named: ids } = older;
    const { merchantId, storeId, terminalId, refusedCode, refusal } = ids as Record<string, string>;
    const input = {
      merchantId: merchantId!,
      storeId: storeId!,
      terminalId: terminalId!,
      codeHash: refusedCode!,
      orderNo: 'b-8',
      orderAmountFen: 1_500,
      presentedAt: null,
    };
    const again = await engine.submit({ command: redeem, input, client: SYSTEM_CLIENT, key: refusal!, hash: '00', actor: SYSTEM_CLIENT });
    expect(again).toEqual({
      refused: 'order_amount_exceeded',
      details: { order_amount_fen: 1_500, used_fen: 1_000, face_fen: 1_000 },
      replayed: true,
    });
    expect(problemBody(problemOf(again as Refusal), 'req_1').detail).toBe(
      'The order is 1500 fen, 1000 are already taken off, and this voucher takes off 1000.',
    );
    expect(await voucherById(store, ids['open']!)).toMatchObject({ state: 'issued', faceFen: 1_000 });
    expect(await runById(store, ids['run']!)).toMatchObject({ state: 'closed', throughDay: '2026-03-02' });
    expect(await payoutsOfRun(store, ids['run']!, null)).toMatchObject([{ fen: 1_000, state: 'due', bankReference: null }]);
    expect(await redeemed(older, 'open', 'D-1', 1_000)).toMatchObject({ reply: { discount_fen: 1_000 } });
    expect((await audit(store)).ok).toBe(true);
  });
});
