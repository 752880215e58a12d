import { createContext, use } from 'react';

/** Whose page this is, and whether it can do more than show what was kept. */
type ResidentValue = { readonly residentId: string; readonly offline: boolean };

export const ResidentContext = createContext<ResidentValue | undefined>(undefined);

export function useResident(): ResidentValue {
  const value = use(ResidentContext);
  if (!value) throw new Error('ResidentContext is missing');
  return value;
}
