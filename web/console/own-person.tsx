/** The officer's own statement of which resident they are: without one they grant nothing alone, and each year they confirm it. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App } from 'antd';
import { keyed, useAttempt } from '../api/attempt.ts';
import { answer, api, ApiProblem, type Schemas } from '../api/client.ts';
import { dayOf } from '../shared/format.ts';
import { useSignedIn } from '../shared/session.tsx';
import { AttemptButton } from './attempt-button.tsx';
import { useConsole } from './words.ts';

const TOLD_BEFORE_MS = 30 * 86_400_000;

type Person = Schemas['OfficersPerson'];

/** Tells an officer whose statement is missing, has run out, or does so within 30 days; nothing to everybody else. */
export function OwnPerson() {
  const { scopes } = useSignedIn();
  const person = useQuery({
    queryKey: ['officers', 'me', 'person'],
    queryFn: () => answer(api.GET('/v1/officers/me/person')),
    enabled: scopes.includes('officers:read'),
  });
  const words = useConsole().ownPerson;
  if (!person.data) return null;
  const { person_until: until } = person.data;
  if (until === null) return <Alert banner type="warning" title={words.unstated} className="no-print" />;
  return Date.parse(until) - Date.now() < TOLD_BEFORE_MS && <Ending person={person.data} until={until} />;
}

function Ending({ person: { resident_id: id, person_stated: stated }, until }: { readonly person: Person; readonly until: string }) {
  const words = useConsole().ownPerson;
  const { message } = App.useApp();
  const queries = useQueryClient();
  const { scopes } = useSignedIn();
  const resident = useQuery({
    queryKey: ['residents', id],
    queryFn: () => answer(api.GET('/v1/residents/{id}', { params: { path: { id: id! } } })),
    enabled: id !== null,
    retry: false,
  });
  const confirm = useAttempt((of: string | null, key: string) =>
    answer(api.PUT('/v1/officers/me/person', { ...keyed(key), body: { resident_id: of } })),
  );
  const foreign = resident.error instanceof ApiProblem ? words.foreign : '…';
  const who = id === null ? words.none : (resident.data?.name ?? foreign);
  const done = () => {
    void message.success(words.confirmed);
    void queries.invalidateQueries();
  };
  return (
    <Alert
      banner
      type="warning"
      className="no-print"
      title={(stated ? words.ending : words.ended)(who, dayOf(until))}
      description={words.hint}
      action={
        scopes.includes('proposals:write') && (
          <AttemptButton attempt={confirm} input={id} size="small" done={done}>
            {words.confirm}
          </AttemptButton>
        )
      }
    />
  );
}
