/** docs/tills.md, held to the cases and to the code. `UPDATE_DOCS=1 npx vitest run tests/certify` writes its table of cases anew. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isCode, redeemRefusals } from '../../src/redeem/index.ts';
import { ANSWER_MS, stepOf } from '../../web/counter/queue/entry.ts';
import { expectTable } from '../support/documents.ts';
import { blocksOf, codesIn, rowsUnder } from '../support/markdown.ts';
import { arrangements } from './arrangements.ts';
import { cases, requestsOf } from './cases.ts';
import { forms } from './filling.ts';
import { header, rowOf } from './told.ts';

const document = readFileSync(new URL('../../docs/tills.md', import.meta.url), 'utf8');
const data = JSON.stringify(cases);
const named = (...heading: string[]) => rowsUnder(document, ...heading).map(([name]) => codesIn(name!)[0]!);

/** Refusals of this folder that no request of a till meets: they belong to residents and officers. */
const ofOthers = [
  'insufficient_points',
  'offer_above_rate',
  'offer_not_found',
  'offer_withdrawn',
  'quantity_not_allowed',
  'voucher_not_due',
  'voucher_not_found',
  'voucher_worthless',
];

describe('docs/tills.md', () => {
  it('has the cases as a table', () => {
    expectTable('tills.md', header, cases.map(rowOf));
    expect(cases.length).toBeGreaterThanOrEqual(60);
    expect(new Set(cases.map(({ number }) => number)).size).toBe(cases.length);
  });

  it('explains every state and every form that a case uses, and no other', () => {
    expect(named('State', 'Meaning, and the values that it gives').toSorted()).toEqual(Object.keys(arrangements).toSorted());
    expect(named('Form', 'Meaning').toSorted()).toEqual(Object.keys(forms).toSorted());
    expect(Object.keys(arrangements).filter((name) => !data.includes(`"arrange":"${name}"`))).toEqual([]);
    expect(Object.keys(forms).filter((name) => !data.includes(`|${name}}}`))).toEqual([]);
  });

  it('has a case for every refusal that a till can meet', () => {
    expect(
      Object.keys(redeemRefusals)
        .filter((code) => !data.includes(`"${code}"`))
        .toSorted(),
    ).toEqual(ofOthers);
  });

  it('has a row for every state of an attempt: each status that a till is answered, no answer, offline, and a restart', () => {
    const states = rowsUnder(document, 'Answer, or state', 'Meaning', 'The till', 'It shows').map(([state]) => state!);
    const answered = cases.flatMap(requestsOf).filter(({ send }) => send === 'POST /v1/redemptions');
    const statuses = [...new Set(answered.map(({ expect: { status } }) => String(status)))].toSorted();
    expect(statuses).toEqual(['201', '400', '401', '404', '409', '413', '415', '422', '429', '500', '503']);
    expect([...statuses, '403', '405'].filter((status) => !states.some((state) => state.includes(status)))).toEqual([]);
    expect(states).toEqual(expect.arrayContaining(['offline before it is sent', 'restart', '2 minutes without an outcome']));
  });

  it('gives a program that tells codes as the service does', () => {
    const program = blocksOf(document).find(({ language }) => language === 'js')!.text;
    // oxlint-disable-next-line typescript/no-implied-eval -- the program is what is tested
    const told = new Function(`${program}; return isCode;`)() as (digits: string) => boolean;
    const examples = rowsUnder(document, 'Digits', 'A code?').map(([digits, answer]) => [codesIn(digits!)[0]!, answer === 'yes'] as const);
    expect(examples.length).toBeGreaterThan(3);
    for (const [digits, answer] of examples) expect([told(digits), isCode(digits)], digits).toEqual([answer, answer]);
  });

  it('names the times by which the counter page goes as well', () => {
    const entry = { given: 'unsaid', startedAt: 0, void: null, outcome: null, presentedAt: null } as unknown as Parameters<
      typeof stepOf
    >[0];
    expect(document).toContain(`no answer within ${ANSWER_MS / 1_000} seconds`);
    expect([stepOf(entry, 119_000), stepOf(entry, 120_000)]).toEqual(['ask', 'give_up']);
    expect(document).toContain('2 minutes without an outcome');
  });
});
