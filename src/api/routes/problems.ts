import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { catalogue, isCode } from '../catalogue.ts';
import { Problem } from '../http/problem.ts';

const description = z.strictObject({
  code: z.string(),
  title: z.string(),
  status: z.int(),
  retryable: z.boolean(),
  action: z.string(),
  cashier_message: z.string(),
});

const explaining = {
  tags: ['documents'],
  operationId: 'getProblem',
  summary: 'The meaning of a problem',
  description: 'For developers and for pages: the address that the `type` of a problem leads to.',
  params: z.strictObject({ code: z.string().max(64) }),
  response: { 200: description },
};

/** The pages to which the `type` of a problem leads. */
export const problems = (): FastifyPluginAsyncZod => async (app) => {
  app.get('/problems/:code', { schema: explaining, config: { public: true } }, async ({ params: { code } }) => {
    if (!isCode(code)) throw new Problem('not_found');
    const { title, status, retryable, action, cashierMessage } = catalogue[code];
    return { code, title, status, retryable, action, cashier_message: cashierMessage };
  });
};
