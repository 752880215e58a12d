import { useWords } from '../words.ts';
import type { CodeNow } from './use-code.ts';

const SECOND_MS = 1_000;

/** How long until the code is renewed, or, where that does not succeed, until it ends. */
export function Countdown({ code: { leftMs, nextInMs, lastsMs, problem } }: { readonly code: CodeNow }) {
  const words = useWords();
  return (
    <div className="countdown" role="timer">
      <span className="track" aria-hidden="true">
        <span style={{ transform: `scaleX(${Math.min(1, leftMs / lastsMs)})` }} />
      </span>
      {problem ? words.codeEnds(seconds(leftMs)) : words.codeRefreshes(seconds(nextInMs))}
    </div>
  );
}

function seconds(ms: number): number {
  return Math.ceil(ms / SECOND_MS);
}
