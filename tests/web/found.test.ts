import { expect, it } from 'vitest';
import { foundIn } from '../../web/street/personal/found.ts';

const ID = `mer_${'0'.repeat(32)}`;
const merchant = { table: 'merchant', key: [ID], column: 'status_reason' };

it.each([
  [`merchant  ${ID}  status_reason`, merchant],
  // With what stands around it on the screen, with `--show`, and with other blanks.
  [`\n  merchant  ${ID}  status_reason  \r\nfind: 1 texts\n`, merchant],
  [`merchant  ${ID}  status_reason  "葛小米  投诉 \\"急\\""`, merchant],
  [`merchant\t${ID}\tstatus_reason`, merchant],
  [`merchant ${ID} status_reason`, merchant],
  ['sampleText  wanhe 2026-03-02 3  reason', { table: 'sampleText', key: ['wanhe', '2026-03-02', '3'], column: 'reason' }],
])('a line of `callmi find` says which text it found: %j', (pasted, found) => {
  expect(foundIn(pasted)).toEqual(found);
});

it.each([
  '',
  'find: 0 texts',
  'merchant',
  `merchant  ${ID}`,
  'merchant  status_reason',
  `${ID}  merchant  status_reason`,
  `merchant  ${ID}  葛小米`,
  'merchant  1 2 3 4 5  status_reason',
  `merchant  ${ID}  status_reason\nmerchant  ${ID}  name`,
])('what is none, or several of them, says nothing: %j', (pasted) => {
  expect(foundIn(pasted)).toBeUndefined();
});
