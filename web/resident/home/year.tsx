import { points } from '../../shared/format.ts';
import { Failed } from '../../mobile/states.tsx';
import { useMonths } from '../data.ts';
import { useWords } from '../words.ts';
import { type Month, YearChart } from './year-chart.tsx';

/** Twelve months at a glance: as bars, in a sentence, and month by month in figures. */
export function Year() {
  const words = useWords();
  const months = useMonths();
  if (months.isError && !months.data) return <Failed error={months.error} retry={() => void months.refetch()} />;
  if (!months.data) return null;
  const items = months.data.toReversed();
  const sum = (of: 'earned' | 'spent') => points(items.reduce((total, month) => total + month[of], 0));
  return (
    <section className="card">
      <h2>{words.year}</h2>
      <p className="year-sum">{words.yearSummary(sum('earned'), sum('spent'))}</p>
      <YearChart months={items} />
      <details>
        <summary>{words.yearNumbers}</summary>
        <ul className="lines">
          {months.data.map((month) => (
            <li key={month.month}>
              <strong>{month.month}</strong>
              <Movements month={month} />
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}

function Movements({ month }: { readonly month: Month }) {
  const words = useWords();
  const kinds = [
    [words.earned, month.earned],
    [words.spent, month.spent],
    [words.returned, month.returned],
    [words.expired, month.expired],
    [words.takenBack, month.taken_back],
  ] as const;
  const moved = kinds.filter(([, amount]) => amount !== 0).map(([word, amount]) => `${word} ${points(amount)}`);
  return <span className="note">{moved.length === 0 ? words.yearNothing : moved.join(' · ')}</span>;
}
