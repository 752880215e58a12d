import { type ReactNode, useEffect, useRef } from 'react';
import { useBack } from '../mobile/back.ts';
import { useShared } from '../shared/words.ts';
import { Standing } from './standing.tsx';

type ScreenProps = {
  readonly title: string;
  /** Where it leads back to; the screens of the tabs lead nowhere. */
  readonly parent?: string;
  readonly children: ReactNode;
};

/** A screen of a resident who is signed in. */
export function Screen({ children, ...head }: ScreenProps) {
  return (
    <Frame {...head}>
      <Standing />
      {children}
    </Frame>
  );
}

/** A screen: its title, and below it the rest. The title takes the focus, so that a screen reader begins with it. */
export function Frame({ title, parent, children }: ScreenProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · CALL Me(米)`;
  }, [title]);
  useEffect(() => {
    window.scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <main className="screen">
      <header className="title">
        {parent !== undefined && <BackButton parent={parent} />}
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
      </header>
      {children}
    </main>
  );
}

function BackButton({ parent }: { readonly parent: string }) {
  const shared = useShared();
  const back = useBack(parent);
  return (
    <button type="button" className="plain" onClick={back} aria-label={shared.back}>
      <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
        <path d="M15 4 7 12l8 8" fill="none" stroke="currentColor" strokeWidth="2" />
      </svg>
    </button>
  );
}
