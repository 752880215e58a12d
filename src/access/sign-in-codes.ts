/**
 * One-time codes, with which residents sign in. The rows and the answer are the same whether or not a resident has the phone. Codes that
 * strangers ask for and those that devices ask for which signed in with the phone before are rows of their own: so strangers neither use up
 * what such a device may ask for, nor spoil its code.
 */
import { type Call, type Command, type Decision, type Facts, type Known, one, put, sameHash, type Want } from '../ledger/index.ts';
import { askedOnce, type CodeAsked, type CodeAskedReply, isGood, TRIES_MAX, TRIES_OF_ALL_MAX, wantAsked } from './one-time-codes.ts';
import { ownerOf } from './phones.ts';
import { newSession, type SignInReply } from './sessions.ts';
import { notNamed, wantNamesTried } from './silent-numbers.ts';
import { keepingClient, type PeoplesBinding, standingClient, wantStandingClient } from './standing-clients.ts';
import { oneMore, remembered } from './wrong-tries.ts';

/** Replaces the last code for a phone. The caller looks up afterwards whether a resident has the phone. */
export const askSignInCode: Command<CodeAsked, CodeAskedReply> = {
  name: 'ask-sign-in-code',
  load: wantAsked,
  decide: (facts, asked, { at }) => askedOnce(facts, asked, at),
};

export type SignInByCodeInput = {
  /** Keyed hashes (hex): of the phone, and of the phone with the code. */
  readonly phoneHash: string;
  readonly codeHash: string;
  /** The rows in which the code may be, that of the trier first. */
  readonly rows: readonly string[];
  /** The slot in which the trier's wrong tries at this code are counted. */
  readonly slot: string;
  readonly device: string;
  /** The name as it was typed; left out: none was. Only a number that was silent for long needs it. */
  readonly name?: string | undefined;
};

/** Begins a session for the resident who has the phone. A suspended resident may look, but cannot spend. */
export const signInByCode: Command<SignInByCodeInput, SignInReply> = {
  name: 'sign-in-by-code',
  load: loadSignInByCode,
  decide: decideSignInByCode,
};

function loadSignInByCode({ phoneHash, codeHash, rows, slot }: SignInByCodeInput, known: Known): readonly Want[] {
  const codes = rows.map((row) => known.get('signInCode', row));
  // With a wrong code nothing about the resident is read, because the time that it takes would show that there is one.
  const bindings = codes.some((code) => code && sameHash(code.codeHash, codeHash)) ? bindingsOf(known, phoneHash) : [];
  return [
    ...rows.map((row) => one('signInCode', row)),
    one('wrongTries', slot),
    wantNamesTried(phoneHash),
    one('residentPhone', phoneHash),
    ...bindings.flatMap(wantStandingClient),
  ];
}

function decideSignInByCode(
  facts: Facts,
  { phoneHash, codeHash, rows, slot, device, name }: SignInByCodeInput,
  call: Call,
): Decision<SignInReply> {
  const codes = rows.map((row) => facts.get('signInCode', row)).filter((row) => row && isGood(row, call.at, TRIES_OF_ALL_MAX));
  const code = codes.find((row) => sameHash(row!.codeHash, codeHash)) ?? codes[0];
  if (!code || remembered(facts.get('wrongTries', slot), call.at) >= TRIES_MAX) return wrong;
  const [binding] = bindingsOf(facts, phoneHash);
  const failed = {
    rows: [put('signInCode', { ...code, failures: code.failures + 1 }), put('wrongTries', oneMore(facts, slot, call.at))],
    ...wrong,
  };
  if (!sameHash(code.codeHash, codeHash) || !binding) return failed;
  const phone = facts.get('residentPhone', phoneHash)!;
  const resident = facts.get('resident', binding.residentId)!;
  const unnamed = notNamed(facts, { phone, resident, name }, call.at);
  if (unnamed) return unnamed.rows ? { ...unnamed, rows: [...failed.rows, ...unnamed.rows] } : unnamed;
  const client = standingClient(facts, binding, call.at);
  if ('refused' in client) return client;
  if (client.status !== 'active') return wrong;

  // From here on it succeeds.
  const session = newSession(client, null, device, call);
  return {
    rows: [
      ...keepingClient(facts, client),
      put('signInCode', { ...code, used: 1 }),
      // Written each time, so that a change of the number at the same time conflicts, and does not leave this session open.
      put('residentPhone', { ...phone, heardAt: call.at }),
      put('session', session),
    ],
    reply: { session_id: session.id },
  };
}

const wrong = { reply: { failed: 'wrong' } } as const;

type ResidentsBinding = Extract<PeoplesBinding, { kind: 'resident' }>;

/** The resident who has a phone, or none. */
function bindingsOf(known: Pick<Known, 'get'>, phoneHash: string): ResidentsBinding[] {
  const residentId = ownerOf(known.get('residentPhone', phoneHash));
  return residentId === undefined ? [] : [{ kind: 'resident', residentId }];
}
