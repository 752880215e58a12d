/** The proposals about a resident that wait for a second officer. */
import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { Link } from 'wouter';
import { answer, api, PAGE_MAX, type Schemas } from '../../../api/client.ts';
import { useConsole } from '../../../console/words.ts';
import { timeOf } from '../../../shared/format.ts';
import { useSignedIn } from '../../../shared/session.tsx';
import { useWords } from '../../words.ts';

type Proposal = Schemas['Proposal'];

/** Those of one's own office, newest first. */
function useProposedFor(residentId: string) {
  const { scopes } = useSignedIn();
  return useQuery({
    queryKey: ['proposals', 'resident', residentId],
    queryFn: async () => {
      const query = { status: 'open', resident_id: residentId, limit: PAGE_MAX } as const;
      return (await answer(api.GET('/v1/proposals', { params: { query } }))).items;
    },
    enabled: scopes.includes('proposals:read'),
  });
}

/** Whether this command waits for a second officer already: it is not proposed twice. */
export function useIsProposed(residentId: string, command: Proposal['command']): boolean {
  const { data } = useProposedFor(residentId);
  return data?.some((each) => each.command === command) ?? false;
}

/** Says what waits, who proposed it and when, and leads to it. */
export function Proposed({ residentId }: { readonly residentId: string }) {
  const words = useWords().people.proposed;
  const { matters } = useConsole();
  const { data: waiting = [] } = useProposedFor(residentId);
  if (waiting.length === 0) return null;
  return (
    <Alert
      type="info"
      showIcon
      className="gap"
      title={words.waits}
      description={
        <>
          <ul className="plain">
            {waiting.map(({ id, command, proposed_by_name: by, proposed_at: at }) => (
              <li key={id}>
                <Link href={`/proposals/${id}`}>{matters[command].called}</Link> {words.by(by ?? '–', timeOf(at))}
              </li>
            ))}
          </ul>
          {waiting.some(({ command }) => command === 'erasure' || command === 'phone') && <p>{words.notTwice}</p>}
        </>
      }
    />
  );
}
