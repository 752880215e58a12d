import { Segmented } from 'antd';
import { useState } from 'react';
import { Link } from 'wouter';
import { column, figures, Rows } from '../../../console/data-table.tsx';
import { Mark } from '../../../console/mark.tsx';
import { useShared } from '../../../shared/words.ts';
import { useWords } from '../../words.ts';
import { needsAttention } from './not-registered.ts';
import type { Line, ResidentList } from './send.ts';

/** How many lines have each result, and the lines: all, or those that an officer has to see to. */
export function Lines({ list: { counts, lines }, title }: { readonly list: ResidentList; readonly title: string }) {
  const words = useWords().people.file;
  const [only, setOnly] = useState(false);
  const there = (Object.keys(words.results) as Line['result'][]).filter((result) => (counts[result] ?? 0) > 0);
  return (
    <>
      <h2>{title}</h2>
      <p role="status">
        <strong>{words.of(lines.length)}</strong>{' '}
        {there.map((result) => (
          <span key={result}>
            <Mark tone={toneOf(result)}>{words.counted(words.results[result], counts[result])}</Mark>{' '}
          </span>
        ))}
      </p>
      <Segmented
        className="gap"
        aria-label={words.which}
        options={[
          { value: false, label: words.allLines },
          { value: true, label: words.onlyAttention },
        ]}
        value={only}
        onChange={setOnly}
      />
      <Rows<Line>
        label={words.table}
        rows={only ? lines.filter(needsAttention) : lines}
        rowKey={({ line }) => String(line)}
        empty={words.noneToSee}
        columns={[
          figures(words.line, ({ line }) => line),
          column(words.name, ({ name }) => name),
          column(words.phone, ({ phone }) => phone),
          column(words.result, ({ result }) => <Mark tone={toneOf(result)}>{words.results[result]}</Mark>),
          column(words.detail, (line) => <Detail line={line} />),
        ]}
      />
    </>
  );
}

function toneOf(result: Line['result']): 'good' | 'bad' | 'plain' {
  if (needsAttention({ result })) return 'bad';
  return result === 'already_registered' ? 'plain' : 'good';
}

/** Says of a line why it is as it is, in sentences. */
export function useSaid(): (line: Line) => readonly string[] {
  const words = useWords().people.file;
  const shared = useShared();
  return ({ result, errors, earlier_line: earlier, same_name_lines: sameName }) => [
    ...errors.map((error) => {
      const field = error.pointer.split('/').at(-1)!;
      return words.fault(words.fields[field] ?? field, shared.fieldError(error));
    }),
    ...(earlier === null ? [] : [words.earlier(earlier)]),
    ...(sameName.length === 0 ? [] : [words.sameNameLines(sameName)]),
    ...(words.details[result] === '' ? [] : [words.details[result]]),
  ];
}

function Detail({ line }: { readonly line: Line }) {
  const words = useWords().people.file;
  const said = useSaid();
  const people = line.resident_id === null ? line.same_name_ids : [line.resident_id];
  return (
    <span className="prose">
      {said(line).map((sentence) => (
        <span key={sentence}>{sentence} </span>
      ))}
      {people.map((id) => (
        <span key={id}>
          <Link href={`/residents/${id}`}>{words.open}</Link>{' '}
        </span>
      ))}
    </span>
  );
}
