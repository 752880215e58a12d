import { useId, useSyncExternalStore } from 'react';
import { Link, useLocation } from 'wouter';
import { useCommunities } from '../data.ts';
import { useWords } from '../words.ts';
import { toggleNearness, useNearness } from './near.ts';

const KEPT = 'exchange:community';

let listeners: (() => void)[] = [];

/** The community that is looked at, as long as this tab is open; undefined: all. */
export function useChosenCommunity(): string | undefined {
  return useSyncExternalStore(
    (listener) => {
      listeners.push(listener);
      return () => (listeners = listeners.filter((each) => each !== listener));
    },
    () => sessionStorage.getItem(KEPT) ?? undefined,
  );
}

function choose(id: string): void {
  if (id === '') sessionStorage.removeItem(KEPT);
  else sessionStorage.setItem(KEPT, id);
  for (const tell of listeners) tell();
}

/** The controls of the lists of offers and of shops: the community to show, and whether near shops come first. */
export function Filters() {
  const words = useWords();
  const id = useId();
  const { communities } = useCommunities();
  const community = useChosenCommunity();
  const near = useNearness();
  const said = { off: '', asking: words.locating, denied: words.nearDenied, on: words.nearOn }[near.state];
  return (
    <>
      <div className="filters">
        <label htmlFor={id}>{words.community}</label>
        <select id={id} value={community ?? ''} onChange={(event) => choose(event.target.value)}>
          <option value="">{words.allCommunities}</option>
          {communities.map((each) => (
            <option key={each.id} value={each.id}>
              {each.name}
            </option>
          ))}
        </select>
        {'geolocation' in navigator && (
          <button type="button" className="chip" aria-pressed={near.state === 'on'} onClick={toggleNearness}>
            {words.near}
          </button>
        )}
      </div>
      <p className="note" role="status">
        {said}
      </p>
    </>
  );
}

/** The two lists of this tab. */
export function Lists() {
  const words = useWords();
  const [location] = useLocation();
  const shops = location === '/exchange/shops';
  return (
    <nav className="lists" aria-label={words.exchange}>
      <Link to="/exchange" replace aria-current={shops ? undefined : 'page'}>
        {words.offersTab}
      </Link>
      <Link to="/exchange/shops" replace aria-current={shops ? 'page' : undefined}>
        {words.shopsTab}
      </Link>
    </nav>
  );
}
