import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { accessRefusals } from '../../src/access/index.ts';
import { catalogue } from '../../src/api/catalogue.ts';
import { httpRefusals } from '../../src/api/http/refusals.ts';
import { Problem, problemBody, problemOf } from '../../src/api/http/problem.ts';
import { clearingRefusals } from '../../src/clearing/index.ts';
import { communityRefusals } from '../../src/communities/index.ts';
import { ledgerRefusals } from '../../src/ledger/index.ts';
import { redeemRefusals } from '../../src/redeem/index.ts';
import { openApi } from '../support/api.ts';
import { expectTable } from '../support/documents.ts';
import { openScheme } from '../support/scheme.ts';

const entries = Object.entries(catalogue);

describe('the catalogue of problems', () => {
  test('is what docs/errors.md says', () => {
    const header = ['Code', 'Status', 'Retryable', 'What it means', 'What to do', 'Cashier message'];
    const byStatus = entries.toSorted(([a, x], [b, y]) => x.status - y.status || (a < b ? -1 : 1));
    const rows = byStatus.map(([code, { status, title, retryable, action, cashierMessage }]) => {
      return [`\`${code}\``, String(status), retryable ? 'yes' : 'no', title, action, cashierMessage];
    });
    expectTable('errors.md', header, rows);
  });

  test('tells a cashier in Chinese, and a caller in sentences', () => {
    for (const [code, { title, action, cashierMessage }] of entries) {
      expect(cashierMessage, code).toMatch(/^[\u4e00-\u9fff][^a-z]*$/);
      expect(title, code).toMatch(/^[A-Z].*[^.]$/);
      expect(action, code).toMatch(/^[A-Z].*\.$/);
    }
  });

  test('blames a caller with 4xx, and says of every 5xx that the outcome is unknown, but where nothing is set up', () => {
    for (const [code, { status, retryable, detail }] of entries) {
      expect(status, code).toBeGreaterThanOrEqual(400);
      if (status < 500 || code === 'codes_not_deliverable') continue;
      expect(retryable, code).toBe(true);
      expect(detail({}), code).toContain('send the same key again');
    }
  });

  test('has each code from one folder, and none that nothing refuses', () => {
    const folders = [ledgerRefusals, accessRefusals, communityRefusals, clearingRefusals, redeemRefusals, httpRefusals];
    expect(folders.flatMap((folder) => Object.keys(folder)).toSorted()).toEqual(Object.keys(catalogue).toSorted());
    const root = join(import.meta.dirname, '../../src');
    const files = globSync('**/*.ts', { cwd: root, exclude: ['**/refusals.ts'] });
    const code = files.map((file) => readFileSync(join(root, file), 'utf8')).join('\n');
    expect(Object.keys(catalogue).filter((each) => !code.includes(`'${each}'`))).toEqual([]);
  });

  test('has no code that no test meets', () => {
    const root = join(import.meta.dirname, '..');
    const meeting = globSync('**/*.test.ts', { cwd: root }).map((file) => readFileSync(join(root, file), 'utf8'));
    expect(Object.keys(catalogue).filter((each) => !meeting.some((text) => text.includes(`'${each}'`)))).toEqual([]);
  });

  test('is what the type of a problem leads to', async () => {
    const { http } = await openApi(await openScheme());
    const { status, body } = await http.get('/problems/cap_exceeded');
    expect(status).toBe(200);
    expect(body).toMatchObject({ code: 'cap_exceeded', status: 422, cashier_message: '已达积分上限' });
    expect((await http.get('/problems/toString')).body).toMatchObject({ code: 'not_found' });
  });
});

describe('a refusal on the wire', () => {
  test('gives times as RFC 3339, lists in words, and leaves out what it does not know', () => {
    const details = { grant_id: 'grt_1', voucher_ids: ['vch_1', 'vch_2'], reversed_at: 0, nested: { held_until: 1_000 }, at_most: 5 };
    const body = problemBody(problemOf({ refused: 'grant_spent', details }), 'req_1');
    expect(body.detail).toContain('vch_1, vch_2');
    expect(body.details).toEqual({
      ...details,
      reversed_at: '1970-01-01T00:00:00.000Z',
      nested: { held_until: '1970-01-01T00:00:01.000Z' },
    });
    expect(problemBody(new Problem('foreign_community', { details: { community_id: null } }), 'req_1').detail).toBe(
      'Only the street office may decide this.',
    );
  });
});
