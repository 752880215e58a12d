import { useQueryClient } from '@tanstack/react-query';
import { useAttempt } from '../../api/attempt.ts';
import { type Answer, answer, api } from '../../api/client.ts';
import { timeOf } from '../../shared/format.ts';
import { AttemptButton } from '../attempt-button.tsx';
import { column, DataTable, pageAt, usePages } from '../data-table.tsx';
import { useConsole } from '../words.ts';
import { Mark } from '../mark.tsx';

type Session = Answer<'/v1/sessions'>['items'][number];

/** Where one is, and was, signed in. */
export function Sessions() {
  const { account: words } = useConsole();
  const pages = usePages<Session>(['sessions'], (cursor) => answer(api.GET('/v1/sessions', { params: { query: pageAt(cursor) } })));
  return (
    <DataTable<Session>
      label={words.sessions}
      pages={pages}
      rowKey={({ id }) => id}
      columns={[
        column(words.device, ({ device }) => device),
        column(words.startedAt, ({ started_at: at }) => timeOf(at)),
        column(words.expiresAt, ({ expires_at: at }) => timeOf(at)),
        column(words.state, (session) => <State session={session} />),
      ]}
    />
  );
}

function State({ session: { id, current, ended_at: ended, expires_at: expires } }: { readonly session: Session }) {
  const { account: words } = useConsole();
  const queries = useQueryClient();
  const end = useAttempt((of: string) => answer(api.POST('/v1/sessions/{id}/revocation', { params: { path: { id: of } }, body: {} })));
  if (ended !== null) return <>{`${words.ended} ${timeOf(ended)}`}</>;
  if (Date.parse(expires) < Date.now()) return <Mark>{words.ended}</Mark>;
  if (current) return <Mark tone="good">{words.current}</Mark>;
  return (
    <AttemptButton
      attempt={end}
      input={id}
      size="small"
      type="default"
      done={() => void queries.invalidateQueries({ queryKey: ['sessions'] })}
    >
      {words.end}
    </AttemptButton>
  );
}
