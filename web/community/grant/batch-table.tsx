/** The lines of a list as they were checked: with all that will be sent, what each comes to, and what was done. */
import { type Column, column, figures, Rows } from '../../console/data-table.tsx';
import { Mark } from '../../console/mark.tsx';
import { points } from '../../shared/format.ts';
import { type Language, useLanguage } from '../../shared/text.tsx';
import type { Words } from '../text/zh.ts';
import { useWords } from '../words.ts';
import type { Judged } from './batch-judged.ts';
import type { Result } from './batch-send.ts';
import type { Rule } from './entered.ts';
import { faultSaid } from './fault-said.ts';

type TableProps = { readonly judged: readonly Judged[]; readonly rule: Rule; readonly results: ReadonlyMap<number, Result> };

export function BatchTable({ judged, rule, results }: TableProps) {
  const words = useWords();
  const { language } = useLanguage();
  return (
    <Rows<Judged>
      label={words.batch.table}
      rows={judged}
      rowKey={({ line }) => String(line.row.line)}
      columns={columnsOf(results, rule, words, language)}
    />
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
      return <Refused said={refusalIn(judgement.refusal, language)} words={batch} />;
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
