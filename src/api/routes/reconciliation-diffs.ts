import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { compareBooks, type TillLine } from '../../redeem/index.ts';
import type { Deps } from '../deps.ts';
import { newFaults } from '../http/field-errors.ts';
import { sentLines, takeLineBodies } from './line-bodies.ts';
import { merchantOf, requires } from '../http/principal.ts';
import { Problem } from '../http/problem.ts';
import { bookDifference, presentDifference, tillColumns, tillLine, tillLineOf, tillRecord } from './till-book-wire.ts';
import { day } from '../http/wire.ts';
import { validatorCompiler } from '../http/validation.ts';

const body = {
  content: {
    'application/json': { schema: z.strictObject({ lines: z.array(tillLine) }) },
    'text/csv': {
      schema: z.string().meta({
        description:
          'The first line names the columns: the fields of a line in any order, or in Chinese: 请求号 or 流水号, 金额 (in yuan; 金额（分） in fen), 订单号, 类型 (核销 or 撤销). Others are ignored, and so are a title above them, a line of totals and notes below. Cells are separated by commas, tabs or semicolons. The text is UTF-8, or the `charset` that the media type names: `text/csv; charset=GB18030`.',
        examples: ['request_no,fen,order_no\r\ntill-3-20261123-0187,1000,20261123-0187\r\n'],
      }),
    },
    'application/x-ndjson': {
      schema: z.string().meta({
        description: 'A line of JSON for each line of the book.',
        examples: ['{"request_no":"till-3-20261123-0187","fen":1000,"order_no":"20261123-0187"}\n'],
      }),
    },
  },
};

const comparing = {
  tags: ['redemptions'],
  operationId: 'compareBooks',
  summary: "Compare a merchant's business day with the till's own book",
  description:
    'Reports lines that are missing on either side or differ, with a remedy for each. It reads up to 100,000 lines and 32 MiB, as they arrive; the file of `GET /v1/reconciliations/{date}?format=csv` can be sent as it is. It writes nothing, and needs no Idempotency-Key. It may be sent again at any time.',
  params: z.strictObject({ date: day }),
  body,
  response: { 200: bookDifference },
};

/** Compares a merchant's business day with the till's own book of it. It writes nothing. */
export const reconciliationDiffs =
  ({ store }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    takeLineBodies(app);
    app.post(
      '/v1/reconciliations/:date/diff',
      {
        schema: comparing,
        config: requires('reconciliations:read'),
        // The body has not arrived yet: its lines are validated as they are read.
        validatorCompiler: (part) => (part.httpPart === 'body' ? (value) => ({ value }) : validatorCompiler(part as never)),
      },
      async (request) => {
        const { merchantId, storeId } = merchantOf(request);
        const { date } = request.params;
        const found = await compareBooks(store, { merchantId, storeId }, date, tillLines(request));
        return presentDifference(found, { merchant_id: merchantId, store_id: storeId ?? null, business_day: date });
      },
    );
  };

async function* tillLines(request: FastifyRequest): AsyncGenerator<TillLine> {
  const schema = request.mediaType === 'text/csv' ? tillRecord : tillLine;
  for await (const { pointer, value } of sentLines(request, tillColumns)) {
    const parsed = schema.safeParse(value);
    if (!parsed.success) throw new Problem('validation_failed', { errors: newFaults().of(parsed.error, pointer) });
    yield tillLineOf(pointer, parsed.data);
  }
}
