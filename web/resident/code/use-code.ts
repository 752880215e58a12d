import { useEffect, useRef, useState } from 'react';
import { keyed, newKey } from '../../api/attempt.ts';
import { answer, api, ApiProblem, NoAnswer } from '../../api/client.ts';
import { useSession } from '../../shared/session.tsx';
import { useVisible } from './use-visible.ts';

/** A new code is made so long before the one that is shown ends, so that a cashier never types a code that is about to end. */
const AHEAD_MS = 8_000;
const AGAIN_MS = 3_000;
const TICK_MS = 250;

type Shown = {
  readonly digits: string;
  /** By this page's own clock, since that of a phone may be wrong. */
  readonly endsAt: number;
  readonly lastsMs: number;
};

export type CodeNow = {
  readonly digits: string | undefined;
  /** Until another is made. */
  readonly nextInMs: number;
  readonly leftMs: number;
  readonly lastsMs: number;
  /** Why there is no newer one. */
  readonly problem: ApiProblem | NoAnswer | undefined;
  /** How long the next one has to wait, since codes were made too often; 0: it does not. */
  readonly waitMs: number;
};

/** A code for a voucher that renews itself while the page is seen and `wanted`. Codes that were shown before stay good until they run out. */
export function useCode(voucherId: string, wanted: boolean): CodeNow {
  const visible = useVisible();
  const { known } = useSession();
  const active = wanted && visible && !(known.state === 'somebody' && known.lost);
  const [shown, setShown] = useState<Shown>();
  const [problem, setProblem] = useState<ApiProblem | NoAnswer>();
  const [now, setNow] = useState(() => performance.now());
  /** By this page's own clock, when codes may be made again. */
  const [waitUntil, setWaitUntil] = useState(0);
  /** A key whose outcome is unknown is sent again. */
  const key = useRef<string | undefined>(undefined);
  const ends = shown?.endsAt;

  useEffect(() => {
    if (!active) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let gone = false;
    const renewIn = (ms: number) => {
      timer = setTimeout(() => void renew(), Math.max(0, ms));
    };
    const renew = async () => {
      key.current ??= newKey();
      try {
        const code = await mint(voucherId, key.current);
        key.current = undefined;
        if (gone) return;
        setProblem(undefined);
        setWaitUntil(0);
        setShown(code);
      } catch (error) {
        if (!(error instanceof ApiProblem || error instanceof NoAnswer)) throw error;
        const early = error instanceof ApiProblem && error.status === 429;
        if (error instanceof ApiProblem && !error.outcomeUnknown && !early) key.current = undefined;
        if (gone) return;
        // Too early is nothing to worry about: the code is made a little later.
        setProblem(early ? undefined : error);
        setWaitUntil(early ? performance.now() + waitAfter(error) : 0);
        if (mayPass(error)) renewIn(waitAfter(error));
      }
    };
    renewIn(ends === undefined ? 0 : ends - AHEAD_MS - performance.now());
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [active, voucherId, ends]);

  useEffect(() => {
    if (!active) return;
    const timer = setInterval(() => setNow(performance.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [active]);

  const leftMs = Math.max(0, (shown?.endsAt ?? 0) - now);
  return {
    digits: leftMs > 0 ? shown?.digits : undefined,
    leftMs,
    nextInMs: Math.max(0, leftMs - AHEAD_MS),
    lastsMs: shown?.lastsMs ?? 1,
    problem,
    waitMs: Math.max(0, waitUntil - now),
  };
}

async function mint(id: string, key: string): Promise<Shown> {
  const params = { ...keyed(key).params, path: { id } };
  const asked = performance.now();
  const code = await answer(api.POST('/v1/me/vouchers/{id}/codes', { params, body: {} }));
  const lastsMs = Date.parse(code.expires_at) - Date.parse(code.minted_at);
  return { digits: code.code, endsAt: asked + lastsMs, lastsMs };
}

/** Whether it is worth while to try again by itself. */
function mayPass(error: ApiProblem | NoAnswer): boolean {
  return error instanceof NoAnswer || error.outcomeUnknown || error.status === 429;
}

function waitAfter(error: ApiProblem | NoAnswer): number {
  return error instanceof ApiProblem && error.retryAfterSeconds !== undefined ? error.retryAfterSeconds * 1_000 : AGAIN_MS;
}
