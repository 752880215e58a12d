/** The delivery to phones: by a gateway that the operator names; in a demo it is printed, because its phones are made up. */
import type { DeliverCode } from './api/index.ts';
import { maskedPhone } from './access/index.ts';
import { type DeliverText, isDemo } from './communities/index.ts';
import type { SmsGateway } from './config.ts';
import type { Store } from './store/index.ts';

const WITHIN_MS = 5_000;

export type Delivery = { readonly deliverCode: DeliverCode; readonly deliverText: DeliverText };

/** The delivery by these settings, or undefined if there is none. */
export async function deliveryOf(
  { smsGateway }: { readonly smsGateway?: SmsGateway | undefined },
  store: Store,
  print: (line: string) => void = (line) => void process.stdout.write(line),
): Promise<Delivery | undefined> {
  if (smsGateway) return byGateway(smsGateway);
  if (!(await isDemo(store))) return undefined;
  return {
    deliverCode: async (phone, code) => print(`A sign-in code for ${maskedPhone(phone)}: ${code}\n`),
    deliverText: async (phone, text) => print(`A message for ${maskedPhone(phone)}: ${text}\n`),
  };
}

function byGateway({ url, bearer }: SmsGateway): Delivery {
  async function post(body: { readonly phone: string; readonly text: string } & Readonly<Record<string, string>>): Promise<void> {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'error',
      signal: AbortSignal.timeout(WITHIN_MS),
      headers: { 'content-type': 'application/json', ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }) },
      body: JSON.stringify(body),
    });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`the gateway for messages answered ${response.status}`);
  }
  return {
    deliverCode: async (phone, code) => post({ phone, code, text: `【CALL米】验证码${code}，5分钟内有效。请勿告诉他人。` }),
    deliverText: async (phone, text, kind) => post({ phone, text, kind }),
  };
}
