import { expect, it } from 'vitest';
import { secretsOf } from '../../src/access/index.ts';
import { codeAsked, codeTyped } from '../../src/api/routes/phone-codes.ts';

const secrets = secretsOf({ hashKey: new Uint8Array(32).fill(1), sealKey: new Uint8Array(32).fill(2) }, (bytes) => new Uint8Array(bytes));
const purposes = ['change-from', 'change-to', 'stop-change', 'move'] as const;
const sent = { phone: '13800005678', bound: 'x' };

it('a code for one purpose has a row and a hash that no other purpose has', () => {
  const typed = purposes.map((purpose) => codeTyped(secrets, { ...sent, purpose }, '123456'));
  const hashes = typed.flatMap(({ row, codeHash }) => [row, codeHash]);
  expect(new Set([...hashes, secrets.hash('phone', sent.phone)]).size).toBe(2 * purposes.length + 1);
});

it('codes of one purpose to one phone share a row, whatever they are bound to, and hash differently', () => {
  const [one, other] = ['x', 'y'].map((bound) => codeTyped(secrets, { ...sent, purpose: 'move', bound }, '123456'));
  expect([one!.row === other!.row, one!.codeHash === other!.codeHash]).toEqual([true, false]);
});

it('requests of several people for one phone have rows of their own, and are counted in one slot', () => {
  const [one, other] = ['res_a', 'res_b'].map((asker) => codeAsked(secrets, { ...sent, purpose: 'change-to', asker }, '123456'));
  expect([one!.row === other!.row, one!.slot === other!.slot, one!.known]).toEqual([false, true, false]);
});
