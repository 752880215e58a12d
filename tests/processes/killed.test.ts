/** Real processes over real sockets on one database: tills race at all of them, and one is killed meanwhile. */
import { expect, it } from 'vitest';
import {
  answered as untilAnswered,
  type Attempt,
  callAt,
  expectWhole,
  prepare,
  redeemAt,
  type Server,
  startServer,
} from '../support/server.ts';

const PROCESSES = 4;
const TILLS = 200;
const VOUCHERS = 120;

/** Sends a request to one process after another, with the same key, until one of them answers. */
async function answered(servers: readonly Server[], n: number, requestNo: string, code: string): Promise<Attempt> {
  for (let tries = 0; tries < 40; tries++) {
    const server = servers[(n + tries) % servers.length]!;
    const attempt = await untilAnswered(() => redeemAt(server, requestNo, code)).catch(() => undefined);
    if (attempt) return attempt;
  }
  throw new Error(`${requestNo} was never answered`);
}

it('200 tills race at 4 processes, one of which is killed: every voucher is redeemed once, and the books are whole', async () => {
  const prepared = await prepare(VOUCHERS);
  const servers = await Promise.all(Array.from({ length: PROCESSES }, () => startServer(prepared)));
  const killed = servers[0]!;
  const first = redeemAt(servers[1]!, 'first', prepared.shown[0]!.code);
  // Every voucher is shown at many tills; each till has a request number of its own for each.
  const races = Array.from({ length: TILLS }, async (_, till) => {
    const answers: Attempt[] = [];
    for (let n = 0; n < 5; n++) {
      const voucher = (till * 3 + n * 41) % VOUCHERS;
      answers.push(await answered(servers, till, `T-${till}-${voucher}`, prepared.shown[voucher]!.code));
    }
    return answers;
  });
  await first;
  await killed.stop('SIGKILL');
  const answers = [await first, ...(await Promise.all(races)).flat()];

  expect(answers.map(({ status }) => status).filter((status) => status !== 201 && status !== 409)).toEqual([]);
  const made = answers.filter(({ status }) => status === 201).map(({ text }) => JSON.parse(text) as { id: string; voucher_id: string });
  expect(new Set(made.map(({ voucher_id: voucher }) => voucher)).size).toBe(made.length);
  expect(made.length).toBe(VOUCHERS);
  // Any other process gives the same answer.
  for (const { requestNo, text } of answers.filter(({ status }) => status === 201).slice(0, 30)) {
    const read = await callAt(servers[2]!, 'GET', `/v1/redemptions?request_no=${requestNo}`);
    expect((JSON.parse(read.text) as { items: unknown[] }).items).toMatchObject([{ redemption: JSON.parse(text) }]);
  }
  await Promise.all(servers.slice(1).map((server) => server.stop('SIGTERM')));
  await expectWhole(prepared);
});
