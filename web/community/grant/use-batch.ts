/** The course of a list: it is read, checked and sent, part by part if it is long. */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useAttempt } from '../../api/attempt.ts';
import { postProposals } from '../../api/bounds.ts';
import { type Deeds, deedsIn } from '../../shared/lists/deeds.ts';
import type { Unreadable } from '../../shared/lists/row.ts';
import { isUnreadable } from '../../shared/lists/sheet.ts';
import { useOwn } from '../names.ts';
import { checkedLines, type Line } from './batch-check.ts';
import { isSame, type Previewed, previewed } from './batch-preview.ts';
import { type Result, sendList, type Sending } from './batch-send.ts';
import type { Rule } from './entered.ts';

/** The most rows of one part: those of a list that two officers approve as one. */
export const PART_MAX = postProposals.grant_list.input.rows.maxItems;

export type Entered = { readonly action_rule_id: string | null; readonly occurred_on: string; readonly lines: string };

/** The lines that are done, of all. */
export type Progressed = { readonly done: number; readonly of: number };

/** A part of a list as it was checked. */
export type Checked = {
  readonly deeds: Deeds;
  /** From 0 on. */
  readonly part: number;
  readonly lines: readonly Line[];
  /** Whether lines whose name differs from the registered one are granted too. */
  readonly differing: boolean;
  readonly previewed: Previewed;
};

/** The number of parts in which a list goes. */
export function partsOf({ rows }: Deeds): number {
  return Math.ceil(rows.length / PART_MAX);
}

/** The check of a list, and how far it is. A list that is changed has to be checked again. */
export function useCheck(rules: readonly Rule[]) {
  const community = useOwn();
  const [checked, setChecked] = useState<Checked>();
  const [unread, setUnread] = useState<Unreadable>();
  const [changed, setChanged] = useState(false);
  const [progress, setProgress] = useState<Progressed>();
  const [error, setError] = useState<unknown>();
  const forget = () => {
    setChecked(undefined);
    setUnread(undefined);
    setChanged(false);
    setError(undefined);
  };
  const trying = async (of: number, work: () => Promise<void>) => {
    setProgress({ done: 0, of });
    setError(undefined);
    await work().catch(setError);
    setProgress(undefined);
  };
  const checkPart = async (deeds: Deeds, part: number, { action_rule_id: id, occurred_on: day }: Entered) => {
    const rows = deeds.rows.slice(part * PART_MAX, (part + 1) * PART_MAX);
    const rule = rules.find((each) => each.id === id)!;
    const of = rows.length;
    await trying(of, async () => {
      const lines = await checkedLines(rows, { rule, day, community }, (done) => setProgress({ done, of }));
      setChecked({ deeds, part, lines, differing: false, previewed: await previewed(lines, false) });
    });
  };
  const check = async (entered: Entered) => {
    const deeds = await deedsIn(entered.lines);
    if (isUnreadable(deeds)) return setUnread(deeds);
    return checkPart(deeds, 0, entered);
  };
  /** Previews what was checked once more, and tells whether it is as it was shown. */
  const again = async (differing: boolean): Promise<boolean> => {
    let same = false;
    // The tick is there at once; what it leads to follows, and until then nothing else than what was shown is sent.
    setChecked({ ...checked!, differing });
    await trying(checked!.lines.length, async () => {
      const now = await previewed(checked!.lines, differing);
      same = isSame(checked!.previewed, now);
      setChecked({ ...checked!, differing, previewed: now });
    });
    return same;
  };
  const confirm = async () => {
    const same = await again(checked!.differing);
    setChanged(!same);
    return same;
  };
  const next = (entered: Entered) => checkPart(checked!.deeds, checked!.part + 1, entered);
  /** Checks these lines of the part again, and behind them the rest of the list, as a list of its own. */
  const retry = (numbers: ReadonlySet<number>, entered: Entered) => {
    const { deeds, lines, part } = checked!;
    const rows = [...lines.map(({ row }) => row).filter(({ line }) => numbers.has(line)), ...deeds.rows.slice((part + 1) * PART_MAX)];
    return checkPart({ ...deeds, rows }, 0, entered);
  };
  return { checked, unread, setUnread, changed, progress, error, forget, check, next, retry, confirm, setDiffering: again };
}

/** The sending of a checked list, and how far it is. */
export function useSending() {
  const queries = useQueryClient();
  const [results, setResults] = useState<ReadonlyMap<number, Result>>(new Map());
  const [progress, setProgress] = useState<Progressed>();
  const attempt = useAttempt((sending: Sending, key: string) =>
    sendList(sending, key, (done, some) => {
      setProgress({ done, of: sending.lines.length });
      setResults((before) => new Map([...before, ...some]));
    }),
  );
  const send = async (sending: Sending) => {
    if (await attempt.send(sending)) await queries.invalidateQueries();
    setProgress(undefined);
  };
  const forget = () => {
    setResults(new Map());
    attempt.reset();
  };
  return { now: attempt.now, results, progress, send, forget };
}
