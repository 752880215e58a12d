import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { markDemo } from '../seeds/index.ts';
import { deliveryOf } from '../src/code-delivery.ts';
import { openScheme } from './support/scheme.ts';

type Got = { readonly headers: IncomingHttpHeaders; readonly body: unknown };

/** A gateway that answers with a status, and what it got. */
async function gateway(status: number): Promise<{ url: string; got: Got[] }> {
  const got: Got[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => void chunks.push(chunk));
    request.on('end', () => {
      got.push({ headers: request.headers, body: JSON.parse(Buffer.concat(chunks).toString()) });
      response.writeHead(status, { location: '/elsewhere' }).end('answer');
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/send`, got };
}

it('a gateway gets phone, code and a text, and what lets us in there', async () => {
  const { store } = await openScheme();
  const { url, got } = await gateway(204);
  const deliver = await deliveryOf({ smsGateway: { url, bearer: 'let-us-in' } }, store);
  await deliver!('13800001234', '012345');
  expect(got).toMatchObject([
    {
      headers: { authorization: 'Bearer let-us-in', 'content-type': 'application/json' },
      body: { phone: '13800001234', code: '012345', text: expect.stringContaining('012345') },
    },
  ]);
  await (await deliveryOf({ smsGateway: { url } }, store))!('13800001234', '012345');
  expect(got[1]!.headers).not.toHaveProperty('authorization');
});

it('the text says what a code is for, and only one for a counter is told to anybody', async () => {
  const { store } = await openScheme();
  const { url, got } = await gateway(204);
  const deliver = (await deliveryOf({ smsGateway: { url } }, store))!;
  const purposes = ['sign-in', 'change-from', 'change-to', 'stop-change', 'move'] as const;
  for (const purpose of purposes) await deliver('13800001234', '012345', purpose);
  const texts = got.map(({ body }) => (body as { text: string }).text);
  expect(new Set(texts).size).toBe(purposes.length);
  expect(texts.every((text) => text.startsWith('【CALL米】') && text.includes('验证码012345，5分钟内有效'))).toBe(true);
  expect(texts.map((text) => text.includes('请勿告诉他人'))).toEqual([true, true, true, false, false]);
});

it('a gateway that fails, leads elsewhere or is away is told without phone and code', async () => {
  const { store } = await openScheme();
  const urls = [(await gateway(500)).url, (await gateway(302)).url, 'http://127.0.0.1:9/away'];
  for (const url of urls) {
    const deliver = (await deliveryOf({ smsGateway: { url } }, store))!;
    const error = await deliver('13800001234', '012345').then(
      () => expect.fail('it was delivered'),
      (thrown: unknown) => thrown as Error,
    );
    expect(`${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`).not.toMatch(/13800001234|012345/);
  }
});

it('a demo prints its codes, with the phone masked; without a gateway no other scheme delivers any', async () => {
  const scheme = await openScheme();
  expect(await deliveryOf({}, scheme.store)).toBeUndefined();
  await scheme.run(markDemo, {});
  const lines: string[] = [];
  const deliver = await deliveryOf({}, scheme.store, (line) => void lines.push(line));
  await deliver!('19900000001', '000042');
  expect(lines).toEqual(['A sign-in code for 199****0001: 000042\n']);
});
