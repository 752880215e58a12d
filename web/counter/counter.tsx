import { lazy, Suspense, useState } from 'react';
import { Route, Router, Switch } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { Loading } from '../mobile/states.tsx';
import { apiTeller } from './api-teller.ts';
import { CounterProvider, type Place } from './context.tsx';
import { Frame } from './frame.tsx';
import { deviceShelf } from './queue/shelf.ts';

const Practice = lazy(() => import('./practice/practice.tsx'));

const shelf = deviceShelf();

type CounterProps = {
  readonly place: Place;
  /** Whether somebody is signed in, and not lost: only then anything is settled. */
  readonly ready: boolean;
  readonly changeStore?: (() => void) | undefined;
};

/** The counter, and practice at it. Real attempts go on being settled during practice. */
export function Counter({ place, ready, changeStore }: CounterProps) {
  const [teller] = useState(apiTeller);
  return (
    <Router hook={useHashLocation}>
      <CounterProvider key={place.key} place={place} teller={teller} shelf={shelf} ready={ready}>
        <Switch>
          <Route path="/practice" nest>
            <Suspense fallback={<Loading />}>
              <Practice />
            </Suspense>
          </Route>
          <Route>
            <Frame {...(changeStore && { changeStore })} />
          </Route>
        </Switch>
      </CounterProvider>
    </Router>
  );
}
