/** A writer: a process that redeems vouchers by an engine of its own, on a database that others write to as well. */
import { randomBytes, randomUUIDv7 } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { pooled } from '../../src/chance.ts';
import { Engine } from '../../src/ledger/index.ts';
import { redeem, type RedeemInput } from '../../src/redeem/index.ts';
import { commandIds, openStore } from '../../src/store/index.ts';

/** The job of a writer: its parent hands it over as JSON, in the first argument. */
export type WriterJob = {
  readonly url: string;
  /** Rows that a balance is spread over; undefined: as the service has it. */
  readonly stripes?: number;
  /** JSON: `Presentation[]`, each redeemed once. */
  readonly file: string;
  /** So many are under way at once. */
  readonly lanes: number;
};

/** A redemption that a till's client asks for. */
export type Presentation = { readonly client: string; readonly input: RedeemInput };

const { url, stripes, file, lanes } = JSON.parse(process.argv[2]!) as WriterJob;
const presentations = JSON.parse(readFileSync(file, 'utf8')) as Presentation[];
const store = await openStore(url, stripes === undefined ? {} : { stripes });
const engine = new Engine(store, { clock: Date.now, newId: commandIds(Date.now, pooled(randomBytes)) });

async function lane(): Promise<void> {
  for (let next = presentations.pop(); next; next = presentations.pop()) {
    const { client, input } = next;
    const outcome = await engine.submit({ command: redeem, input, client, actor: input.merchantId, key: randomUUIDv7(), hash: '' });
    if ('refused' in outcome) throw new Error(`a redemption was refused: ${outcome.refused}`);
  }
}

process.send!('ready');
await once(process, 'message');
await Promise.all(Array.from({ length: lanes }, lane));
await store.close();
process.send!('done', () => process.exit(0));
