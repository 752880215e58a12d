import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd-mobile';
import { keyedAt, useAttempt } from '../../api/attempt.ts';
import { answer, api, type Schemas } from '../../api/client.ts';
import { Outcome } from '../../mobile/outcome.tsx';
import { Failed, Loading } from '../../mobile/states.tsx';
import { points, timeOf } from '../../shared/format.ts';
import { useRefresh } from '../data.ts';
import { usePeopleWords } from '../people-words.ts';
import { useResident } from '../resident.ts';
import { Screen } from '../screen.tsx';
import { LeaveForm } from './leave-form.tsx';

/** Leaving: what is lost and when, by a code; and for whoever has requested it, the way to stay. */
export function Leave() {
  const words = usePeopleWords();
  const { residentId } = useResident();
  const asked = useQuery({
    queryKey: [residentId, 'erasure'],
    queryFn: async () => (await answer(api.GET('/v1/me/erasure'))).erasure,
  });
  const open = asked.data && asked.data.withdrawn_at === null ? asked.data : undefined;
  return (
    <Screen title={words.leave} parent="/me/data">
      {asked.data === undefined ? (
        asked.isError ? (
          <Failed error={asked.error} retry={() => void asked.refetch()} />
        ) : (
          <Loading />
        )
      ) : open ? (
        <Leaving erasure={open} />
      ) : (
        <LeaveForm />
      )}
    </Screen>
  );
}

function Leaving({ erasure }: { readonly erasure: Schemas['Erasure'] }) {
  const words = usePeopleWords();
  const { offline } = useResident();
  const refresh = useRefresh();
  const { now, send } = useAttempt(async (id: string, key) => {
    await answer(api.POST('/v1/me/erasures/{id}/withdrawal', { ...keyedAt(key, { id }), body: {} }));
    refresh();
  });
  return (
    <>
      <section className="card" role="status">
        <p className="big-line">{words.leavingAt(timeOf(erasure.due_at))}</p>
        <p>{words.leavingLoses(points(erasure.points))}</p>
        <p>{words.leavingUntil}</p>
      </section>
      <Outcome now={now} />
      <Button block color="primary" size="large" disabled={offline} loading={now.state === 'sending'} onClick={() => void send(erasure.id)}>
        {words.stay}
      </Button>
    </>
  );
}
