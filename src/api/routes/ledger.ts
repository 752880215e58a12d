import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  accountFacts,
  type AccountKind,
  accountsPage,
  type Balance,
  entryById,
  type EntryWithPostings,
  kinds,
  type Posting,
  trialBalance,
} from '../../ledger/index.ts';
import type { Deps } from '../deps.ts';
import { compressAnswers } from '../http/compression.ts';
import { page, pageOf, pageQuery } from '../http/page.ts';
import { requires } from '../http/principal.ts';
import { Problem } from '../http/problem.ts';
import { codecOf } from '../http/codec.ts';
import { communityId, count, id } from '../http/wire.ts';

const unit = z.enum(['point', 'fen']);
const side = z.enum(['debit', 'credit']);

const booked = codecOf('entry', ['id', 'kind', 'businessDay', 'effectiveAt', 'recordedAt'], {
  subject: 'The id of its subject: a grant, a voucher, a redemption or another thing.',
  reverses: 'The entry it mirrors.',
});
const posting = z.strictObject({ account: z.string(), unit, side, amount: count });
const entry = z.strictObject({ ...booked.shape, postings: z.array(posting) }).meta({ id: 'Entry' });

const accountKind = z.enum(Object.keys(kinds) as AccountKind[]);

const total = z.strictObject({
  community: z.string(),
  kind: accountKind,
  unit,
  accounts: count.meta({ description: 'The number of accounts.' }),
  debit: count.meta({ description: 'The sum of the balances on the debit side.' }),
  credit: count.meta({ description: 'The sum of the balances on the credit side.' }),
});

const accountBalance = z.strictObject({ account: z.string(), community: z.string(), kind: accountKind, unit, side, balance: count });

const ONCE = 'Only with the first page of all accounts: null with a `cursor`, a `community` or a `kind`.';

const balances = z
  .strictObject({
    difference: z
      .strictObject({ point: count, fen: count })
      .nullable()
      .meta({ description: `Debits less credits over all accounts: 0 in each unit, or the books are wrong. ${ONCE}` }),
    totals: z
      .array(total)
      .nullable()
      .meta({ description: `By community and kind, over all accounts. ${ONCE}` }),
    accounts: pageOf(accountBalance),
  })
  .meta({ id: 'TrialBalance' });

const pathKey = z.string().max(200);

const tags = ['ledger'];
const reading = {
  tags,
  operationId: 'getEntry',
  summary: 'An entry and its postings',
  description: 'For anybody who checks the books: the double-entry record behind one event.',
  params: z.strictObject({ id: id('ent') }),
  response: { 200: entry },
};
const balancing = {
  tags,
  operationId: 'getTrialBalance',
  summary: 'The accounts in pages, and with the first page totals by community and kind',
  description: "For checking that debits and credits agree, or for taking the balances into books of one's own.",
  querystring: pageQuery(pathKey).extend({ community: communityId.optional(), kind: accountKind.optional() }),
  response: { 200: balances },
};

export const ledger =
  ({ store }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    await compressAnswers(app);
    app.get('/v1/entries/:id', { schema: reading, config: requires('ledger:read') }, async (request) => {
      const found = await entryById(store, request.params.id);
      if (!found) throw new Problem('not_found');
      return presentEntry(found);
    });

    app.get('/v1/trial-balance', { schema: balancing, config: requires('ledger:read') }, async (request) => {
      const { limit, cursor, ...only } = request.query;
      const ofAll = Object.values({ cursor, ...only }).every((choice) => choice === undefined);
      // The trial balance reads every account.
      const sums = ofAll ? await trialBalance(store) : undefined;
      const accounts = await accountsPage(store, { ...only, after: cursor, limit });
      return {
        difference: sums?.total ?? null,
        totals: sums ? [...sums.rows] : null,
        accounts: page(accounts, limit, ({ path }) => path, presentAccount),
      };
    });
  };

function presentEntry({ postings, ...row }: EntryWithPostings): z.output<typeof entry> {
  return { ...booked.present(row), postings: postings.map(presentPosting) };
}

function presentPosting({ account, amount }: Posting) {
  return {
    account,
    unit: accountFacts(account).unit,
    side: amount > 0 ? ('debit' as const) : ('credit' as const),
    amount: Math.abs(amount),
  };
}

function presentAccount({ path, balance }: Balance) {
  const facts = accountFacts(path);
  const at = { account: path, community: facts.community, kind: facts.kind, unit: facts.unit };
  return { ...at, side: balance < 0 ? ('credit' as const) : ('debit' as const), balance: Math.abs(balance) };
}
