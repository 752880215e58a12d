/** The counter's frame: where it stands, what can be done, what is not settled. */
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useSyncExternalStore } from 'react';
import { Link, Route, Switch, useLocation } from 'wouter';
import { minutesAhead, onOffset } from '../api/clock.ts';
import { yuan } from '../shared/format.ts';
import { useCounter, useEntries } from './context.tsx';
import { ClosingScreen } from './day/closing.tsx';
import { TodayList } from './day/today-list.tsx';
import { TodayScreen } from './day/today.tsx';
import { UndoScreen } from './day/undo.tsx';
import { totalsOf, useDay } from './day/use-today.ts';
import { StaffScreen } from './staff/staff.tsx';
import { PendingList } from './till/pending-list.tsx';
import { TillScreen } from './till/till.tsx';
import { useWords } from './words.ts';

type FrameProps = {
  /** A notice on every screen, followed by the way out of practice. */
  readonly banner?: string;
  /** Content beside the till, between the pending list and the figures of today. */
  readonly beside?: ReactNode;
  /** Moves to another store; only where the login belongs to a whole merchant. */
  readonly changeStore?: () => void;
};

export function Frame({ banner, beside, changeStore }: FrameProps) {
  const { practice } = useCounter();
  useFreshFigures();
  return (
    <div className={practice ? 'counter practising' : 'counter'}>
      {banner !== undefined && (
        <p className="banner">
          {banner} <LeavePractice />
        </p>
      )}
      <Head />
      <NoNetwork />
      {!practice && <ClockWrong />}
      <main className="columns">
        <Switch>
          <Route path="/today/:day/:id">{({ day, id }) => <Side screen={<UndoScreen day={day} id={id} />} />}</Route>
          <Route path="/today">
            <Side screen={<TodayScreen />} />
          </Route>
          <Route path="/closing">
            <Side screen={<ClosingScreen />} />
          </Route>
          <Route path="/staff">
            <Side screen={<StaffScreen changeStore={changeStore} />} />
          </Route>
          <Route>
            <div>
              <TillScreen />
            </div>
            <aside>
              <PendingList />
              {beside}
              <Today />
            </aside>
          </Route>
        </Switch>
      </main>
      <Tabs practice={practice} />
    </div>
  );
}

/** A screen with what is not settled beside it. */
function Side({ screen }: { readonly screen: ReactNode }) {
  return (
    <>
      <div>{screen}</div>
      <aside>
        <PendingList />
      </aside>
    </>
  );
}

/** Beside the till, where there is room for it; on a phone it is a screen of its own. */
function Today() {
  const words = useWords();
  return (
    <section className="card wide-only">
      <h2>{words.today}</h2>
      <TodayList />
    </section>
  );
}

function Head() {
  const words = useWords();
  const { place } = useCounter();
  const { data = [] } = useDay();
  const { count, fen } = totalsOf(data);
  return (
    <header className="head">
      <strong>{place.store.name}</strong>
      <span>{words.headTotals(count, yuan(fen))}</span>
    </header>
  );
}

/** Reads today's figures again whenever an attempt in the list is settled, since it may count in them. */
function useFreshFigures(): void {
  const queries = useQueryClient();
  const settled = useEntries().filter(({ outcome }) => outcome !== null).length;
  useEffect(() => {
    void queries.invalidateQueries({ queryKey: ['redemptions'] });
  }, [queries, settled]);
}

function NoNetwork() {
  const words = useWords();
  const { reached } = useCounter();
  const waiting = useEntries().filter(({ outcome }) => outcome === null).length;
  return (
    <div role="status" aria-live="polite">
      {!reached && <p className="no-network">{words.noNetwork(waiting)}</p>}
    </div>
  );
}

/** Offline, a redemption counts by the time at which the code was shown. */
function ClockWrong() {
  const words = useWords();
  const ahead = useSyncExternalStore(onOffset, minutesAhead);
  return (
    <div role="status" aria-live="polite">
      {ahead !== 0 && <p className="warning">{ahead > 0 ? words.clockAhead(ahead) : words.clockBehind(0 - ahead)}</p>}
    </div>
  );
}

function Tabs({ practice }: { readonly practice: boolean }) {
  const words = useWords();
  const [here] = useLocation();
  const waiting = useEntries().length;
  const tabs = [
    { path: '/', title: words.till },
    { path: '/today', title: words.today },
    { path: '/closing', title: words.closing },
    ...(practice ? [] : [{ path: '/staff', title: words.staff }]),
  ];
  useEffect(() => {
    scrollTo(0, 0);
  }, [here]);
  return (
    <nav className="tabs" aria-label={words.screens}>
      {tabs.map(({ path, title }) => (
        <Link key={path} href={path} aria-current={isAt(here, path) ? 'page' : undefined}>
          {title}
          {path === '/' && waiting > 0 && <span className="badge">{words.waiting(waiting)}</span>}
        </Link>
      ))}
    </nav>
  );
}

function isAt(here: string, path: string): boolean {
  return path === '/' ? here === '/' || here === '' : here.startsWith(path);
}

function LeavePractice() {
  const words = useWords();
  return <Link href="~/">{words.leavePractice}</Link>;
}
