import { yuanFixed } from '../../shared/format.ts';
import type { Difference } from '../teller.ts';
import { useWords } from '../words.ts';

const LISTS = ['missing_here', 'missing_there', 'different', 'other_day', 'repeated', 'rounded'] as const;

/** Where the till's own book and the day differ, and what is to be done about it. */
export function Differences({ found }: { readonly found: Difference }) {
  const words = useWords();
  if (found.agrees) return <p className="agrees">✓ {words.agrees(found.matched)}</p>;
  return (
    <>
      <p className="warning">{words.disagrees(found.matched, yuanFixed(found.difference_fen))}</p>
      {LISTS.filter((list) => found[list].count > 0).map((list) => (
        <Findings key={list} title={words.lists[list]} findings={found[list]} />
      ))}
      {found.other_stores > 0 && <p className="note">{words.otherStores(found.other_stores)}</p>}
    </>
  );
}

type Findings = Difference['missing_here'];

function Findings({ title, findings }: { readonly title: string; readonly findings: Findings }) {
  const words = useWords();
  return (
    <section>
      <h3>{words.listCount(title, findings.count)}</h3>
      <ul className="findings">
        {findings.items.map((finding) => (
          <li key={`${finding.theirs?.pointer ?? ''} ${finding.ours?.redemption_id ?? ''} ${finding.ours?.kind ?? ''}`}>
            <Sides finding={finding} />
            <p>{words.advice(finding)}</p>
          </li>
        ))}
      </ul>
      {findings.truncated > 0 && <p className="note">{words.truncated(findings.truncated)}</p>}
    </section>
  );
}

type Numbered = { readonly request_no: string; readonly order_no: string | null };

function Sides({ finding: { theirs, ours, code, differs } }: { readonly finding: Findings['items'][number] }) {
  const words = useWords();
  const numbersOf = (line: Numbered) => (differs.includes('request_no') ? line.request_no : (line.order_no ?? ''));
  const order = ours?.order_no ?? theirs?.order_no ?? theirs?.request_no ?? '';
  return (
    <p className="sides">
      <strong>{order}</strong>
      {code === 'rounded' && <span>{words.numbers(numbersOf(theirs!), numbersOf(ours!))}</span>}
      <span>{words.inYourBook(theirs ? yuanFixed(theirs.fen) : '—')}</span>
      <span>{words.inOurBook(ours ? yuanFixed(ours.fen) : '—')}</span>
    </p>
  );
}
