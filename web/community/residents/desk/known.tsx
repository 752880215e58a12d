import { useQuery } from '@tanstack/react-query';
import { Space } from 'antd';
import { Link } from 'wouter';
import { answer, api, ApiProblem, type Schemas } from '../../../api/client.ts';
import { Failed, Loading } from '../../../console/states.tsx';
import { useSignedIn } from '../../../shared/session.tsx';
import { useCommunityName, useOwn } from '../../names.ts';
import { useWords } from '../../words.ts';
import { MoveHere } from './move-here.tsx';

type KnownResident = Schemas['KnownResident'];

async function knownBy(phone: string): Promise<KnownResident | null> {
  try {
    const found = await answer(api.POST('/v1/residents/lookup', { body: { phone } }));
    return 'items' in found ? null : found;
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return null;
    throw error;
  }
}

/** The resident who has a phone, of whatever community. */
export function OfPhone({ phone }: { readonly phone: string }) {
  const words = useWords().people.find;
  const found = useQuery({
    queryKey: ['known', phone],
    queryFn: () => knownBy(phone),
    retry: false,
    gcTime: 0,
    // A wrong number is counted whenever it is looked up.
    staleTime: Infinity,
  });
  if (found.error !== null) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (found.data === undefined) return <Loading />;
  return <div role="status">{found.data === null ? words.nobody : <Known known={found.data} />}</div>;
}

/** One's own resident, to be opened; another community's, to be taken in. */
function Known({ known: { id, name, phone, community_id: home } }: { readonly known: KnownResident }) {
  const words = useWords().people.known;
  const community = useCommunityName();
  const own = useOwn();
  const mayWrite = useSignedIn().scopes.includes('residents:write');
  return home === own ? (
    <p>
      <Link href={`/residents/${id}`}>{name}</Link> {phone}
    </p>
  ) : (
    <>
      <p>
        <strong>{name}</strong> {phone} {words.ofCommunity(community(home))}
      </p>
      <p>{words.elsewhere}</p>
      {mayWrite && (
        <Space wrap>
          <MoveHere id={id} name={name} />
        </Space>
      )}
    </>
  );
}
