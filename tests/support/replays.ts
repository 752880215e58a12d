/** Sends every write of a test once more at its end, after the world has moved on, and holds that the answer is the same again. */
import { expect } from 'vitest';
import { grant, renameCommunity, setMerchantStatus } from '../../src/communities/index.ts';
import { dayOf } from '../../src/ledger/index.ts';
import type { Answer } from './counter.ts';
import { enact } from './two-officers.ts';
import type { World } from './world.ts';

/** A write that was answered. */
export type Write = { readonly name: string; readonly answer: Answer; readonly again: () => Promise<Answer> };

const DAY_MS = 24 * 3_600_000;

/** Who asked may ask no more, or too often: then there is no answer to compare. */
const TURNED_AWAY: ReadonlySet<number> = new Set([401, 403, 429]);

/** Answers to what is no more to be had, also by whoever had it: a request that was voided, and a list that was taken out long ago. */
const GONE: ReadonlySet<string> = new Set(['request_voided', 'list_taken_before']);

/** Questions that are sent in a body. */
const QUESTION = /[/-](inspect|previews?|diff|lookup)$/;

/** Remembers one write of each kind and outcome: more would only take time. */
export function rememberWrite(writes: Map<string, Write>, write: Write): void {
  if (QUESTION.test(write.name)) return;
  const kind = write.name.replaceAll(/[a-z]{3}_[0-9a-f]{32}|\d{4}-\d\d-\d\d/g, ':');
  writes.set(`${kind} ${write.answer.status} ${String(write.answer.body['code'])}`, write);
}

/** The client of who asked was ended meanwhile: there is no token for it. */
function isOver(error: unknown): undefined {
  if (error instanceof Error && error.message.startsWith('no token')) return undefined;
  throw error;
}

export async function expectSameAgain(world: World, writes: readonly Write[]): Promise<void> {
  if (writes.length === 0) return;
  await moveOn(world);
  for (const { name, answer, again } of writes) {
    const then = await again().catch(isOver);
    if (!then) continue;
    if (TURNED_AWAY.has(then.status) || GONE.has(then.body['code'])) continue;
    const remembered = then.headers['idempotency-replayed'] === 'true';
    if (answer.status >= 300 && !remembered) continue;
    expect(then.status, `${name}: ${then.text}`).toBe(answer.status);
    expect(then.headers['location'], name).toBe(answer.headers['location']);
    expect(lasting(then), name).toBe(lasting(answer));
  }
}

/** The fields that never change, as they came. A redemption that was undone is told so; a problem names the request it answers. */
function lasting({ text }: Answer): string {
  return text
    .replaceAll(/"now":\{[^}]*\}/g, '')
    .replaceAll(/"cashier_message":"(已核销，抵扣 [\d.]+ 元|该核销已撤销)"/g, '')
    .replaceAll(/"request_id":"[^"]*"/g, '');
}

/** Time passes, limits and rates move, names change, and the merchant is suspended. */
async function moveOn(world: World): Promise<void> {
  await enact(world, 'rate', { points: 100, fen: 900 });
  await enact(world, 'voucher_validity', { days: 30 });
  await enact(world, 'exposure_limit', { points: 5_000_000, communities: {} });
  for (const by of [world.gexiang, world.wanhe]) {
    const deed = { by, ruleId: by === world.gexiang ? world.ruleId : world.wanheRuleId, residentId: world.residentId };
    const occurredOn = dayOf(world.clock.now);
    await world.run(grant, {
      ...deed,
      quantity: 1,
      points: null,
      occurredOn,
      description: '清洁',
      externalReference: null,
      approvedBy: null,
    });
    await world.run(renameCommunity, { id: by.communityId!, name: `新${by.communityId!}` });
  }
  await world.run(setMerchantStatus, { by: world.wanhe, id: world.merchantId, status: 'suspended', reason: '装修' });
  world.clock.advance(DAY_MS);
}
