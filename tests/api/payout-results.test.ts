import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { speakPlainly } from '../../src/api/http/issue-texts.ts';
import { payoutResultsIn } from '../../src/api/routes/payout-results-wire.ts';

const HEADER = 'payout_id,amount_fen,result,bank_reference,failure';
const line = (n: number, fen: number) => `pyo_${n.toString(16).padStart(32, '0')},${fen},paid,B-${n},`;

const cases = join(import.meta.dirname, '../fixtures/cases');

/** The faults of a file: where, which, and how a spreadsheet mangled it; or the reference of its first line. */
async function faultsIn(file: string): Promise<unknown> {
  try {
    return (await payoutResultsIn(file))[0]!.bankReference;
  } catch (error) {
    const { errors } = error as { errors: readonly { pointer: string; code: string; details?: { how?: string } }[] };
    return errors.map(({ pointer, code, details }) => [pointer, code, details?.how].filter((each) => each !== undefined));
  }
}

async function codeIn(file: string): Promise<unknown> {
  try {
    return (await payoutResultsIn(file)).length;
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
}

speakPlainly();

describe("a bank's answer", () => {
  it('is read whatever a merchant was owed: the payout file has no bound either', async () => {
    expect(await payoutResultsIn(`${HEADER}\n${line(1, 123_456_789_012)}`)).toMatchObject([{ fen: 123_456_789_012, result: 'paid' }]);
    expect(await codeIn(`${HEADER}\n${line(1, 0)}`)).toBe('validation_failed');
  });

  it('that a spreadsheet has mangled is refused by line, with what to do; what is only marked as a text is read', async () => {
    const file = readFileSync(join(cases, 'bank-answer-mangled.csv'), 'utf8');
    const expected = JSON.parse(readFileSync(join(cases, 'expected.json'), 'utf8'))['bank-answer-mangled.csv'] as Record<string, string>;
    // The ids are made up; everything else stays as it is.
    const whole = file.replaceAll(/pyo_(\d)/g, (_, n: string) => `pyo_${n.padStart(32, '0')}`);
    const [header, ...lines] = whole.split('\r\n').filter(Boolean);
    expect(await Promise.all(lines.map(async (each) => faultsIn(`${header}\r\n${each}\r\n`)))).toEqual([
      [['line/2/bank_reference', 'mangled_by_spreadsheet', 'shortened']],
      [['line/2/bank_reference', 'mangled_by_spreadsheet', 'covered']],
      [['line/2/bank_reference', 'mangled_by_spreadsheet', 'formula']],
      '20261201000000002',
    ]);
    expect(Object.values(expected).map((each) => /^refused|^read as \d+$/.exec(each)?.[0])).toEqual([
      'refused',
      'refused',
      'refused',
      'read as 20261201000000002',
    ]);
    expect(await faultsIn(`${HEADER}\n${line(1, 5).replace('B-1', '="20261201000000001"')}`)).toEqual([
      ['line/2/bank_reference', 'mangled_by_spreadsheet', 'formula'],
    ]);
    // All lines or none: the three are named, and the fourth is not booked.
    expect(await faultsIn(whole)).toEqual(
      ['line/2', 'line/3', 'line/4'].map((each) => [`${each}/bank_reference`, 'mangled_by_spreadsheet', expect.any(String)]),
    );
  });

  it('is read with amounts in full width and groups, and text cells in every column', async () => {
    expect(await payoutResultsIn(`${HEADER}\n'${line(1, 1).replace(',1,', ",'１７０００,'")}`)).toMatchObject([{ fen: 17_000 }]);
    expect(await payoutResultsIn(`${HEADER}\n${line(1, 1).replace(',1,', ',"17,000",')}`)).toMatchObject([{ fen: 17_000 }]);
    expect(await faultsIn(`${HEADER}\n${line(1, 1).replace(',1,', ',170.5,')}`)).toEqual([['line/2/amount_fen', 'not_whole_fen']]);
  });

  it('is read with characters that nobody sees, and line breaks, in what the bank writes; a reference that holds one is refused by name', async () => {
    const failed = line(1, 5).replace('paid,B-1,', `failed,,"账户\u200B已注销\r\n请\u202A核实\u202C"`);
    expect(await payoutResultsIn(`${HEADER}\n${failed}`)).toMatchObject([{ result: 'failed', failure: '账户已注销 请核实' }]);
    expect(await payoutResultsIn(`${HEADER}\n\u200E${line(1, 5).replace('paid', 'ｐａｉｄ\u200B')}\u3164`)).toMatchObject([
      { payoutId: `pyo_${'1'.padStart(32, '0')}`, result: 'paid', failure: null },
    ]);
    expect(await faultsIn(`${HEADER}\n${line(1, 5).replace('B-1', 'B-\u200B1')}`)).toEqual([
      ['line/2/bank_reference', 'hidden_characters'],
    ]);
    expect(await faultsIn(`${HEADER}\n${line(1, 5).replace('paid,B-1,', 'failed,,\u200B')}`)).toEqual([['line/2/failure', 'missing']]);
  });

  it('goes by our own names of columns where both are there', async () => {
    const both = 'payout_id,amount_fen,status,result,bank_reference,constructor';
    expect(await payoutResultsIn(`${both}\n${line(1, 5).replace(',paid,', ',OK,paid,')}`)).toMatchObject([{ result: 'paid' }]);
  });

  it('has a thousand lines at most', async () => {
    const lines = Array.from({ length: 1_001 }, (_, n) => line(n, 1));
    expect(await codeIn([HEADER, ...lines.slice(1)].join('\n'))).toBe(1_000);
    expect(await codeIn([HEADER, ...lines].join('\n'))).toBe('payload_too_large');
  });

  it('is given up where a line is endless', async () => {
    expect(await codeIn(','.repeat(100_000))).toBe('malformed_csv');
    expect(await codeIn(`${HEADER}\n"${'x'.repeat(100_000)}`)).toBe('malformed_csv');
  });
});
