import { expect, it } from 'vitest';
import { markDemo } from '../seeds/index.ts';
import { deliveryOf } from '../src/delivery.ts';
import { openGateway } from './support/gateway.ts';
import { openScheme } from './support/scheme.ts';

it('a gateway gets phone, code and a text, and what lets us in there', async () => {
  const { store } = await openScheme();
  const { url, got } = await openGateway(204);
  const { deliverCode } = (await deliveryOf({ smsGateway: { url, bearer: 'let-us-in' } }, store))!;
  await deliverCode('13800001234', '012345');
  expect(got).toMatchObject([
    {
      headers: { authorization: 'Bearer let-us-in', 'content-type': 'application/json' },
      body: { phone: '13800001234', code: '012345', text: expect.stringContaining('012345') },
    },
  ]);
  await (await deliveryOf({ smsGateway: { url } }, store))!.deliverCode('13800001234', '012345');
  expect(got[1]!.headers).not.toHaveProperty('authorization');
});

it('the text says what a code is for, and only one for a counter is told to anybody', async () => {
  const { store } = await openScheme();
  const { url, got } = await openGateway(204);
  const { deliverCode } = (await deliveryOf({ smsGateway: { url } }, store))!;
  const purposes = ['sign-in', 'register', 'change-from', 'change-to', 'stop-change', 'move'] as const;
  for (const purpose of purposes) await deliverCode('13800001234', '012345', purpose);
  const said = got.map(({ body }) => (body as { text: string }).text);
  expect(new Set(said).size).toBe(purposes.length);
  expect(said.every((text) => text.startsWith('【CALL米】') && text.includes('验证码012345，5分钟内有效'))).toBe(true);
  expect(said.map((text) => text.includes('请勿告诉他人'))).toEqual([true, true, true, true, false, false]);
});

it('a gateway gets a message with its kind, so that it can treat codes and messages differently', async () => {
  const { store } = await openScheme();
  const { url, got } = await openGateway(204);
  const { deliverText } = (await deliveryOf({ smsGateway: { url, bearer: 'let-us-in' } }, store))!;
  await deliverText('13800001234', '本号码已登记', 'number_changed');
  expect(got).toMatchObject([{ headers: { authorization: 'Bearer let-us-in' } }]);
  expect(got[0]!.body).toEqual({ phone: '13800001234', text: '本号码已登记', kind: 'number_changed' });
});

it('a gateway that fails, leads elsewhere or is away is told without phone and code', async () => {
  const { store } = await openScheme();
  const urls = [(await openGateway(500)).url, (await openGateway(302)).url, 'http://127.0.0.1:9/away'];
  for (const url of urls) {
    const { deliverCode, deliverText } = (await deliveryOf({ smsGateway: { url } }, store))!;
    for (const sent of [deliverCode('13800001234', '012345'), deliverText('13800001234', '012345', 'paper_printed')]) {
      const error = await sent.then(
        () => expect.fail('it was delivered'),
        (thrown: unknown) => thrown as Error,
      );
      expect(`${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`).not.toMatch(/13800001234|012345/);
    }
  }
});

it('a demo prints its codes and messages, with the phone masked; without a gateway no other scheme delivers any', async () => {
  const scheme = await openScheme();
  expect(await deliveryOf({}, scheme.store)).toBeUndefined();
  await scheme.run(markDemo, {});
  const lines: string[] = [];
  const { deliverCode, deliverText } = (await deliveryOf({}, scheme.store, (line) => void lines.push(line)))!;
  await deliverCode('19900000001', '000042');
  await deliverCode('19900000001', '000043', 'erase');
  await deliverText('19900000001', '已打印', 'paper_printed');
  expect(lines).toEqual([
    'A sign-in code for 199****0001: 000042\n',
    'An erase code for 199****0001: 000043\n',
    'A message for 199****0001: 已打印\n',
  ]);
});
