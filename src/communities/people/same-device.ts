/** One device with which several people sign in: somebody may have registered twice, or a family has one phone. An officer asks. */
import { type Command, type Decision, type Facts, type Known, one, put, type Row, type Want } from '../../ledger/index.ts';
import { openQuestion, pairOf } from './same-person.ts';

export type NoteSameDeviceInput = {
  /** The session that has just begun. */
  readonly sessionId: string;
  /** The sessions of others that this device began before. */
  readonly otherSessionIds: readonly string[];
};

type NoteSameDeviceReply = { found: number };

/** Notes a question, without an answer, for each two residents who sign in with one device. A question that is there stays as it is. */
export const noteSameDevice: Command<NoteSameDeviceInput, NoteSameDeviceReply> = {
  name: 'note-same-device',
  load: loadNoteSameDevice,
  decide: decideNoteSameDevice,
};

function loadNoteSameDevice({ sessionId, otherSessionIds }: NoteSameDeviceInput, known: Known): readonly Want[] {
  const all = [sessionId, ...otherSessionIds];
  const clients = all.flatMap((id) => known.get('session', id)?.clientId ?? []);
  const people = all.flatMap((id) => residentIdOf(known, id) ?? []);
  const pairs = people.slice(1).filter((other) => other !== people[0]);
  return [
    ...all.map((id) => one('session', id)),
    ...clients.map((id) => one('client', id)),
    ...people.map((id) => one('resident', id)),
    ...pairs.map((other) => one('samePerson', ...pairOf(people[0]!, other))),
  ];
}

function decideNoteSameDevice(
  facts: Facts,
  { sessionId, otherSessionIds }: NoteSameDeviceInput,
  { at }: { readonly at: number },
): Decision<NoteSameDeviceReply> {
  const signedIn = residentIn(facts, sessionId);
  const others = otherSessionIds.map((id) => residentIn(facts, id)).filter((row) => row !== undefined);
  const distinct = [...new Map(others.map((row) => [row.id, row])).values()].filter(({ id }) => id !== signedIn?.id);
  const questions = signedIn ? distinct.flatMap((other) => openQuestion(facts, [signedIn, other], { why: 'device', at })) : [];
  // Nobody is asked about somebody who leaves meanwhile: the questions are written only beside residents who have not changed.
  const beside = signedIn && questions.length > 0 ? [signedIn, ...distinct] : [];
  return { rows: [...beside.map((resident) => put('resident', resident)), ...questions], reply: { found: questions.length } };
}

function residentIdOf(known: Pick<Known, 'get'>, sessionId: string): string | undefined {
  const session = known.get('session', sessionId);
  return (session && known.get('client', session.clientId)?.residentId) ?? undefined;
}

/** The resident of a session; undefined: its row is gone, it is not a resident's, or nobody may sign in as that resident any more. */
function residentIn(facts: Facts, sessionId: string): Row<'resident'> | undefined {
  const id = residentIdOf(facts, sessionId);
  const resident = id === undefined ? undefined : facts.get('resident', id);
  return resident && ['active', 'suspended', 'unconfirmed'].includes(resident.status) ? resident : undefined;
}
