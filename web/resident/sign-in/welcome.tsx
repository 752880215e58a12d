import { lazy, Suspense } from 'react';
import { Link, Route, Router, Switch } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { rememberInside } from '../../mobile/back.ts';
import { Boundary } from '../../mobile/boundary.tsx';
import { SignInPage } from '../../mobile/sign-in.tsx';
import { Loading } from '../../mobile/states.tsx';
import { useSession } from '../../shared/session.tsx';
import { useWords } from '../words.ts';
import { PhoneSignIn } from './phone-sign-in.tsx';

const Register = lazy(async () => ({ default: (await import('./register.tsx')).Register }));

/** The way in: to sign in or to register; for somebody whose session has ended, only to sign in again. */
export function Welcome() {
  const words = useWords();
  const { known } = useSession();
  if (known.state === 'somebody') {
    return (
      <SignInPage title="CALL Me(米)" lead={words.signInLead}>
        <PhoneSignIn />
      </SignInPage>
    );
  }
  return (
    <Router hook={useHashLocation} aroundNav={rememberInside}>
      <Switch>
        <Route path="/register/:step?">
          {({ step }) => (
            <Boundary>
              <Suspense fallback={<Loading />}>
                <Register step={step} />
              </Suspense>
            </Boundary>
          )}
        </Route>
        <Route>
          <SignInPage title="CALL Me(米)" lead={words.signInLead}>
            <PhoneSignIn />
            <p className="not-yet">
              {words.notYet} <Link to="/register">{words.registerHere}</Link>
            </p>
          </SignInPage>
        </Route>
      </Switch>
    </Router>
  );
}
