import { Button, Modal, Result } from 'antd';
import type { ReactNode } from 'react';
import { type SignedIn, useSession } from '../shared/session.tsx';
import { useShared } from '../shared/words.ts';
import { SetPasswordPage, SignInForm, SignInPage } from './sign-in.tsx';
import { Failed, Loading } from './states.tsx';

type GateProps = {
  readonly title: string;
  /** Whether the console is for this person. */
  readonly admits: (signedIn: SignedIn) => boolean;
  readonly children: ReactNode;
};

/** Shows a console to whom it is for, and a way to sign in to everybody else. When the session ends the page stays, with the form above it. */
export function Gate({ title, admits, children }: GateProps) {
  const words = useShared();
  const { known, ask, signOut } = useSession();
  switch (known.state) {
    case 'asking':
      return <Loading />;
    case 'unreachable':
      return <Failed error={known.error} retry={() => void ask()} />;
    case 'nobody':
      return <SignInPage title={title} />;
    case 'somebody':
      if (known.signedIn.password_temporary) return <SetPasswordPage />;
      if (!admits(known.signedIn)) {
        const leave = <Button onClick={() => void signOut()}>{words.signOut}</Button>;
        return <Result status="403" title={words.wrongPlace} subTitle={words.noPermissionHint} extra={leave} />;
      }
      return (
        <>
          {children}
          <Modal open={known.lost} title={words.signInAgain} footer={null} closable={false} destroyOnHidden>
            <p>{words.signInAgainHint}</p>
            <SignInForm />
          </Modal>
        </>
      );
  }
}
