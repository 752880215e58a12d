/**
 * Messages to a phone. A row is claimed before one is sent and noted as delivered after that, so that of several processes one sends it, and
 * it is sent again if a process ended in between: once, and after a crash perhaps once more.
 */
import { and, asc, gte, sql } from 'drizzle-orm';
import { type TextSubject, wantText } from '../../access/index.ts';
import { type Call, type Command, type Decision, type Facts, put, type Row } from '../../ledger/index.ts';
import type { View } from '../../store/index.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** The time after which nobody tries any more: who reads it later cannot do much about it, and finds it among the messages. */
export const TEXT_TRIED_MS = 24 * HOUR_MS;

export type ClaimReply = { claimed: boolean };

/** Claims a message, if nobody has it in hand: it was never claimed, or not noted as delivered in the time for that. */
export const claimText: Command<TextSubject, ClaimReply> = {
  name: 'claim-text',
  load: (text) => [wantText(text)],
  decide: decideClaimText,
};

function rowOf(facts: Facts, { residentId, kind, subject, at }: TextSubject): Row<'messageSent'> | undefined {
  return facts.get('messageSent', residentId, kind, subject, at);
}

function decideClaimText(facts: Facts, subject: TextSubject, { at }: Call): Decision<ClaimReply> {
  const row = rowOf(facts, subject);
  if (row && !isDue(row, at)) return { reply: { claimed: false } };
  const { residentId, kind, subject: of, at: happenedAt } = subject;
  const key = { residentId, kind, subject: of, at: happenedAt };
  const claimed = { ...key, deliveredAt: null, version: 0, ...row, claimedAt: at, tries: (row?.tries ?? 0) + 1 };
  return { rows: [put('messageSent', claimed)], reply: { claimed: true } };
}

/** Notes that the gateway has taken a message. */
export const confirmText: Command<TextSubject, { delivered_at: number }> = {
  name: 'confirm-text',
  load: (text) => [wantText(text)],
  decide: decideConfirmText,
};

function decideConfirmText(facts: Facts, subject: TextSubject, { at }: Call): Decision<{ delivered_at: number }> {
  const row = rowOf(facts, subject)!;
  const deliveredAt = row.deliveredAt ?? at;
  return { rows: [put('messageSent', { ...row, deliveredAt })], reply: { delivered_at: deliveredAt } };
}

/** Whether a message may be claimed at `at`: at once if nobody has, then after a minute, and after twice as long each further time, up to an hour. */
export function isDue({ claimedAt, tries, deliveredAt }: Pick<Row<'messageSent'>, 'claimedAt' | 'tries' | 'deliveredAt'>, at: number) {
  return deliveredAt === null && (tries === 0 || at >= claimedAt + Math.min(HOUR_MS, MINUTE_MS * 2 ** (tries - 1)));
}

/** Messages of what happened from `from` on (epoch milliseconds) that are not noted as delivered; the oldest of them. */
export async function openTexts({ read, tables: { messageSent } }: View, from: number, limit: number): Promise<Row<'messageSent'>[]> {
  return read
    .select()
    .from(messageSent)
    .where(and(sql`delivered_at is null`, gte(messageSent.at, from)))
    .orderBy(asc(messageSent.at), asc(messageSent.residentId), asc(messageSent.kind), asc(messageSent.subject))
    .limit(limit);
}
