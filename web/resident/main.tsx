import { Gate } from '../mobile/gate.tsx';
import { start } from '../mobile/setup.tsx';
import { PhoneSignIn, SignInPage } from '../mobile/sign-in.tsx';

start(
  <Gate
    kind="resident"
    signIn={
      <SignInPage title="CALL Me(米)">
        <PhoneSignIn />
      </SignInPage>
    }
  >
    {null}
  </Gate>,
);
