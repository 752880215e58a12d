/** An entry, in the notation of the journal. */
import { useQuery } from '@tanstack/react-query';
import { Card } from 'antd';
import { Link } from 'wouter';
import { answer, api, type Schemas } from '../../api/client.ts';
import { Facts } from '../../console/facts.tsx';
import { Page } from '../../console/page.tsx';
import { Shown } from '../../console/states.tsx';
import { timeOf } from '../../shared/format.ts';
import { useWords } from '../words.ts';
import { journalOf } from './journal.ts';

export function EntryPage({ id }: { readonly id: string }) {
  const { ledger: words } = useWords();
  const query = useQuery({
    queryKey: ['entries', id],
    queryFn: () => answer(api.GET('/v1/entries/{id}', { params: { path: { id } } })),
  });
  return (
    <Page title={words.entry} actions={<Link href="/ledger">{words.all}</Link>}>
      <Shown query={query}>{(entry) => <Entry entry={entry} />}</Shown>
    </Page>
  );
}

function Entry({ entry }: { readonly entry: Schemas['Entry'] }) {
  const { ledger: words } = useWords();
  const { reverses } = entry;
  return (
    <Card>
      <Facts
        items={[
          [words.entryKind, words.entryKinds[entry.kind as keyof typeof words.entryKinds] ?? entry.kind],
          [words.businessDay, entry.business_day],
          [words.effectiveAt, timeOf(entry.effective_at)],
          [words.recordedAt, timeOf(entry.recorded_at)],
          [words.subject, <code key="subject">{entry.subject}</code>],
          [words.id, <code key="id">{entry.id}</code>],
          ...(reverses === null
            ? []
            : [
                [
                  words.reverses,
                  <Link key="of" href={`/ledger/entries/${reverses}`}>
                    {reverses}
                  </Link>,
                ] as const,
              ]),
        ]}
      />
      <h2>{words.postings}</h2>
      <pre className="journal" role="region" aria-label={words.postings} tabIndex={0}>
        {journalOf(entry)}
      </pre>
      <p className="lead">{words.journalHint}</p>
    </Card>
  );
}
