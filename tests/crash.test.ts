import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import {
  answered as untilAnswered,
  type Attempt,
  callAt,
  expectWhole,
  prepare,
  type Prepared,
  redeemAt,
  type Server,
  startServer,
} from './support/server.ts';

const nightly = process.env['CALLMI_NIGHTLY'] !== undefined;
const KILLS = nightly ? 50 : 5;
const PER_ROUND = 400;
const TILLS = 24;

/** Redeems the codes with many tills at once until the server is gone; gives what was answered. `heard` is told how many answers came. */
async function load(
  server: Server,
  codes: { requestNo: string; code: string }[],
  heard: (answers: number) => void = () => undefined,
): Promise<Attempt[]> {
  const answered: Attempt[] = [];
  const till = async () => {
    for (let next = codes.pop(); next; next = codes.pop()) {
      const attempt = await untilAnswered(() => redeemAt(server, next.requestNo, next.code)).catch(() => undefined);
      if (!attempt) return;
      heard(answered.push(attempt));
    }
  };
  await Promise.all(Array.from({ length: TILLS }, till));
  return answered;
}

async function expectKept(server: Server, answered: readonly Attempt[]): Promise<void> {
  for (const { requestNo, text } of answered) {
    const read = await untilAnswered(() => callAt(server, 'GET', `/v1/redemptions?request_no=${requestNo}`));
    expect(read.status).toBe(200);
    expect((JSON.parse(read.text) as { items: unknown[] }).items).toMatchObject([{ status: 'succeeded', redemption: JSON.parse(text) }]);
  }
}

describe('kill -9 under load', () => {
  it(
    `loses nothing that was answered and does nothing twice, ${KILLS} times`,
    async () => {
      let interrupted = 0;
      let prepared: Prepared | undefined;
      let before: Attempt[] = [];
      for (let kill = 0; kill < KILLS; kill++) {
        // A fresh scheme every few rounds, so that there are codes left.
        if (kill % 5 === 0) {
          prepared = await prepare(PER_ROUND * Math.min(5, KILLS));
          before = [];
        }
        const { file, shown } = prepared!;
        const codes = shown
          .slice((kill % 5) * PER_ROUND, ((kill % 5) + 1) * PER_ROUND)
          .map(({ code }, n) => ({ requestNo: `K${kill}-${n}`, code }));
        const all = [...codes];
        const server = await startServer(prepared!);
        let killed: Promise<void> | undefined;
        const answered = await load(server, codes, (answers) => {
          if (answers > 60 * (kill % 5)) killed ??= server.stop('SIGKILL');
        });
        await killed;
        expect(answered.every(({ status }) => status === 201)).toBe(true);
        if (answered.length < PER_ROUND) interrupted++;
        await expectWhole(prepared!);

        // The tills send again what they heard nothing of, and everything counts exactly once.
        const again = await startServer(prepared!);
        await expectKept(again, [...before.slice(-20), ...answered.slice(-60)]);
        const repeated = await load(
          again,
          all.map((each) => each),
        );
        expect(repeated.map(({ status }) => status)).toEqual(Array(PER_ROUND).fill(201));
        const texts = new Map(repeated.map(({ requestNo, text }) => [requestNo, text]));
        for (const { requestNo, text } of answered) expect(texts.get(requestNo)).toBe(text);
        await again.stop('SIGTERM');
        await expectWhole(prepared!);
        expect(count(file)).toBe(before.length + PER_ROUND);
        before = [...before, ...repeated];
      }
      expect(interrupted).toBeGreaterThan(KILLS / 2);
    },
    KILLS * 120_000,
  );
});

/** Redemptions in a database, by a reader that knows nothing of our code. */
function count(file: string): number {
  const database = new Database(file, { readonly: true });
  const redemptions = database.prepare('select count(*) from redemption').pluck().get() as number;
  database.close();
  return redemptions;
}
