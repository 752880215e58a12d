import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert } from 'antd';
import { keyed, keyedAt, useAttempt } from '../../../api/attempt.ts';
import { answer, api, type Schemas } from '../../../api/client.ts';
import { ConfirmButton } from '../../../console/confirm-button.tsx';
import { ReasonDialog } from '../../../console/dialog.tsx';
import { Shown } from '../../../console/states.tsx';
import { points, timeOf } from '../../../shared/format.ts';
import { useSignedIn } from '../../../shared/session.tsx';
import { useWords } from '../../words.ts';
import { TellLoss } from './losing.tsx';
import { useIsProposed } from './proposed.tsx';

type Of = { readonly resident: Schemas['Resident'] };
type Erasure = Schemas['Erasure'];

/** A resident who asks for it at the counter is erased by two officers, after a week in which it can be withdrawn. */
export function Leaving({ resident: { id, status, name, erasure_id: erasureId } }: Of) {
  const words = useWords().residents;
  const queries = useQueryClient();
  const { scopes } = useSignedIn();
  const waits = useIsProposed(id, 'erasure');
  if (!scopes.includes('proposals:write') || status === 'ended' || erasureId !== null) return null;
  return (
    <ReasonDialog
      name={`erasure-${id}`}
      label={words.leave}
      title={words.leaveTitle(name)}
      danger
      disabled={waits}
      write={({ reason }, key) =>
        answer(api.POST('/v1/proposals', { ...keyed(key), body: { command: 'erasure', input: { resident_id: id }, reason } }))
      }
      said={() => words.leaveDone}
      done={() => void queries.invalidateQueries({ queryKey: ['proposals'] })}
    >
      <p>{words.leaveHint}</p>
      <TellLoss residentId={id} />
    </ReasonDialog>
  );
}

/** Says of a resident who leaves when, and what is lost, with the way to stay; and of one who has left, since when. */
export function Going({ resident: { name, erasure_id: id } }: Of) {
  const erasure = useQuery({
    queryKey: ['residents', 'erasure', id],
    queryFn: () => answer(api.GET('/v1/erasures/{id}', { params: { path: { id: id! } } })),
    enabled: id !== null,
  });
  if (id === null) return null;
  return <Shown query={erasure}>{(found) => <Course erasure={found} name={name} />}</Shown>;
}

function Course({ erasure, name }: { readonly erasure: Erasure; readonly name: string }) {
  const words = useWords().people.leaving;
  const { scopes } = useSignedIn();
  const { due_at: due, ended_at: ended, points: lost } = erasure;
  if (ended !== null) return <Alert type="info" showIcon className="gap" title={words.left(timeOf(ended))} />;
  const isDue = Date.parse(due) <= Date.now();
  return (
    <Alert
      type="warning"
      showIcon
      className="gap"
      title={isDue ? words.begins : words.leaves(timeOf(due), points(lost))}
      description={
        !isDue && (
          <>
            <p>{words.mayStay}</p>
            {scopes.includes('residents:write') && <Stay erasure={erasure} name={name} />}
          </>
        )
      }
    />
  );
}

function Stay({ erasure: { id }, name }: { readonly erasure: Erasure; readonly name: string }) {
  const words = useWords().people.leaving;
  const queries = useQueryClient();
  const attempt = useAttempt((of: string, key: string) =>
    answer(api.POST('/v1/erasures/{id}/withdrawal', { ...keyedAt(key, { id: of }), body: {} })),
  );
  return (
    <ConfirmButton
      attempt={attempt}
      input={id}
      question={words.stayQuestion(name)}
      size="small"
      done={() => void queries.invalidateQueries({ queryKey: ['residents'] })}
    >
      {words.stay}
    </ConfirmButton>
  );
}
