import { describe, expect, it } from 'vitest';
import { payoutResultsIn } from '../../src/api/routes/payout-results-wire.ts';

const HEADER = 'payout_id,amount_fen,result,bank_reference,failure';
const line = (n: number, fen: number) => `pyo_${n.toString(16).padStart(32, '0')},${fen},paid,B-${n},`;

async function codeIn(file: string): Promise<unknown> {
  try {
    return (await payoutResultsIn(file)).length;
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
}

describe("a bank's answer", () => {
  it('is read whatever a merchant was owed: the payout file has no bound either', async () => {
    expect(await payoutResultsIn(`${HEADER}\n${line(1, 123_456_789_012)}`)).toMatchObject([{ fen: 123_456_789_012, result: 'paid' }]);
    expect(await codeIn(`${HEADER}\n${line(1, 0)}`)).toBe('validation_failed');
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
