import { expect, it } from 'vitest';
import { Problem } from '../../src/api/http/problem.ts';
import { refuse as refuseForClearing } from '../../src/clearing/refusals.ts';
import { conflict, type Instant, notFound, refuserOf } from '../../src/ledger/index.ts';

const refuse = refuserOf({
  code_expired: conflict('It has expired', (d: { expired_at: Instant }) => `It expired at ${d.expired_at}.`, 'Take another.', '已过期'),
  code_used: conflict('It is used', 'It was used.', 'Take another.', '已使用'),
  code_unknown: notFound('It is unknown', (d: { by?: string | null }) => `It is unknown${d.by ? ` to ${d.by}` : ''}.`, 'Look.', '未找到'),
});

it('a refusal is its code, and the figures of its sentence as they are given', () => {
  expect(refuse('code_expired', { expired_at: 5 })).toEqual({ refused: 'code_expired', details: { expired_at: 5 } });
  expect(refuse('code_used')).toEqual({ refused: 'code_used', details: {} });
  expect(refuse('code_unknown')).toEqual({ refused: 'code_unknown', details: {} });
  expect(refuse('code_unknown', { by: null })).toEqual({ refused: 'code_unknown', details: { by: null } });
});

/** Nothing here runs: the type check holds that each line with a mark does not compile, and that the mark is needed. */
const wrong = () => [
  // @ts-expect-error: no folder's code
  refuse('code_expire', { expired_at: 5 }),
  // @ts-expect-error: without its figure
  refuse('code_expired'),
  // @ts-expect-error: without its figure
  refuse('code_expired', {}),
  // @ts-expect-error: misspelt
  refuse('code_expired', { expires_at: 5 }),
  // @ts-expect-error: one more than the sentence has
  refuse('code_expired', { expired_at: 5, by: 'gexiang' }),
  // @ts-expect-error: an instant is given in milliseconds
  refuse('code_expired', { expired_at: '2026-03-02T00:00:00.000Z' }),
  // @ts-expect-error: a sentence without figures
  refuse('code_used', { expired_at: 5 }),
  // @ts-expect-error: an optional figure has a type all the same
  refuse('code_unknown', { by: 5 }),
  // @ts-expect-error: a code of a folder that this one does not import
  refuseForClearing('code_expired', { expired_at: 5 }),
  // @ts-expect-error: a problem without its figure
  new Problem('merchant_not_found'),
  // @ts-expect-error: a problem with another's figure
  new Problem('merchant_not_found', { details: { store_id: 'sto_1' } }),
  // @ts-expect-error: a problem with one more figure
  new Problem('street_only', { details: { community_id: 'gexiang' } }),
  // @ts-expect-error: an instant is named as one
  conflict('It is used', (d: { used: Instant }) => `It was used at ${d.used}.`, 'Take another.', '已使用'),
  // @ts-expect-error: a number is not named as an instant
  conflict('It is used', (d: { used_at: number }) => `It was used at ${d.used_at}.`, 'Take another.', '已使用'),
];

it('a refusal with wrong figures does not compile', () => {
  expect(wrong).toBeTypeOf('function');
});
