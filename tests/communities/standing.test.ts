import { expect, it } from 'vitest';
import { notEarning, notSpending } from '../../src/communities/index.ts';

const id = `res_${'0'.repeat(32)}`;

it.each([
  ['active', undefined, undefined],
  ['unconfirmed', undefined, 'resident_unconfirmed'],
  ['suspended', 'resident_suspended', 'resident_suspended'],
  ['declined', 'resident_declined', 'resident_declined'],
  ['ended', 'resident_erased', 'resident_erased'],
])('a resident who is %s', (status, earning, spending) => {
  const told = { details: { resident_id: id } };
  expect(notEarning({ id, status })).toEqual(earning && { refused: earning, ...told });
  expect(notSpending({ id, status })).toEqual(spending && { refused: spending, ...told });
  expect(notSpending({ id, status }, {})).toEqual(spending && { refused: spending, details: {} });
});
