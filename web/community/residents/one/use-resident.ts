import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../../../api/client.ts';

/** A resident of one's own community, with their consents. */
export function useResident(id: string) {
  return useQuery({
    queryKey: ['residents', id],
    queryFn: () => answer(api.GET('/v1/residents/{id}', { params: { path: { id } } })),
  });
}
