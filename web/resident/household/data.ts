import { useQuery } from '@tanstack/react-query';
import { newKey, keyed } from '../../api/attempt.ts';
import { answer, api, type Schemas } from '../../api/client.ts';
import { useResident } from '../resident.ts';

export type Household = Schemas['MyHousehold'];

/** The household that I am in; null: none. */
export function useHousehold() {
  const { residentId } = useResident();
  return useQuery({
    queryKey: [residentId, 'household'],
    queryFn: async () => (await answer(api.GET('/v1/me/household'))).household,
  });
}

/** A code of the household, good for a day: made when its screen is opened first, and shown again when it is opened soon after. */
export function useHouseholdCode(householdId: string) {
  return useQuery({
    queryKey: ['household code', householdId],
    queryFn: () => answer(api.POST('/v1/me/household/codes', { ...keyed(newKey()), body: {} })),
    staleTime: Infinity,
    retry: false,
  });
}
