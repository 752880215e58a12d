/** A phone that listens to server-sent events. */
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';

export type Listener = {
  readonly status: number;
  readonly headers: Headers;
  /** What was heard so far, as it came. */
  readonly text: () => string;
  /** The data of the events heard so far. */
  readonly events: () => Record<string, any>[];
  /** Whether the other side has ended it. */
  readonly ended: () => boolean;
  readonly leave: () => void;
};

const WAIT_MS = 60_000;
const STEP_MS = 10;

/** Listens with an access token, or as a browser does with the cookie of its session. */
export async function listen(url: string, whose: string | { readonly cookie: string }): Promise<Listener> {
  const who = typeof whose === 'string' ? { authorization: whose } : { cookie: whose.cookie };
  const leaving = new AbortController();
  const answer = await fetch(url, { headers: { ...who, accept: 'text/event-stream' }, signal: leaving.signal });
  let heard = '';
  let ended = false;
  const hear = async () => {
    for await (const piece of answer.body!.pipeThrough(new TextDecoderStream())) heard += piece;
  };
  void hear()
    .catch(() => {})
    .finally(() => (ended = true));
  onTestFinished(() => leaving.abort());
  return {
    status: answer.status,
    headers: answer.headers,
    text: () => heard,
    events: () => [...heard.matchAll(/^event: voucher\ndata: (.*)\n\n/gm)].map(([, data]) => JSON.parse(data!) as Record<string, any>),
    ended: () => ended,
    leave: () => leaving.abort(),
  };
}

/** Waits until something holds. */
export async function until(what: string, holds: () => boolean): Promise<void> {
  for (let waited = 0; !holds(); waited += STEP_MS) {
    if (waited > WAIT_MS) throw new Error(`it never came to ${what}`);
    await sleep(STEP_MS);
  }
}
