import { Gate } from '../mobile/gate.tsx';
import { start } from '../mobile/setup.tsx';
import { PasswordSignIn, SignInPage } from '../mobile/sign-in.tsx';

start(
  <Gate
    kind="till"
    signIn={
      <SignInPage title="CALL Me(米)">
        <PasswordSignIn />
      </SignInPage>
    }
  >
    {null}
  </Gate>,
);
