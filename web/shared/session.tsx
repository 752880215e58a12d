/** The session on this device: the person signed in, and what happens when the session ends. */
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from 'react';
import { answer, api, ApiProblem, onSessionLost, type Schemas } from '../api/client.ts';

export type SignedIn = Schemas['SignedIn'];

/** The proof with which a person signs in: a code sent to a phone and, after a long silence, the registered name, or a password and, where it is on, a one-time code. */
export type Proof =
  | { readonly phone: string; readonly code: string; readonly name?: string }
  | { readonly login: string; readonly password: string; readonly totp?: string };

type Knowledge =
  | { readonly state: 'asking' }
  /** The API could not be asked: it may well be that somebody is signed in. */
  | { readonly state: 'unreachable'; readonly error: unknown }
  | { readonly state: 'nobody' }
  | {
      readonly state: 'somebody';
      readonly signedIn: SignedIn;
      /** The session has ended meanwhile; the page stays as it is until somebody signs in again. */ readonly lost: boolean;
    };

type SessionValue = {
  readonly known: Knowledge;
  readonly ask: () => Promise<void>;
  readonly signIn: (proof: Proof) => Promise<void>;
  /** Ends the session here; what was kept on this device of it is the page's to forget. */
  readonly signOut: () => Promise<void>;
  /** Takes what the API has told of the session since. */
  readonly take: (signedIn: SignedIn) => void;
};

const SessionContext = createContext<SessionValue | undefined>(undefined);

export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const [known, setKnown] = useState<Knowledge>({ state: 'asking' });

  const take = useCallback((signedIn: SignedIn) => setKnown({ state: 'somebody', signedIn, lost: false }), []);
  const ask = useCallback(async () => {
    try {
      take(await answer(api.GET('/v1/session')));
    } catch (error) {
      setKnown(error instanceof ApiProblem && error.status === 401 ? { state: 'nobody' } : { state: 'unreachable', error });
    }
  }, [take]);
  useEffect(() => void ask(), [ask]);
  useEffect(() => onSessionLost(() => setKnown((now) => (now.state === 'somebody' ? { ...now, lost: true } : now))), []);

  const value = useMemo(
    () => ({
      known,
      ask,
      take,
      async signIn(proof: Proof) {
        take(await answer(api.POST('/v1/sessions', { body: proof })));
      },
      async signOut() {
        if (known.state !== 'somebody') return;
        await answer(api.POST('/v1/sessions/{id}/revocation', { params: { path: { id: known.signedIn.id } }, body: {} })).catch(
          (error: unknown) => {
            // A session that has ended already is what was wanted.
            if (!(error instanceof ApiProblem && error.status === 401)) throw error;
          },
        );
        setKnown({ state: 'nobody' });
      },
    }),
    [known, ask, take],
  );
  return <SessionContext value={value}>{children}</SessionContext>;
}

export function useSession(): SessionValue {
  const value = use(SessionContext);
  if (!value) throw new Error('SessionProvider is missing');
  return value;
}

/** The person signed in. It throws if nobody is, so it belongs below a gate that shows its page to nobody else. */
export function useSignedIn(): SignedIn {
  const { known } = useSession();
  if (known.state !== 'somebody') throw new Error('nobody is signed in');
  return known.signedIn;
}
