/** The words of messages to a phone, and the number that each goes to. They name the scheme, and neither a person nor a full number. */
import type { Secrets, TextSubject } from '../../access/index.ts';
import { type Row, rowByKey, type View } from '../../store/index.ts';
import { ownerOf } from '../../access/index.ts';

const ZONE = 'Asia/Shanghai';

/** A message as the gateway gets it. */
export type Text = { readonly phone: string; readonly text: string };

/**
 * The message about something, or undefined if there is nobody to send it to. A number that is no longer the resident's only gets the message
 * that it was replaced.
 */
export async function textOf(view: View, secrets: Secrets, { residentId, kind, subject, at }: TextSubject): Promise<Text | undefined> {
  const change = subject.startsWith('phc_') ? await rowByKey(view, 'phoneChange', subject) : undefined;
  if (kind === 'number_changed_former') {
    return change && change.formerSealed !== '' ? { phone: secrets.open(change.formerSealed), text: replaced(change) } : undefined;
  }
  const resident = await rowByKey(view, 'resident', residentId);
  if (!resident || (kind === 'number_changed' && change?.newHash !== resident.phoneHash)) return undefined;
  const phone = await rowByKey(view, 'residentPhone', resident.phoneHash);
  if (ownerOf(phone) !== residentId) return undefined;
  return { phone: secrets.open(resident.phoneSealed), text: texts[kind](timeOf(at)) };
}

function replaced({ changedAt, closedUntil }: Row<'phoneChange'>): string {
  const what = `【CALL米】您在CALL米登记的手机号已于${timeOf(changedAt)}更换为其他号码。`;
  return closedUntil === null
    ? `${what}如非本人操作，请尽快到任一社区窗口说明。`
    : `${what}如非本人操作，请在${timeOf(closedUntil)}前到任一社区窗口停止更换，在此之前积分不能使用。`;
}

const texts: Readonly<Record<Exclude<TextSubject['kind'], 'number_changed_former'>, (time: string) => string>> = {
  number_changed: (time) => `【CALL米】本号码已于${time}登记为CALL米手机号。如非本人操作，请到任一社区窗口说明。`,
  paper_printed: (time) => `【CALL米】社区已于${time}为您打印一张纸质券。如非本人要求，请尽快到任一社区窗口说明。`,
  credential_made: (time) =>
    `【CALL米】社区已于${time}为您的账户新开一个接口密钥，持有者可以使用您的积分。如非本人要求，请尽快到任一社区窗口停用。`,
  secret_replaced: (time) => `【CALL米】社区已于${time}更换您账户的接口密钥。如非本人要求，请尽快到任一社区窗口停用。`,
};

function timeOf(at: number): string {
  const { month, day, hour, minute } = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(ZONE);
  const time = `${hour}:${String(minute).padStart(2, '0')}`;
  return `${month}月${day}日${time}`;
}
