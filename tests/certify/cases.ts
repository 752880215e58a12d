/** The certification cases of tills, as `docs/tills/cases.json` has them. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const json = z.json();

const expectation = z.strictObject({
  status: z.int(),
  /** The code of the problem. */
  code: z.string().optional(),
  /** A `cashier_message` in the answer, which the till shows. */
  show: z.string().optional(),
  /** Whether the answer is marked as a replay. */
  replayed: z.boolean().optional(),
  /** Values in the answer, by JSON pointer. */
  body: z.record(z.string(), json).optional(),
  headers: z.record(z.string(), z.string()).optional(),
});

const sent = z.strictObject({
  send: z.string().regex(/^(GET|POST) \//),
  key: z.string().optional(),
  json: json.optional(),
  text: z.string().optional(),
  form: z.record(z.string(), z.string()).optional(),
  type: z.string().optional(),
  encoding: z.literal('GB18030').optional(),
  token: z.string().optional(),
  times: z.int().optional(),
  lost: z.literal('answer').optional(),
  expect: expectation,
  /** Values to go on with, by JSON pointer; '' is the whole text. */
  keep: z.record(z.string(), z.string()).optional(),
});
export type Sent = z.infer<typeof sent>;

const step = z.union([
  z.strictObject({ arrange: z.string(), as: z.string().optional() }),
  z.strictObject({ wait: z.int() }),
  z.strictObject({ send: z.string(), lost: z.literal('request') }),
  sent,
]);
export type Step = z.infer<typeof step>;

const certification = z.strictObject({
  number: z.int(),
  title: z.string(),
  steps: z.array(step).min(1),
  /** The conduct by which the till passes. */
  till: z.string(),
});
export type Certification = z.infer<typeof certification>;

const file = new URL('../../docs/tills/cases.json', import.meta.url);

export const cases: readonly Certification[] = z
  .strictObject({ version: z.int(), cases: z.array(certification) })
  .parse(JSON.parse(readFileSync(file, 'utf8'))).cases;

/** The steps of a case. */
export const requestsOf = ({ steps }: Certification): readonly Sent[] => steps.filter((each): each is Sent => 'expect' in each);
