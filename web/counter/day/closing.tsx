import { useMutation, useQuery } from '@tanstack/react-query';
import { Button } from 'antd-mobile';
import { type ChangeEvent, useId, useState } from 'react';
import { today, yuanFixed } from '../../shared/format.ts';
import { told } from '../../shared/problem-text.ts';
import { useLanguage } from '../../shared/text.tsx';
import { useShared } from '../../shared/words.ts';
import { Field } from '../../mobile/field.tsx';
import { Failed, Loading } from '../../mobile/states.tsx';
import { useCounter, useEntries } from '../context.tsx';
import type { Day } from '../teller.ts';
import { useWords } from '../words.ts';
import { Differences } from './differences.tsx';

/** The totals of a business day, and a comparison with the till's own book. */
export function ClosingScreen() {
  const words = useWords();
  const { teller, practice } = useCounter();
  const [date, setDate] = useState(today);
  const day = useQuery({ queryKey: ['day', practice, date], queryFn: () => teller.day(date), enabled: date !== '' });
  const open = useEntries().filter(({ outcome }) => outcome === null).length;
  return (
    <>
      <section className="card">
        <h1>{words.closing}</h1>
        <Field label={words.businessDay} type="date" value={date} max={today()} change={setDate} />
        {open > 0 && <p className="warning">{words.openAtClosing(open)}</p>}
        {day.data && <DayTotals day={day.data} />}
        {!day.data && day.isPending && <Loading />}
        {!day.data && day.error && <Failed error={day.error} retry={() => void day.refetch()} />}
        {day.data && <Download date={date} />}
      </section>
      {day.data && <Comparison key={date} date={date} />}
    </>
  );
}

function DayTotals({ day: { totals, status, store_id: storeId } }: { readonly day: Day }) {
  const words = useWords();
  const rows = [
    [words.redeemedRow, totals.redemptions, totals.redeemed_fen],
    [words.reversedRow, totals.reversals, 0 - totals.reversed_fen],
  ] as const;
  return (
    <table className="figures">
      <caption>{words.dayStatus[status]}</caption>
      <thead>
        <tr>
          <th scope="col">{words.kindColumn}</th>
          <th scope="col">{words.countColumn}</th>
          <th scope="col">{words.yuanColumn}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([title, count, fen]) => (
          <tr key={title}>
            <th scope="row">{title}</th>
            <td>{count}</td>
            <td>{yuanFixed(fen)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colSpan={2}>
            {storeId === null ? words.netOfMerchant : words.netOfStore}
          </th>
          <td>{yuanFixed(totals.net_fen)}</td>
        </tr>
      </tfoot>
    </table>
  );
}

function Download({ date }: { readonly date: string }) {
  const words = useWords();
  const { teller, practice } = useCounter();
  const file = useMutation({ mutationFn: () => teller.fileOf(date), onSuccess: (blob) => save(blob, words.fileName(date, practice)) });
  return (
    <>
      <Button block size="large" loading={file.isPending} onClick={() => file.mutate()}>
        {words.download}
      </Button>
      {file.error && <Failed error={file.error} />}
    </>
  );
}

function save(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  // The browser still reads it when this returns.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

function Comparison({ date }: { readonly date: string }) {
  const words = useWords();
  const shared = useShared();
  const { teller } = useCounter();
  const id = useId();
  const comparison = useMutation({ mutationFn: (book: Blob) => teller.compare(date, book) });
  const choose = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const file = target.files?.[0];
    if (file) comparison.mutate(file);
    // The same file, corrected, can be chosen again.
    target.value = '';
  };
  return (
    <section className="card">
      <h2>{words.compare}</h2>
      <p id={`${id}-hint`} className="note">
        {words.compareHint}
      </p>
      <label className="file" htmlFor={id}>
        {words.chooseFile}
      </label>
      <input id={id} className="unseen" type="file" accept=".csv,text/csv" aria-describedby={`${id}-hint`} onChange={choose} />
      <div aria-live="polite">
        {comparison.isPending && <p role="status">{shared.loading}</p>}
        {comparison.error && <Failed error={comparison.error} />}
        {comparison.error && <WrongCells error={comparison.error} />}
        {comparison.data && <Differences found={comparison.data} />}
      </div>
    </section>
  );
}

/** The cells of the book that could not be read, and the remedy for each. */
function WrongCells({ error }: { readonly error: unknown }) {
  const words = useWords();
  const { language } = useLanguage();
  const { fields } = told(error, language, useShared());
  return (
    <ul className="findings">
      {Object.entries(fields).map(([place, said]) => {
        const [, line = '', column = ''] = place.split('/');
        return <li key={place}>{words.wrongCell(line, column, said)}</li>;
      })}
    </ul>
  );
}
