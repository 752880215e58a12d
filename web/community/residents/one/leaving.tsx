import { useQueryClient } from '@tanstack/react-query';
import { keyed } from '../../../api/attempt.ts';
import { answer, api, type Schemas } from '../../../api/client.ts';
import { ReasonDialog } from '../../../console/dialog.tsx';
import { useSignedIn } from '../../../shared/session.tsx';
import { useWords } from '../../words.ts';

/** A resident who asks for it at the counter is erased by two officers, after a week in which it can be withdrawn. */
export function Leaving({ resident: { id, status, name, erasure_id: erasureId } }: { readonly resident: Schemas['Resident'] }) {
  const words = useWords().residents;
  const queries = useQueryClient();
  const { scopes } = useSignedIn();
  if (!scopes.includes('proposals:write') || status === 'ended' || erasureId !== null) return null;
  return (
    <ReasonDialog
      name={`erasure-${id}`}
      label={words.leave}
      title={words.leaveTitle(name)}
      danger
      write={({ reason }, key) =>
        answer(api.POST('/v1/proposals', { ...keyed(key), body: { command: 'erasure', input: { resident_id: id }, reason } }))
      }
      said={() => words.leaveDone}
      done={() => void queries.invalidateQueries({ queryKey: ['proposals'] })}
    >
      <p>{words.leaveHint}</p>
    </ReasonDialog>
  );
}
