/** A list as it was checked: every line with all that will be sent, what it comes to, and what was done. */
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Checkbox } from 'antd';
import { useMemo, useState } from 'react';
import { Link } from 'wouter';
import type { AttemptState } from '../../api/attempt.ts';
import { answer, api } from '../../api/client.ts';
import { AttemptSaid, SubmitButton } from '../../console/attempt-button.tsx';
import { type Column, column, figures, Rows } from '../../console/data-table.tsx';
import { Mark } from '../../console/mark.tsx';
import { points, yuanFixed } from '../../shared/format.ts';
import type { Deeds } from '../../shared/lists/deeds.ts';
import { type Language, useLanguage } from '../../shared/text.tsx';
import type { Words } from '../text/zh.ts';
import { useWords } from '../words.ts';
import type { Line } from './batch-check.ts';
import type { Numbered, Result } from './batch-send.ts';
import { type Judged, type Sums, sumsOf } from './batch-sums.ts';
import type { Rule } from './entered.ts';
import { faultSaid } from './fault-said.ts';

/** The result of a check: the list as it was read, and its lines as they were checked. */
export type Checked = { readonly deeds: Deeds; readonly lines: readonly Line[] };

type Done = { readonly granted: number; readonly points: number; readonly refused: number };

type CheckedListProps = {
  readonly checked: Checked;
  readonly rule: Rule;
  readonly results: ReadonlyMap<number, Result>;
  readonly attempt: AttemptState<Done>;
  readonly send: (lines: readonly Numbered[]) => void;
  /** Begins the next list. */
  readonly next: () => void;
};

/** The checked list, and under it the button that grants, or what was granted. */
export function CheckedList({ checked: { deeds, lines }, rule, results, attempt, send, next }: CheckedListProps) {
  const words = useWords();
  const { batch } = words;
  const { language } = useLanguage();
  const [differing, setDiffering] = useState(false);
  const sums = useMemo(() => sumsOf(lines, differing), [lines, differing]);
  const unlike = lines.filter(({ name, item }) => item && name === 'different').length;
  const begun = attempt.state !== 'idle' && attempt.state !== 'refused';
  return (
    <>
      <NotRead deeds={deeds} />
      <Rows<Judged>
        label={batch.table}
        rows={sums.judged}
        rowKey={({ line }) => String(line.row.line)}
        columns={columnsOf(results, rule, words, language)}
      />
      {attempt.state !== 'done' && <Totals sums={sums} />}
      {unlike > 0 && (
        <p>
          <Checkbox checked={differing} disabled={begun} onChange={({ target }) => setDiffering(target.checked)}>
            {batch.alsoDiffering(unlike)}
          </Checkbox>
        </p>
      )}
      {attempt.state === 'done' ? (
        <Alert
          role="status"
          type={attempt.reply.refused > 0 ? 'warning' : 'success'}
          showIcon
          title={batch.done(attempt.reply.granted, points(attempt.reply.points), attempt.reply.refused)}
          description={<Link href="/grants">{batch.toGrants}</Link>}
          action={<Button onClick={next}>{batch.next}</Button>}
        />
      ) : (
        (sums.ready.length > 0 || begun) && (
          <p>
            <SubmitButton
              now={attempt}
              htmlType="button"
              onClick={() => send(sums.ready.map(({ line }) => ({ line: line.row.line, item: line.item! })))}
            >
              {batch.submit(sums.ready.length)}
            </SubmitButton>
          </p>
        )
      )}
      <AttemptSaid now={attempt} />
    </>
  );
}

/** The lines of the file that are no rows, and the columns that are not read. */
function NotRead({ deeds: { excluded, passedOver } }: { readonly deeds: Deeds }) {
  const words = useWords().batch;
  return (
    <>
      {excluded.length > 0 && (
        <Alert
          type="info"
          showIcon
          className="gap"
          title={words.excluded(excluded.length)}
          description={
            <ul className="plain">
              {excluded.map(({ line, why, text }) => (
                <li key={line}>{words.excludedLine(line, words.excludedAs[why], text)}</li>
              ))}
            </ul>
          }
        />
      )}
      {passedOver.length > 0 && <p>{words.passedOver(passedOver.map(({ column: n, heading }) => heading || words.columnNo(n)))}</p>}
    </>
  );
}

/** The sum of the list in points and yuan, the points that the community may grant after it, and the number of lines that are left out. */
function Totals({ sums: { judged, ready, points: sum, available } }: { readonly sums: Sums }) {
  const words = useWords().batch;
  const policies = useQuery({ queryKey: ['policies'], queryFn: () => answer(api.GET('/v1/policies')) });
  const rate = policies.data?.items.find(({ name }) => name === 'rate')?.current.value as { points: number; fen: number } | undefined;
  const fen = rate && Math.ceil((sum * rate.fen) / rate.points);
  const out = judged.length - ready.length;
  return (
    <div role="status">
      {available !== undefined && (
        <p className="big">
          <strong>{words.sum(ready.length, points(sum))}</strong>
          {fen !== undefined && <span>{words.sumYuan(yuanFixed(fen))}</span>}
          <span>{words.availableAfter(points(available))}</span>
        </p>
      )}
      {out > 0 && <Alert type="warning" showIcon className="gap" title={words.notGranted(out)} />}
    </div>
  );
}

function columnsOf(results: ReadonlyMap<number, Result>, rule: Rule, words: Words, language: Language): Column<Judged>[] {
  const { batch } = words;
  return [
    figures(batch.line, ({ line }) => line.row.line),
    column(batch.name, ({ line }) => line.row.name ?? ''),
    column(batch.phone, ({ line: { row, found } }) => row.phone ?? found?.phone ?? ''),
    column(batch.registered, ({ line }) => <Registered line={line} words={batch} />),
    figures(batch.quantity, ({ line: { row, said } }) =>
      row.faults.some(({ field }) => field === 'quantity') ? '?' : `${said.quantity} ${words.units[rule.per]}`,
    ),
    column(batch.occurredOn, ({ line }) => line.said.occurred_on),
    column(batch.description, ({ line }) => <span className="prose">{line.said.description}</span>),
    column(batch.reference, ({ line: { row, said } }) =>
      row.reference === null ? <Made reference={said.reference} words={batch} /> : row.reference,
    ),
    figures(batch.points, ({ points: each }) => (each === null ? '' : points(each))),
    column(batch.caps, ({ caps }) => <Tightest caps={caps} words={words} />),
    column(batch.outcome, (judged) => (
      <Outcome judged={judged} result={results.get(judged.line.row.line)} rule={rule} words={words} language={language} />
    )),
  ];
}

/** The registered name beside the one of the list. */
function Registered({ line: { found, name }, words }: { readonly line: Judged['line']; readonly words: Words['batch'] }) {
  if (!found) return null;
  return (
    <>
      {found.name} {name === 'different' && <Mark tone="bad">{words.nameDiffers}</Mark>}
      {!found.own && <Mark>{words.otherCommunity}</Mark>}
    </>
  );
}

/** A reference that the list does not have: made out of the line, in full to whoever points at it. */
function Made({ reference, words }: { readonly reference: string; readonly words: Words['batch'] }) {
  return reference === '' ? null : <span title={reference}>{words.referenceMade(reference.slice(0, 11))}</span>;
}

type OutcomeProps = {
  readonly judged: Judged;
  readonly result: Result | undefined;
  readonly rule: Rule;
  readonly words: Words;
  readonly language: Language;
};

function Outcome({ judged: { line, judgement }, result, rule, words, language }: OutcomeProps) {
  const { batch } = words;
  if (result?.status === 'granted') return <Mark tone="good">{batch.granted(points(result.points))}</Mark>;
  if (result) {
    const fields = (result.problem.errors ?? []).map((each) => `${each.pointer.split('/').at(-1)} ${each.detail}`).join('; ');
    return <Refused said={`${refusalIn(result.problem, language)} ${fields}`} words={batch} />;
  }
  switch (judgement.state) {
    case 'ready':
      return batch.ready;
    case 'refused':
      return <Refused said={refusalIn(line.preview!.refusal!, language)} words={batch} />;
    case 'name':
      return <Mark tone="bad">{batch.nameWaits}</Mark>;
    case 'repeated':
      return <Mark tone="bad">{batch.repeated(judgement.of)}</Mark>;
    case 'cap':
      return <Mark tone="bad">{batch.overCap(words.preview.per[judgement.per], points(judgement.left))}</Mark>;
    case 'limit':
      return <Mark tone="bad">{batch.overLimit(points(judgement.left))}</Mark>;
    case 'fault':
      return <Mark tone="bad">{faultSaid(batch, line.fault!, rule.per)}</Mark>;
  }
}

type TightestProps = { readonly caps: Judged['caps']; readonly words: Words };

/** The cap that leaves least; all of them to whoever points at it. */
function Tightest({ caps, words: { batch, preview } }: TightestProps) {
  const said = caps.toSorted((a, b) => a.left - b.left).map(({ per, left }) => batch.capLeft(preview.per[per], points(left)));
  return <span title={batch.capsLeft(said)}>{said[0]}</span>;
}

function Refused({ said, words }: { readonly said: string; readonly words: Words['batch'] }) {
  return (
    <span className="prose">
      <Mark tone="bad">{words.refused}</Mark> {said}
    </span>
  );
}

type Said = { readonly detail: string; readonly cashier_message: string };

function refusalIn({ detail, cashier_message: chinese }: Said, language: Language): string {
  return language === 'zh' ? chinese : detail;
}
