/** The naive service: one route, one transaction a request. */
import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { and, eq } from 'drizzle-orm';
import Fastify, { type FastifyRequest } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { serveParent } from '../harness/child.ts';
import { openNaive } from './database.ts';
import { redeem, Refused, type Till } from './redeem.ts';
import * as tables from './tables.ts';

const db = openNaive(process.env['NAIVE_FILE']!);
const app = Fastify({ logger: true })
  .setValidatorCompiler(validatorCompiler)
  .setSerializerCompiler(serializerCompiler)
  .withTypeProvider<ZodTypeProvider>();

const body = z.strictObject({
  code: z.string().regex(/^\d{18}$/),
  terminal_id: z.string(),
  order_no: z.string().min(1).max(64),
  order_amount_fen: z.int().min(1),
});
const answer = z.strictObject({
  id: z.string(),
  status: z.literal('succeeded'),
  voucher_id: z.string(),
  order_no: z.string(),
  points: z.int(),
  discount_fen: z.int(),
  business_day: z.string(),
  redeemed_at: z.string(),
  reversible_until: z.string(),
});
const problem = z.strictObject({ code: z.string() });

app.post('/v1/redemptions', { schema: { body, response: { 201: answer, 401: problem, 409: problem } } }, async (request, reply) => {
  const till = tillOf(request);
  if (!till) return reply.code(401).send({ code: 'unauthorized' });
  const requestNo = String(request.headers['idempotency-key']);
  const hash = createHash('sha256').update(JSON.stringify(request.body)).digest('hex');
  db.$client.exec('begin immediate');
  try {
    const outcome = once(till, requestNo, hash, () => answerTo(till, requestNo, request.body));
    db.$client.exec('commit');
    return await reply.code(201).send(outcome);
  } catch (error) {
    db.$client.exec('rollback');
    if (error instanceof Refused) return reply.code(409).send({ code: error.message });
    throw error;
  }
});

function tillOf({ headers }: FastifyRequest): Till | undefined {
  const secret = headers.authorization?.replace('Bearer ', '') ?? '';
  return db.select().from(tables.client).where(eq(tables.client.secret, secret)).get();
}

/** Answers a repeated request as it was answered the first time. */
function once(till: Till, key: string, hash: string, work: () => z.output<typeof answer>): z.output<typeof answer> {
  const { request } = tables;
  const earlier = db
    .select()
    .from(request)
    .where(and(eq(request.clientId, till.id), eq(request.key, key)))
    .get();
  if (earlier && earlier.hash !== hash) throw new Refused('idempotency_key_reused');
  if (earlier) return JSON.parse(earlier.outcome) as z.output<typeof answer>;
  const outcome = work();
  db.insert(request)
    .values({ clientId: till.id, key, hash, at: Date.now(), outcome: JSON.stringify(outcome) })
    .run();
  return outcome;
}

function answerTo(till: Till, requestNo: string, sent: z.output<typeof body>): z.output<typeof answer> {
  const codeHash = createHash('sha256').update(sent.code).digest('hex');
  const { terminal_id: terminalId, order_no: orderNo, order_amount_fen: orderAmountFen } = sent;
  const made = redeem(db, till, { codeHash, terminalId, orderNo, orderAmountFen, requestNo });
  return {
    id: made.id,
    status: 'succeeded',
    voucher_id: made.voucherId,
    order_no: made.orderNo,
    points: made.points,
    discount_fen: made.fen,
    business_day: made.businessDay,
    redeemed_at: new Date(made.at).toISOString(),
    reversible_until: new Date(made.reversibleUntil).toISOString(),
  };
}

await app.listen({ port: 0, host: '127.0.0.1' });
serveParent((app.server.address() as AddressInfo).port, async () => {
  await app.close();
  db.$client.close();
});
