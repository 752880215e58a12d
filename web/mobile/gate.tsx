import { Button } from 'antd-mobile';
import { type ReactNode, useEffect, useRef } from 'react';
import { type SignedIn, useSession } from '../shared/session.tsx';
import { useShared } from '../shared/words.ts';
import { Empty, Failed, Loading } from './states.tsx';

type GateProps = {
  /** The kind of account that may use the page. */
  readonly kind: SignedIn['kind'];
  /** The form to sign in with. */
  readonly signIn: ReactNode;
  /** Shown where the API cannot be reached, instead of the bare error. */
  readonly unreachable?: ReactNode;
  readonly children: ReactNode;
};

/** Shows a page to whom it is for, and a way to sign in to everybody else. When the session ends the page stays, with the form above it. */
export function Gate({ kind, signIn, unreachable, children }: GateProps) {
  const words = useShared();
  const { known, ask, signOut } = useSession();
  switch (known.state) {
    case 'asking':
      return <Loading />;
    case 'unreachable':
      return unreachable ?? <Failed error={known.error} retry={() => void ask()} />;
    case 'nobody':
      return signIn;
    case 'somebody':
      if (known.signedIn.kind !== kind) {
        return (
          <Empty title={words.wrongPlace}>
            <Button onClick={() => void signOut()}>{words.signOut}</Button>
          </Empty>
        );
      }
      return (
        <>
          {children}
          {known.lost && <SignInAgain>{signIn}</SignInAgain>}
        </>
      );
  }
}

/** Stands above the page, which stays as it is. */
function SignInAgain({ children }: { readonly children: ReactNode }) {
  const words = useShared();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      className="again"
      aria-label={words.signInAgain}
      onCancel={(event) => event.preventDefault()}
      // A browser closes it all the same when Escape is pressed twice.
      onClose={() => dialog.current?.showModal()}
    >
      <h2>{words.signInAgain}</h2>
      <p className="note">{words.signInAgainHint}</p>
      {children}
    </dialog>
  );
}
