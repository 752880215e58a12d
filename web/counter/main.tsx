import { useEffect, useMemo, useState } from 'react';
import { Gate } from '../mobile/gate.tsx';
import { start } from '../mobile/setup.tsx';
import { PasswordSignIn, SignInPage } from '../mobile/sign-in.tsx';
import { Failed } from '../mobile/states.tsx';
import { useSession, useSignedIn } from '../shared/session.tsx';
import { Counter } from './counter.tsx';
import { chosenStore, chooseStore, keepPlace, lastPlace, placeOf } from './place.ts';
import { FirstPassword } from './staff/password-form.tsx';
import { StoreChoice } from './staff/store-choice.tsx';
import { useWords } from './words.ts';
import './counter.css';

const ASK_AGAIN_MS = 5_000;

start(<CounterPage />);

function CounterPage() {
  const words = useWords();
  const signIn = (
    <SignInPage title={words.title} lead={words.signInLead}>
      <PasswordSignIn />
    </SignInPage>
  );
  return (
    <Gate kind="till" signIn={signIn} unreachable={<WithoutNetwork />}>
      <SignedInCounter />
    </Gate>
  );
}

function SignedInCounter() {
  const signedIn = useSignedIn();
  const { known } = useSession();
  const merchantId = signedIn.merchant!.id;
  const [chosen, setChosen] = useState(() => chosenStore(merchantId));
  const place = useMemo(() => placeOf(signedIn, chosen), [signedIn, chosen]);
  useEffect(() => {
    if (place) keepPlace(place);
  }, [place]);
  if (signedIn.password_temporary) return <FirstPassword />;
  const choose = (store: typeof chosen) => {
    chooseStore(merchantId, store);
    setChosen(store);
  };
  if (!place) return <StoreChoice merchantId={merchantId} choose={choose} />;
  const changeStore = signedIn.store ? undefined : () => choose(undefined);
  return <Counter place={place} ready={known.state === 'somebody' && !known.lost} changeStore={changeStore} />;
}

/** Nobody can be asked who is signed in: the counter goes on at its last place, and what it accepts is settled when somebody answers. */
function WithoutNetwork() {
  const { known, ask } = useSession();
  const [place] = useState(lastPlace);
  useEffect(() => {
    const again = () => void ask();
    const timer = setInterval(again, ASK_AGAIN_MS);
    addEventListener('online', again);
    return () => {
      clearInterval(timer);
      removeEventListener('online', again);
    };
  }, [ask]);
  if (!place) return <Failed error={known.state === 'unreachable' ? known.error : undefined} retry={() => void ask()} />;
  return <Counter place={place} ready={false} />;
}
