/** Messages in words: a title, and a sentence made of the figures. */
import type { Schemas } from '../../api/client.ts';
import { lastDayOf, points, timeOf, yuan } from '../../shared/format.ts';
import type { MessageWords } from '../text/zh-messages.ts';

export type Message = Schemas['Message'];
type Kind = Message['kind'];
type Details<K extends Kind> = Extract<Message, { kind: K }>['details'];

/** `nameOf` gives the name of a community. */
type Means = { readonly words: MessageWords; readonly nameOf: (id: string) => string };

const sentences: { readonly [K in Kind]: (means: Means, details: Details<K>) => string } = {
  points_received: ({ words, nameOf }, of) => words.received(points(of.points), nameOf(of.community_id), of.description),
  points_reversed: ({ words, nameOf }, of) => words.reversed(points(of.points), nameOf(of.community_id), of.description),
  points_clawed_back: ({ words, nameOf }, of) => words.clawedBack(points(of.points), nameOf(of.community_id), of.description),
  points_expiring: ({ words, nameOf }, of) => words.expiring(points(of.points), nameOf(of.community_id), of.expires_on),
  points_expired: ({ words, nameOf }, of) => words.expired(points(of.points), nameOf(of.community_id), of.expires_on),
  voucher_taken: ({ words }, of) => words.taken(of.title, points(of.points)),
  voucher_redeemed: ({ words }, of) => words.redeemed(of.title, yuan(of.face_fen), of.store_name),
  voucher_reversed: ({ words }, of) => words.undone(of.title, of.store_name),
  voucher_expiring: ({ words }, of) => words.runsOut(of.title, lastDayOf(of.valid_until)),
  voucher_expired: ({ words }, of) => words.ranOut(of.title, points(of.points)),
  paper_printed: ({ words }, of) => words.printed(of.title),
  signed_in: ({ words }, { device }) => (device === 'unknown' ? words.unknownDevice : device),
  number_changed: ({ words }, { closed_until: until }) => (until === null ? words.changed : words.changedUntil(timeOf(until))),
  number_change_stopped: ({ words }) => words.stopped,
  spending_closed: ({ words }, { closed_until: until }) => words.closedUntil(timeOf(until)),
  moved: ({ words, nameOf }, of) => words.moved(nameOf(of.from_id), nameOf(of.to_id)),
  household_joined: ({ words }, { how }) => words.joined[how],
  household_left: ({ words }) => words.left,
  credential_made: (_, { name }) => name,
  secret_replaced: (_, { name }) => name,
  erasure_requested: ({ words }, of) => words.leaving(timeOf(of.due_at), points(of.points)),
  erasure_withdrawn: ({ words }) => words.staying,
};

/** The title and the sentence of a message. A kind that this page does not know yet is a message all the same. */
export function textOf(means: Means, { kind, details }: Message): { readonly title: string; readonly sentence: string } {
  const title: Readonly<Record<string, string>> = means.words.titles;
  const sentence = (sentences as Readonly<Record<string, ((means: Means, details: never) => string) | undefined>>)[kind];
  return { title: title[kind] ?? means.words.other, sentence: sentence?.(means, details as never) ?? '' };
}
