import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { accountFacts, entryById, type EntryWithPostings, type Posting } from '../../ledger/index.ts';
import type { Deps } from '../deps.ts';
import { requires } from '../principal.ts';
import { Problem } from '../problem.ts';
import { count, day, id, rfc3339, time } from '../wire.ts';

const unit = z.enum(['point', 'fen']);
const side = z.enum(['debit', 'credit']);

const entry = z
  .strictObject({
    id: id('ent'),
    kind: z.string(),
    business_day: day,
    effective_at: time,
    recorded_at: time,
    subject: z.string().meta({ description: 'The id of what it is about.' }),
    reverses: id('ent').nullable().meta({ description: 'The entry it mirrors.' }),
    postings: z.array(z.strictObject({ account: z.string(), unit, side, amount: count })),
  })
  .meta({ id: 'Entry' });

export const ledger =
  ({ store }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const params = z.strictObject({ id: id('ent') });
    const schema = { tags: ['ledger'], summary: 'An entry and its postings', params, response: { 200: entry } };
    app.get('/v1/entries/:id', { schema, config: requires('ledger:read') }, async (request) => {
      const found = await entryById(store, request.params.id);
      if (!found) throw new Problem('not_found');
      return presentEntry(found);
    });
  };

function presentEntry({ id: entryId, kind, businessDay, effectiveAt, recordedAt, subject, reverses, postings }: EntryWithPostings) {
  const times = { effective_at: rfc3339(effectiveAt), recorded_at: rfc3339(recordedAt) };
  return { id: entryId, kind, business_day: businessDay, ...times, subject, reverses, postings: postings.map(presentPosting) };
}

function presentPosting({ account, amount }: Posting) {
  return {
    account,
    unit: accountFacts(account).unit,
    side: amount > 0 ? ('debit' as const) : ('credit' as const),
    amount: Math.abs(amount),
  };
}
