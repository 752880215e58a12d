import type { Schemas } from '../../api/client.ts';

type Entry = Schemas['Entry'];
type Posting = Entry['postings'][number];

/** An entry as the documents write it: its kind, and a line for what it writes in one unit in one community's book. */
export function journalOf({ kind, postings }: Pick<Entry, 'kind' | 'postings'>): string {
  const lines = Map.groupBy(postings, ({ account, unit }) => `${account.split(':')[1]} ${unit}`);
  return [kind, ...[...lines.values()].map((line) => `  ${lineOf(line)}`)].join('\n');
}

function lineOf(postings: readonly Posting[]): string {
  const [debits, credits] = Array.from(['debit', 'credit'] as const, (side) =>
    postings
      .filter((posting) => posting.side === side)
      .map(({ account, amount }) => `${side === 'debit' ? 'dr' : 'cr'} ${account} ${amount}`)
      .join('  '),
  );
  return `${debits}   ${credits}   ${postings[0]!.unit}`;
}
