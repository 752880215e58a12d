import { createHash } from 'node:crypto';
import { stringify } from 'csv-stringify/sync';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { reconciliation, type ReconciliationLine } from '../../redeem/index.ts';
import type { Deps } from '../deps.ts';
import { compressAnswers } from '../http/compression.ts';
import { merchantOf, requires } from '../http/principal.ts';
import { onWire } from '../http/names.ts';
import { count, day, id, rfc3339, time } from '../http/wire.ts';

const line = z.strictObject({
  kind: z.enum(['redemption', 'reversal']),
  id: z.string().meta({ description: 'The id of the redemption or of the reversal.' }),
  at: time,
  redemption_id: id('red'),
  request_no: z.string(),
  store_id: id('sto'),
  terminal_id: id('ter').nullable(),
  order_no: z.string(),
  voucher_id: id('vch'),
  fen: count.meta({ description: 'Owed to the merchant; negative for a reversal.' }),
});
type Line = z.output<typeof line>;

const columns = Object.keys(line.shape) as (keyof Line)[];

const totals = z.strictObject({
  redemptions: count,
  redeemed_fen: count,
  reversals: count,
  reversed_fen: count,
  net_fen: count.meta({ description: 'The amount that the merchant is owed for these lines.' }),
});

const answer = z
  .strictObject({
    merchant_id: id('mer'),
    store_id: id('sto')
      .nullable()
      .meta({ description: 'Only this store, which the client is bound to; null: all stores of the merchant.' }),
    business_day: day,
    status: z.enum(['open', 'closed']).meta({ description: 'A closed day never changes.' }),
    totals,
    row_count: count,
    sha256: z.string().meta({ description: 'The SHA-256 of the CSV file of the same lines, byte order mark and header included.' }),
    lines: z.array(line),
  })
  .meta({ id: 'Reconciliation' });

const reading = {
  tags: ['redemptions'],
  operationId: 'getReconciliation',
  summary: "A merchant's business day",
  description:
    "For a till or a merchant's own books at the end of the day: every redemption and reversal that counts for it, with totals. Once `status` is `closed` the day never changes, and neither does its SHA-256.",
  params: z.strictObject({ date: day }),
  querystring: z.strictObject({
    format: z
      .enum(['json', 'csv'])
      .optional()
      .meta({ description: 'Default: CSV if the Accept header asks for text/csv and not for JSON, otherwise JSON.' }),
  }),
  response: {
    200: {
      description: 'As JSON, or with `format=csv` as a file of the same lines: UTF-8 with a byte order mark.',
      content: { 'application/json': { schema: answer }, 'text/csv': { schema: z.string() } },
    },
  },
};

/** A merchant's business day, for the till's own book; for a till that is bound to one store, only that store's. */
export const reconciliations =
  ({ store }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    await compressAnswers(app);
    app.get('/v1/reconciliations/:date', { schema: reading, config: requires('reconciliations:read') }, async (request, reply) => {
      const { merchantId, storeId } = merchantOf(request);
      const { date } = request.params;
      const { closed, lines: found } = await reconciliation(store, { merchantId, storeId }, date);
      const lines = found.map(presentLine);
      const csv = csvOf(lines);
      const sha256 = createHash('sha256').update(csv).digest('hex');
      reply.header('vary', 'accept');
      if ((request.query.format ?? formatAccepted(request)) === 'csv') {
        reply.header('content-disposition', `attachment; filename="reconciliation-${storeId ?? merchantId}-${date}.csv"`);
        reply.header('x-content-sha256', sha256).header('x-row-count', String(lines.length));
        return reply.type('text/csv; charset=utf-8').send(csv);
      }
      return {
        merchant_id: merchantId,
        store_id: storeId ?? null,
        business_day: date,
        status: closed ? ('closed' as const) : ('open' as const),
        totals: totalsOf(found),
        row_count: lines.length,
        sha256,
        lines,
      };
    });
  };

function formatAccepted({ headers: { accept = '' } }: FastifyRequest): 'json' | 'csv' {
  return /\btext\/csv\b/i.test(accept) && !/\bapplication\/json\b/i.test(accept) ? 'csv' : 'json';
}

function presentLine({ kind, id: lineId, at, fen, redemption }: ReconciliationLine): Line {
  return {
    kind,
    id: lineId,
    at: rfc3339(at),
    redemption_id: redemption.id,
    request_no: redemption.requestNo,
    store_id: redemption.storeId,
    terminal_id: redemption.terminalId,
    order_no: redemption.orderNo,
    voucher_id: redemption.voucherId,
    fen,
  };
}

/** The same lines as a file. Text that a spreadsheet would treat as a formula is escaped, and a byte order mark says that it is UTF-8. */
function csvOf(lines: readonly Line[]): string {
  return stringify([...lines], { bom: true, header: true, columns, escape_formulas: true, record_delimiter: 'windows' });
}

function totalsOf(lines: readonly ReconciliationLine[]): z.output<typeof totals> {
  const sum = (kind: ReconciliationLine['kind']) => lines.filter((each) => each.kind === kind).reduce((total, { fen }) => total + fen, 0);
  const redeemedFen = sum('redemption');
  const reversedFen = 0 - sum('reversal');
  const redemptions = lines.filter(({ kind }) => kind === 'redemption').length;
  return onWire({ redemptions, redeemedFen, reversals: lines.length - redemptions, reversedFen, netFen: redeemedFen - reversedFen });
}
