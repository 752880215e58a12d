/** The sending of messages to phones: after the commit, beside the answer, and again by a job until the gateway has taken them. */
import type { Secrets, TextKind, TextSubject } from '../../access/index.ts';
import type { Engine } from '../../ledger/index.ts';
import type { Row, View } from '../../store/index.ts';
import { claimText, confirmText, isDue, openTexts, TEXT_TRIED_MS } from './text-claims.ts';
import { type Text, textOf } from './text-contents.ts';

/** Sends a message to a phone. Throws on failure; the error contains neither the number nor the text. */
export type DeliverText = (phone: string, text: string, kind: TextKind) => Promise<void>;

export type TextingDeps = {
  readonly view: View;
  readonly engine: Engine;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly secrets: Secrets;
  readonly deliver: DeliverText;
  /** Waits so many milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
  readonly onFailure: (error: unknown, kind: TextKind) => void;
};

export type Texting = {
  /** Begins to send a message, and returns at once. It may be told of the same thing again: it is sent once. */
  readonly tell: (subject: TextSubject) => void;
  /** Begins to send what nobody has claimed yet, and what was claimed and not delivered; returns how many. */
  readonly resend: () => Promise<number>;
  /** Waits for what was told so far to be tried once more. Anything left is sent by the job of another process, or after the next start. */
  readonly stop: () => Promise<void>;
};

/** The pauses before each try, in milliseconds. With the time that a gateway has they take less than a minute, when the job may begin. */
const PAUSES_MS = [0, 1_000, 5_000];

/** Messages that are being sent at once. Further ones are claimed, and left to the job: a gateway that hangs fills no memory. */
const SENDING_MAX = 50;

/** Rows that are looked through at once. */
const LOOKED_THROUGH = 1_000;

/** Sends messages by these settings. Nothing is read or sent before it is told of something, or asked to send again. */
export function textingOf(deps: TextingDeps): Texting {
  const { view, engine, clock, secrets, onFailure } = deps;
  const underWay = new Set<Promise<void>>();
  let sending = 0;
  let stopped = false;

  async function claim(subject: TextSubject): Promise<boolean> {
    const outcome = await engine.bySystem(claimText, subject, `claim-${keyOf(subject)}:${clock()}`);
    return !('refused' in outcome) && !outcome.replayed && outcome.reply.claimed;
  }

  async function send(subject: TextSubject): Promise<void> {
    const text = await textOf(view, secrets, subject);
    if (!text || !(await claim(subject)) || sending >= SENDING_MAX) return;
    sending += 1;
    try {
      if (await tried(deps, text, subject.kind, () => stopped))
        await engine.bySystem(confirmText, subject, `confirm-${keyOf(subject)}:${clock()}`);
    } finally {
      sending -= 1;
    }
  }

  function tell(subject: TextSubject): void {
    if (stopped) return;
    const sent = send(subject)
      .catch((error: unknown) => onFailure(error, subject.kind))
      .finally(() => underWay.delete(sent));
    underWay.add(sent);
  }

  return {
    tell,
    async resend() {
      const now = clock();
      const open = (await openTexts(view, now - TEXT_TRIED_MS, LOOKED_THROUGH)).filter((row) => isDue(row, now));
      const next = open.slice(0, SENDING_MAX - sending);
      for (const row of next) tell(subjectOf(row));
      return next.length;
    },
    async stop() {
      stopped = true;
      await Promise.all(underWay);
    },
  };
}

function keyOf({ residentId, kind, subject, at }: TextSubject): string {
  return `text:${residentId}:${kind}:${subject}:${at}`;
}

function subjectOf({ residentId, kind, subject, at }: Row<'messageSent'>): TextSubject {
  return { residentId, kind: kind as TextKind, subject, at };
}

/** Hands a message to the gateway, a few times; whether it was taken. Once `stopped`, it is not tried again. */
async function tried(
  { deliver, pause, onFailure }: TextingDeps,
  { phone, text }: Text,
  kind: TextKind,
  stopped: () => boolean,
): Promise<boolean> {
  let failure: unknown;
  for (const waitMs of PAUSES_MS) {
    if (waitMs > 0 && stopped()) break;
    if (waitMs > 0) await pause(waitMs);
    try {
      await deliver(phone, text, kind);
      return true;
    } catch (error) {
      failure = error;
    }
  }
  onFailure(failure, kind);
  return false;
}
