/** All that is written about somebody's points: earned in every way, and spent in every way. */
import { expect } from 'vitest';
import { NAME, TEXT } from './marks.ts';
import { type Marked, succeeds } from './people.ts';
import { decided, type Stage } from './stage.ts';

/** Points are granted alone, in a batch, by two officers and in a list that names others too; some are taken back. */
export async function earning(stage: Stage, { residentId, childId }: Marked): Promise<void> {
  const { write, gexiang, colleague, world } = stage;
  const both = [gexiang, colleague] as const;
  const deed = { action_rule_id: world.ruleId, resident_id: residentId, quantity: 1, occurred_on: '2026-03-02', description: TEXT };
  await write(gexiang, '/v1/grants/preview', deed);
  const { id: wrong } = await write(gexiang, '/v1/grants', deed);
  await write(gexiang, `/v1/grants/${wrong}/reversals`, { reason: TEXT });
  await write(gexiang, '/v1/grant-batches', { items: [{ ...deed, external_reference: 'R-1' }] });
  await decided(stage, both, 'grant', { ...deed, quantity: 200 }, { reason: TEXT });
  await decided(stage, both, 'grant', { ...deed, quantity: 3 }, { reason: TEXT, how: 'decline' });
  const { id: clawed } = await write(gexiang, '/v1/grants', { ...deed, quantity: 4 });
  await decided(stage, both, 'clawback', { grant_id: clawed }, { reason: TEXT });

  const described = { [residentId]: TEXT, [world.residentId]: '扶起老人', [childId]: TEXT };
  const rows = Object.entries(described).map(([resident_id, description], n) => ({
    ...deed,
    resident_id,
    description,
    external_reference: `R-2-${n}`,
  }));
  await write(gexiang, '/v1/grant-list-previews', { rows });
  // The words about a list are about all in it, and go if they name one who leaves.
  const reason = `${NAME}等人，三月`;
  const others = rows.map((row) => ({ ...row, external_reference: `D-${row.external_reference}` }));
  await decided(stage, both, 'grant_list', { rows: others }, { reason, how: 'decline' });
  const { id, input } = await write(gexiang, '/v1/proposals', { command: 'grant_list', input: { rows }, reason });
  const { hash, points } = input as { hash: string; points: number };
  await write(colleague, `/v1/proposals/${id}/approval`, { reason, acknowledged: { hash, points } });
  const list = `/v1/grant-lists/gls_${(id as string).slice(4)}`;
  await expect.poll(async () => (await gexiang.get(list)).body['done_at'], { timeout: 20_000 }).not.toBeNull();
}

/** Vouchers are taken, redeemed, reversed, voided, cancelled, suspended and printed; gives the entry of a redemption that stays. */
export async function spending({ write, gexiang, world, till, order }: Stage, { residentId, phone }: Marked): Promise<string> {
  const take = async () => (await succeeds(phone.post('/v1/me/vouchers', { offer_id: world.cashOfferId, quantity: 1 })))['id'] as string;
  const shown = async () => {
    world.clock.advance(2_000);
    return (await succeeds(phone.post(`/v1/me/vouchers/${await take()}/codes`, {})))['code'] as string;
  };
  const spend = async (orderNo: string) => write(till, '/v1/redemptions', order(await shown(), { order_no: orderNo }));
  const code = await shown();
  await write(till, '/v1/vouchers/inspect', { code });
  const item = {
    ...order(code, { order_no: 'forwarded' }),
    request_no: 'forwarded-1',
    presented_at: new Date(world.clock.now).toISOString(),
  };
  await write(till, '/v1/redemption-batches', { items: [item] });
  const { entry_id: kept } = await spend('kept');
  const { id: reversed } = await spend('reversed');
  await write(till, `/v1/redemptions/${reversed}/reversals`, { reason: TEXT });
  const { request_no: requestNo } = await spend('voided');
  await write(till, '/v1/redemption-voids', { request_no: requestNo, reason: TEXT });
  await succeeds(phone.post(`/v1/me/vouchers/${await take()}/cancellation`, { reason: TEXT }));
  const issue = async () =>
    (await write(gexiang, `/v1/residents/${residentId}/vouchers`, { offer_id: world.cashOfferId, quantity: 1 }))['id'] as string;
  await write(gexiang, `/v1/vouchers/${await issue()}/cancellation`, { reason: TEXT });
  await write(gexiang, `/v1/vouchers/${await issue()}/status`, { status: 'suspended', reason: TEXT });
  await write(gexiang, `/v1/vouchers/${await issue()}/papers`);
  return kept as string;
}
