/** The delivery to phones: by a gateway that the operator names; in a demo it is printed, because its phones are made up. */
import type { CodePurpose, DeliverCode } from './api/index.ts';
import { maskedPhone } from './access/index.ts';
import { type DeliverText, isDemo } from './communities/index.ts';
import type { SmsGateway } from './config.ts';
import type { Store } from './store/index.ts';

const WITHIN_MS = 5_000;

/** The text around a code, by what it is for. Only the codes for a counter are told to anybody. */
const texts: Readonly<Record<CodePurpose, (code: string) => string>> = {
  'sign-in': (code) => `验证码${code}，5分钟内有效。请勿告诉他人。`,
  register: (code) => `您正在登记积分账户，验证码${code}，5分钟内有效。如非本人操作，请勿告诉他人。`,
  'change-from': (code) => `您正在更换手机号，验证码${code}，5分钟内有效。如非本人操作，请勿告诉他人。`,
  'change-to': (code) => `您正在把本号码登记为新手机号，验证码${code}，5分钟内有效。如非本人操作，请勿告诉他人。`,
  'stop-change': (code) => `您正在社区窗口停止换号、恢复本号码，验证码${code}，5分钟内有效。只告诉窗口工作人员。`,
  erase: (code) => `您正在申请注销积分账户，验证码${code}，5分钟内有效。如非本人操作，请勿告诉他人。`,
  move: (code) => `您正在社区窗口办理迁入，验证码${code}，5分钟内有效。只告诉窗口工作人员。`,
};

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
    deliverCode: async (phone, code, purpose = 'sign-in') =>
      print(`${purpose === 'erase' ? 'An' : 'A'} ${purpose} code for ${maskedPhone(phone)}: ${code}\n`),
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
    deliverCode: async (phone, code, purpose = 'sign-in') => post({ phone, code, text: `【CALL米】${texts[purpose](code)}` }),
    deliverText: async (phone, text, kind) => post({ phone, text, kind }),
  };
}
