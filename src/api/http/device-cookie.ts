/**
 * The cookie by which a browser shows who signed in with it before. It opens nothing by itself: a right password or code passes with it where
 * strangers are slowed. Each of those who sign in on one device has a mark in it: of the login, or of the phone by its keyed hash, with the
 * session that was begun; and a seal by the service's key and the password, so that a new password makes it worthless.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Secrets, sessionById } from '../../access/index.ts';
import { sameHash } from '../../ledger/index.ts';
import { hexOf, idOf, type Store } from '../../store/index.ts';
import type { Given } from './given.ts';
import { cookieIn, keepCookie } from './session-cookie.ts';

const NAME = 'callmi_devices';

const DAY_MS = 86_400_000;
/** Browsers keep no cookie for longer. */
const KEPT_MS = 400 * DAY_MS;

/** Marks in one cookie, the latest first: a cookie has at most 4 KB, and every request sends it. */
const MARKS_MAX = 24;

const HASH_BYTES = 16;

/** Somebody who signs in: a login by its id and the hash of its password, or the keyed hash of a phone. */
export type Signer = { readonly loginId: string; readonly passwordHash: string } | { readonly phoneHash: string };

/** `signedOut`: its session was ended on the device itself, which does not make the device a stranger. */
type Mark = { readonly subject: string; readonly session: string; readonly signedOut: boolean; readonly seal: string };

type Needed = {
  readonly secrets: Secrets;
  readonly store: Store;
  readonly clock: () => number;
  readonly config: Pick<Given['config'], 'publicUrl'>;
};

export type DeviceCookie = {
  /** The session by which this device is known to belong to somebody who signs in, or undefined if it is a stranger's. */
  knownBy(request: FastifyRequest, signer: Signer): Promise<string | undefined>;
  /** The sessions that this device began for other phones before. They may have ended since. */
  othersOn(request: FastifyRequest, signer: Signer): string[];
  /** Marks that somebody has signed in, or out, with this device. */
  mark(request: FastifyRequest, reply: FastifyReply, signer: Signer, sessionId: string, signedOut?: boolean): void;
};

export function deviceCookieOf({ secrets, store, clock, config: { publicUrl } }: Needed): DeviceCookie {
  function sealed(signer: Signer, session: string, signedOut: boolean): Mark {
    const subject = subjectOf(signer);
    const epoch = 'loginId' in signer ? signer.passwordHash : 'phone';
    return { subject, session, signedOut, seal: secrets.hash('device', `${subject} ${session} ${signedOut} ${epoch}`) };
  }

  return {
    async knownBy(request, signer) {
      const mark = marksIn(cookieIn(request, NAME, publicUrl)).find(({ subject }) => subject === subjectOf(signer));
      if (!mark || !sameHash(mark.seal, sealed(signer, mark.session, mark.signedOut).seal)) return undefined;
      const session = await sessionById(store, idOf('ses', mark.session));
      const good = session && (session.endedAt === null || mark.signedOut) && clock() < session.startedAt + KEPT_MS;
      return good ? session.id : undefined;
    },

    othersOn(request, signer) {
      const others = marksIn(cookieIn(request, NAME, publicUrl)).filter(({ subject }) => subject !== subjectOf(signer));
      // The mark of a login has another seal.
      return others
        .filter(({ subject, session, signedOut, seal }) => sameHash(seal, sealed({ phoneHash: subject }, session, signedOut).seal))
        .map(({ session }) => idOf('ses', session));
    },

    mark(request, reply, signer, sessionId, signedOut = false) {
      const mark = sealed(signer, hexOf(sessionId), signedOut);
      const others = marksIn(cookieIn(request, NAME, publicUrl)).filter(({ subject }) => subject !== mark.subject);
      const value = [mark, ...others].slice(0, MARKS_MAX).map(written).join('.');
      keepCookie(reply, NAME, publicUrl, value, clock() + KEPT_MS);
    },
  };
}

function subjectOf(signer: Signer): string {
  return 'loginId' in signer ? hexOf(signer.loginId) : signer.phoneHash;
}

function written({ subject, session, signedOut, seal }: Mark): string {
  return `${signedOut ? 'o' : 'i'}${Buffer.from(subject + session + seal, 'hex').toString('base64url')}`;
}

/** The marks of a cookie as somebody sent it; what cannot be one is left out. */
function marksIn(cookie: string | undefined): Mark[] {
  if (cookie === undefined) return [];
  const marks = cookie.split('.', MARKS_MAX).filter((each) => /^[io][\w-]{64}$/.test(each));
  return marks.map((each) => {
    const digits = Buffer.from(each.slice(1), 'base64url').toString('hex');
    const [subject, session, seal] = [0, 1, 2].map((n) => digits.slice(n * 2 * HASH_BYTES, (n + 1) * 2 * HASH_BYTES));
    return { subject: subject!, session: session!, signedOut: each.startsWith('o'), seal: seal! };
  });
}
