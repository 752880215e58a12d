import { Link } from 'wouter';
import { answer, api, type Schemas } from '../../../api/client.ts';
import { column, DataTable, pageAt, usePages } from '../../../console/data-table.tsx';
import { Page } from '../../../console/page.tsx';
import { timeOf } from '../../../shared/format.ts';
import { useSignedIn } from '../../../shared/session.tsx';
import { useWords } from '../../words.ts';
import { DecideRegistration } from './decide.tsx';
import { Questions } from './questions.tsx';

type Registration = Schemas['Registration'];

/** Registrations and questions that wait for an officer. */
export function WaitingPage() {
  const { waiting: words, desk } = useWords().people;
  return (
    <Page title={words.title} actions={<Link href="/residents">{desk.back}</Link>}>
      <Registrations />
      <Questions />
    </Page>
  );
}

function Registrations() {
  const { people, residents } = useWords();
  const words = people.waiting;
  const mayWrite = useSignedIn().scopes.includes('residents:write');
  const pages = usePages<Registration>(['waiting', 'registrations'], (cursor) =>
    answer(api.GET('/v1/registrations', { params: { query: pageAt(cursor) } })),
  );
  return (
    <>
      <h2>{words.registrations}</h2>
      <p>{words.registrationsHint}</p>
      <DataTable<Registration>
        label={words.registrations}
        pages={pages}
        rowKey={({ resident_id: id }) => id}
        empty={words.noRegistrations}
        columns={[
          column(residents.name, ({ resident }) => <Link href={`/residents/${resident.id}`}>{resident.name}</Link>),
          column(residents.phone, ({ resident }) => resident.phone),
          column(words.madeAt, ({ made_at: at }) => timeOf(at)),
          column(words.actions, ({ resident }) => mayWrite && <DecideRegistration residentId={resident.id} name={resident.name} />),
        ]}
      />
    </>
  );
}
