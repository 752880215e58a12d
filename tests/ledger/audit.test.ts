import { describe, expect, it } from 'vitest';
import { audit } from '../../src/cli/audit.ts';
import { accountId, type Check, ledgerChecks, runChecks } from '../../src/ledger/index.ts';
import { type History, openHistory, openSettledHistory } from '../support/history.ts';
import type { Raw } from '../support/raw.ts';
import { brokenBy } from '../support/tampering.ts';

/** What the audit finds of a history that somebody has tampered with. */
async function tampered(tamper: (raw: Raw, history: History) => Promise<void>): Promise<Record<string, string>> {
  const history = await openHistory();
  return brokenBy(history, (raw) => tamper(raw, history));
}

/** Says of the grant of Gexiang in a voucher that it was clawed back. */
async function clawedBack(raw: Raw, voucher: string): Promise<void> {
  const sources = `select grant_id from voucher_source where voucher_id = ${raw.id(voucher)}`;
  await raw.exec(`update point_grant set clawed_back_at = 1 where id in (${sources}) and community_id = 'gexiang'`);
}

const COST = accountId('cost:wanhe');
const WALLET = /wallet:gexiang:res_[0-9a-f]{32}:2027-12-31/.source;

describe('sound books', () => {
  it('pass every check, and each check has seen something', async () => {
    const { store } = await openSettledHistory();
    const { ok, checks } = await audit(store);
    expect(checks.map(({ id }) => id).join(' ')).toBe(
      'E9 I1 I2 I3 I4 I5 I6 I7 I8 I9 I10 I11 I12 I13 S1 S2 S3 S4 S5 S6 S7 S8 S9 S10 S11 S12',
    );
    expect(ok).toBe(true);
    const seen = Object.fromEntries(checks.flatMap(({ id, finding }) => ('seen' in finding ? [[id, finding.seen]] : [])));
    expect(Object.values(seen).filter((rows) => rows === 0)).toEqual([]);
    expect(checks.flatMap(({ id, finding }) => ('notApplicable' in finding ? [id] : []))).toEqual(['I9']);
  });

  it('are seen as they stood at one instant, whatever is written between the checks', async () => {
    const world = await openHistory();
    const { store } = world;
    const before = await store.read.$count(store.tables.entry);
    const writing: Check = {
      id: 'grant',
      title: 'a command that is carried out meanwhile',
      run: async () => ({ seen: 1, of: await world.grantHours(world.gexiang, world.residentId, 1) }),
    };
    const { checks } = await runChecks(
      store,
      ledgerChecks.flatMap((check) => [check, writing]),
    );
    const entries = checks.flatMap(({ finding }) => ('of' in finding && finding.of === 'entries' ? [finding] : []));
    expect(entries).toEqual([before, before, before].map((seen) => ({ seen, of: 'entries' })));
    expect(await store.read.$count(store.tables.entry)).toBe(before + ledgerChecks.length);
  });
});

describe('broken books', () => {
  it('I1: an entry that is not zero', async () => {
    const found = await tampered((raw) =>
      raw.exec(`update posting set amount = amount + 1 where account = ${raw.bytes(accountId('redeemed:wanhe'))}`),
    );
    expect(found['I1']).toMatch(/^ent_[0-9a-f]{32}: its postings sum to 1 in point$/);
    expect(Object.keys(found)).toEqual(['I1', 'I2', 'I11']);
  });

  it('I2: a balance that is not the sum of its postings', async () => {
    const found = await tampered((raw) => raw.exec("update account set balance = -70 where path like 'wallet:gexiang:%'"));
    expect(found['I2']).toMatch(new RegExp(`^${WALLET}: balance 70, postings sum to 150$`));
    expect(Object.keys(found)).toEqual(['I2', 'I3', 'I13']);
  });

  it('I2: postings on an account that has no row', async () => {
    const found = await tampered((raw) => raw.exec("delete from account where path = 'cost:wanhe'"));
    expect(found['I2']).toBe(`account ${COST} is not there, its postings sum to 400`);
  });

  it('I3: points that came from nowhere', async () => {
    const found = await tampered((raw) => raw.exec("update account set balance = balance - 5 where path = 'redeemed:gexiang'"));
    expect(found['I3']).toBe('gexiang: issued 510 + clawback 0 = 510, but wallet 150 + escrow 200 + redeemed 65 + expired 100 = 515');
    expect(Object.keys(found)).toEqual(['I2', 'I3']);
  });

  it('I4: a wallet below zero', async () => {
    const found = await tampered((raw) => raw.exec("update account set balance = 1 where path like 'wallet:gexiang:%'"));
    expect(found['I4']).toMatch(new RegExp(`^${WALLET}: balance -1$`));
  });

  it('I5: a voucher that is open while its points are not in escrow', async () => {
    const found = await tampered((raw, { open }) => raw.exec(`update voucher set state = 'cancelled' where id = ${raw.id(open)}`));
    expect(found).toEqual({ I5: 'escrow:gexiang: balance 200, its open vouchers hold 100' });
  });

  it('I5: escrow that no voucher holds', async () => {
    const found = await tampered((raw) => raw.exec("update account set balance = -40 where path = 'escrow:wanhe'"));
    expect(found['I5']).toBe('escrow:wanhe: balance 40, its open vouchers hold 0');
  });

  it('I6: a debt that only one side knows', async () => {
    const found = await tampered((raw) => raw.exec("update account set balance = 1 where path = 'due-from:wanhe:gexiang:2026-03-02'"));
    expect(found['I6']).toBe('due-from:wanhe:gexiang:2026-03-02: balance 1, but due-to:gexiang:wanhe:2026-03-02 has -1600');
    expect(Object.keys(found)).toEqual(['I2', 'I6']);
  });

  it('I6: a debt whose other side is not there', async () => {
    const found = await tampered((raw) => raw.exec("delete from account where path like 'due-from:%'"));
    expect(found['I6']).toBe('due-to:gexiang:wanhe:2026-03-02: balance -1600, but due-from:wanhe:gexiang:2026-03-02 has none');
  });

  it('I7: a voucher that was redeemed twice', async () => {
    const found = await tampered((raw, { redeemed }) =>
      raw.exec(`create temp table twice as select * from redemption where voucher_id = ${raw.id(redeemed)};
        update twice set id = ${raw.id(`red_${'f'.repeat(32)}`)};
        insert into redemption select * from twice`),
    );
    expect(Object.keys(found)).toEqual(['I7', 'S3', 'S10']);
    expect(found['I7']).toMatch(/^red_f{32}: not reversed, but vch_[0-9a-f]{32} is redeemed by red_[0-9a-f]{32}$/);
  });

  it('I7: a redemption whose voucher is for sale again', async () => {
    const found = await tampered((raw, { redeemed }) =>
      raw.exec(`update voucher set state = 'cancelled', redemption_id = null where id = ${raw.id(redeemed)}`),
    );
    expect(Object.keys(found)).toEqual(['I7']);
    expect(found['I7']).toMatch(/^red_[0-9a-f]{32}: not reversed, but vch_[0-9a-f]{32} is cancelled$/);
  });

  it('I7: a voucher held by a redemption that was reversed', async () => {
    const found = await tampered((raw, { redeemed }) =>
      raw.exec(`update voucher set redemption_id = (select redemption_id from redemption_reversal) where id = ${raw.id(redeemed)};
        delete from redemption where voucher_id = ${raw.id(redeemed)};
        update redemption set voucher_id = ${raw.id(redeemed)}`),
    );
    expect(Object.keys(found)).toEqual(['I7', 'S3', 'S10']);
    expect(found['I7']).toMatch(/^vch_[0-9a-f]{32}: redeemed by red_[0-9a-f]{32}, which was reversed$/);
  });

  it('I7: a voucher that says redeemed, by a redemption that is not there', async () => {
    const found = await tampered((raw) => raw.exec('delete from redemption'));
    expect(found['I7']).toMatch(/^vch_[0-9a-f]{32}: redeemed by red_[0-9a-f]{32}, which is not there$/);
  });

  it('I8: a refusal that left an entry', async () => {
    const refusal = JSON.stringify({ refused: 'voucher_expired', details: {} });
    const found = await tampered((raw) => raw.exec(`update request set outcome = '${refusal}' where command = 'redeem'`));
    expect(Object.keys(found)).toEqual(['I8']);
    expect(found['I8']).toMatch(/^ent_[0-9a-f]{32}: its request cli_0{32} key-\d+ was refused$/);
  });

  it('I8: an entry that no request made', async () => {
    const found = await tampered((raw) => raw.exec("delete from request where command = 'redeem'"));
    expect(Object.keys(found)).toEqual(['I8']);
    expect(found['I8']).toMatch(/^ent_[0-9a-f]{32}: no request made it$/);
  });

  it.each([
    ['points', '[{"issuer":"gexiang","points":99,"fen":1000}]', /^vch_[0-9a-f]{32}: 100 points, its shares sum to 99$/],
    ['fen', '[{"issuer":"gexiang","points":100,"fen":999}]', /^vch_[0-9a-f]{32}: face 1000 fen, its shares sum to 999$/],
    ['issuers', '[{"issuer":"wanhe","points":100,"fen":1000}]', /^vch_[0-9a-f]{32}: share of wanhe 100 points, its grants gave 0$/],
  ])('I10: shares that are off in their %s', async (_what, shares, sentence) => {
    const found = await tampered((raw, { open }) => raw.exec(`update voucher set shares = '${shares}' where id = ${raw.id(open)}`));
    expect(found['I10']).toMatch(sentence);
  });

  it('I10: a grant that gave what no share shows', async () => {
    const found = await tampered((raw, { open }) => raw.exec(`update voucher_source set points = 99 where voucher_id = ${raw.id(open)}`));
    expect(Object.keys(found)).toEqual(['I10']);
    expect(found['I10']).toMatch(/^vch_[0-9a-f]{32}: share of gexiang 100 points, its grants gave 99$/);
  });

  it('I11: a cost that stands in the wrong book', async () => {
    const found = await tampered((raw) => {
      const [there, here] = [accountId('cost:gexiang'), COST].map((id) => raw.bytes(id));
      return raw.exec(`
        update account set balance = balance + (select balance from account where path = 'cost:gexiang') where path = 'cost:wanhe';
        delete from account where path = 'cost:gexiang';
        create temp table moved as select entry, sum(amount) as amount from posting where account in (${there}, ${here}) group by entry;
        delete from posting where account in (${there}, ${here});
        insert into posting select ${here}, entry, 99, amount from moved`);
    });
    expect(found['I11']).toMatch(/^ent_[0-9a-f]{32}: its postings sum to -?\d+ in (gexiang|wanhe) fen$/);
    // Its postings are no longer in the places where they were, which is S1's to say.
    expect(Object.keys(found)).toEqual(['I11', 'S1']);
  });

  it('I13: a grant of which less remains than its lot holds', async () => {
    const found = await tampered((raw) => raw.exec('update point_grant set remaining = remaining - 1 where remaining = 150'));
    expect(Object.keys(found)).toEqual(['I13']);
    expect(found['I13']).toMatch(new RegExp(`^${WALLET}: balance 150, of its grants remain 149$`));
  });

  it('I13: a grant that still holds points of a lot that is empty', async () => {
    const found = await tampered((raw) => raw.exec('update point_grant set remaining = 30 where remaining = 0 and points = 30'));
    expect(found['I13']).toMatch(/^wallet:wanhe:res_[0-9a-f]{32}:2027-12-31: balance 0, of its grants remain 30$/);
  });

  it('I13: a wallet that no grant accounts for', async () => {
    const found = await tampered((raw) => raw.exec(`update point_grant set expires_on = ${raw.day('2029-12-31')} where remaining = 150`));
    expect(Object.keys(found)).toEqual(['I13']);
    expect(found['I13']).toMatch(/balance (150, of its grants remain 0|0, of its grants remain 150)$/);
  });

  it('S1: an entry that lacks a posting', async () => {
    const found = await tampered((raw) =>
      raw.exec("delete from posting where seq = 0 and entry = (select id from entry where kind = 'lot_expiry')"),
    );
    expect(Object.keys(found)).toContain('S1');
    expect(found['S1']).toMatch(/^ent_[0-9a-f]{32}: it has 1 postings, the last in place 1$/);
  });

  it('S1: postings without their entry', async () => {
    const found = await tampered((raw) => raw.exec("delete from entry where kind = 'lot_expiry'"));
    expect(Object.keys(found)).toEqual(['S1']);
    expect(found['S1']).toMatch(/^ent_[0-9a-f]{32}: there is no such entry, but a posting of -?\d+$/);
  });

  it('S1: an entry without postings', async () => {
    const found = await tampered((raw) =>
      raw.exec(`delete from posting where entry = (select id from entry where kind = 'lot_expiry');
        update account set balance = (select coalesce(sum(amount), 0) from posting where posting.account = account.id)`),
    );
    expect(found['S1']).toMatch(/^ent_[0-9a-f]{32}: it has 0 postings, the last in place -1$/);
  });

  it('S2: an account whose row is not what its path says', async () => {
    const found = await tampered((raw) =>
      raw.exec("update account set community = 'wanhe' where path = 'fund:gexiang' or path = 'cost:gexiang'"),
    );
    expect(found['S2']).toBe('cost:gexiang: its row says cost of wanhe');
  });

  it('S2: an account that counts in the wrong unit', async () => {
    const found = await tampered((raw) => raw.exec("update account set unit = 'point' where path = 'cost:gexiang'"));
    expect(found['S2']).toBe(`cost:gexiang: its row has the id ${accountId('cost:gexiang')} and counts in point`);
  });

  it('S3: a redemption of more than its merchant was credited with', async () => {
    const found = await tampered((raw, { redeemed }) =>
      raw.exec(`update redemption set fen = fen + 500 where voucher_id = ${raw.id(redeemed)}`),
    );
    expect(Object.keys(found)).toEqual(['S3', 'S10']);
    expect(found['S3']).toMatch(/^mer_[0-9a-f]{32}:2026-03-02: redemptions less reversals are 500 fen more than was posted$/);
  });

  it('S4: a voucher that is open after everything of its time was booked as expired', async () => {
    const found = await tampered((raw) =>
      raw.exec(`insert into expiry_day values (${raw.day('2026-04-01')}, 0); update voucher set valid_until = 1 where state = 'issued'`),
    );
    expect(Object.keys(found)).toEqual(['S4']);
    expect(found['S4']).toMatch(/^vch_[0-9a-f]{32}: issued, but it ended before 2026-04-01$/);
  });

  it('S4: points that are left after everything of their time was booked as expired', async () => {
    const found = await tampered((raw) =>
      raw.exec(`insert into expiry_day values (${raw.day('2028-01-01')}, 0); update voucher set valid_until = 9999999999999`),
    );
    expect(Object.keys(found)).toEqual(['S4']);
    expect(found['S4']).toMatch(/^grt_[0-9a-f]{32}: points remain of it, but they ended on 2027-12-31$/);
  });

  it('S7: a grant that was clawed back, but is in a voucher that is open', async () => {
    const found = await tampered((raw, { open }) => clawedBack(raw, open));
    expect(Object.keys(found)).toEqual(['S7', 'S10']);
    expect(found['S7']).toMatch(/^grt_[0-9a-f]{32}: clawed back, but vch_[0-9a-f]{32} is (issued|suspended)$/);
  });

  it('S7: a grant that was clawed back, but does not stand in clawback with what is redeemed of it', async () => {
    const found = await tampered((raw, { redeemed }) => clawedBack(raw, redeemed));
    expect(Object.keys(found)).toEqual(['S7', 'S10']);
    expect(found['S7']).toBe('clawback:gexiang: balance 0, of its grants clawed back 60 are redeemed');
  });

  it('S7: a grant that was clawed back, but of which points remain', async () => {
    const found = await tampered((raw) => raw.exec('update point_grant set remaining = 30 where clawed_back_at is not null'));
    expect(Object.keys(found)).toEqual(['I13', 'S7']);
    expect(found['S7']).toMatch(/^grt_[0-9a-f]{32}: clawed back, but 30 points remain of it$/);
  });

  it('S12: a resident whose name has no key, or that of another name', async () => {
    const without = await tampered((raw) => raw.exec('update resident set name_key = null'));
    expect(without).toEqual({ S12: expect.stringMatching(/^res_[0-9a-f]{32}: its name has no key$/) });
    const other = await tampered((raw) => raw.exec("update resident set name = '阿依努尔'"));
    expect(other).toEqual({ S12: expect.stringMatching(/^res_[0-9a-f]{32}: its key is that of another name$/) });
  });

  it('S12: a key that is missing, another one, of nobody, or in another community', async () => {
    const LAST = '(select resident_id from resident_key order by resident_id desc limit 1)';
    const cases: [string, RegExp][] = [
      ['delete from resident_key where place = 2', /^res_[0-9a-f]{32}: its key 2 is not that of its name$/],
      ['update resident_key set "key" = null where place = 1', /^res_[0-9a-f]{32}: its key 1 is not that of its name$/],
      ['update resident_key set place = 9 where place = 3', /^res_[0-9a-f]{32}: its key 3 is not that of its name$/],
      ['update resident_key set "key" = null where place = 0', /^res_[0-9a-f]{32}: the key of its number is none$/],
      ["update resident_key set community_id = 'wanhe'", /^res_[0-9a-f]{32}: it is found in another community$/],
      [
        `update resident_key set resident_id = ID where place = 0 and resident_id = ${LAST}`,
        /^res_[0-9a-f]{32}: the key of its number is none$/,
      ],
      ["insert into resident_key values (ID, 0, 'gexiang', null, 1)", /^1 keys lead to no resident$/],
    ];
    for (const [statement, said] of cases) {
      const found = await tampered((raw) => raw.exec(statement.replace('ID', raw.id(`res_${'f'.repeat(32)}`))));
      expect(found, statement).toEqual({ S12: expect.stringMatching(said) });
    }
  });
});
