/** The delivery of one-time codes: by a gateway that the operator names; in a demo they are printed, because its phones are made up. */
import type { DeliverCode } from './api/index.ts';
import { maskedPhone } from './access/index.ts';
import { isDemo } from './communities/index.ts';
import type { SmsGateway } from './config.ts';
import type { Store } from './store/index.ts';

const WITHIN_MS = 5_000;

/** The delivery of codes by these settings, or undefined if there is none. */
export async function deliveryOf(
  { smsGateway }: { readonly smsGateway?: SmsGateway | undefined },
  store: Store,
  print: (line: string) => void = (line) => void process.stdout.write(line),
): Promise<DeliverCode | undefined> {
  if (smsGateway) return byGateway(smsGateway);
  if (!(await isDemo(store))) return undefined;
  return async (phone, code) => print(`A sign-in code for ${maskedPhone(phone)}: ${code}\n`);
}

function byGateway({ url, bearer }: SmsGateway): DeliverCode {
  return async (phone, code) => {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'error',
      signal: AbortSignal.timeout(WITHIN_MS),
      headers: { 'content-type': 'application/json', ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }) },
      body: JSON.stringify({ phone, code, text: `【CALL米】验证码${code}，5分钟内有效。请勿告诉他人。` }),
    });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`the gateway for codes answered ${response.status}`);
  };
}
