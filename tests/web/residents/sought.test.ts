import { expect, it } from 'vitest';
import { soughtOf } from '../../../web/community/residents/sought.ts';

it.each([
  ['', { by: 'nothing' }],
  ['  ', { by: 'nothing' }],
  ['秀英', { by: 'lookup', body: { name: '秀英' } }],
  [' 秀英 ', { by: 'lookup', body: { name: '秀英' } }],
  ['1234', { by: 'lookup', body: { phone_end: '1234' } }],
  ['１２３４', { by: 'lookup', body: { phone_end: '1234' } }],
  ['13800001234', { by: 'phone', phone: '13800001234' }],
  ['+86 138-0000 1234', { by: 'phone', phone: '13800001234' }],
  ['123', { by: 'incomplete' }],
  ['12345', { by: 'incomplete' }],
  ['1380000123', { by: 'incomplete' }],
  ['+86 138', { by: 'incomplete' }],
])('typed as "%s", it looks for %j', (typed, sought) => {
  expect(soughtOf(typed)).toEqual(sought);
});
