/** Texts about something else that name the person all the same: nobody finds them but by the name, and an officer empties them by hand. */
import { createHash } from 'node:crypto';
import { textsNaming } from '../../../src/communities/index.ts';
import { columnsOf, specOf, type TableName, writeOrder } from '../../../src/store/index.ts';
import { read } from '../offices.ts';
import { MARK, TEXT } from './marks.ts';
import { decided, sendFile, type Stage } from './stage.ts';

/** A run is closed, disputed, corrected and paid in vain; shops and offers are suspended; a list leaves the service. */
export async function namedByTheWay(stage: Stage, entryId: string): Promise<void> {
  const { write, gexiang, wanhe, street, secondOfStreet, world } = stage;
  const reason = TEXT;
  const { id: runId } = await stage.closedRun();
  const run = `/v1/settlement-runs/${runId}`;
  await write(gexiang, `${run}/positions/wanhe/dispute`, { reason });
  await write(street, `${run}/positions/wanhe/resolution`, { community_id: 'gexiang', resolution: TEXT });
  await refusedByTheBank(stage, run);
  await decided(stage, [street, secondOfStreet], 'adjustment', { entry_id: entryId, right: null }, { reason });
  for (const status of ['suspended', 'active']) await write(wanhe, `/v1/merchants/${world.merchantId}/status`, { status, reason });
  for (const status of ['withdrawn', 'active']) await write(street, `/v1/offers/${world.cashOfferId}/status`, { status, reason });
  await write(gexiang, '/v1/list-exports', { what: 'residents', reason });
}

async function refusedByTheBank(stage: Stage, run: string): Promise<void> {
  const { wanhe, world, write } = stage;
  const { items } = await read(wanhe, `${run}/payouts`);
  const due = (items as Record<string, any>[]).find((payout) => payout['merchant_id'] === world.merchantId)!;
  const file = `payout_id,amount_fen,result,bank_reference,failure\r\n${due['id']},${due['fen']},failed,,${TEXT}\r\n`;
  const sha256 = createHash('sha256').update(file).digest('hex');
  await sendFile(stage, wanhe, `${run}/payout-results`, file, { 'idempotency-key': 'canary-bank', 'x-content-sha256': sha256 });
  await write(wanhe, `${run}/payouts/${due['id']}/carry`, { reason: TEXT });
}

/** The columns of such texts. */
export const foundByName: readonly string[] = writeOrder.flatMap((table) => {
  const erasing: Readonly<Record<string, string>> = specOf(table).erasing ?? {};
  return columnsOf(table).flatMap(({ property, name }) => (erasing[property] === 'find' ? [`${table}.${name}`] : []));
});

/** Finds the texts that name the person as `callmi find` does, and empties them; gives their columns. */
export async function emptiedByHand({ write, street, world }: Stage): Promise<string[]> {
  const found = await Array.fromAsync(textsNaming(world.store, MARK));
  for (const { table, key, column } of found) await write(street, '/v1/blanked-texts', { table, key: key.split(' '), column });
  return [...new Set(found.map(({ table, column }) => `${table satisfies TableName}.${column}`))];
}
