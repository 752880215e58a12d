import { createContext, use } from 'react';

/** The resident whose page this is, and whether the page is offline and can only show kept content. */
type ResidentValue = { readonly residentId: string; readonly offline: boolean };

export const ResidentContext = createContext<ResidentValue | undefined>(undefined);

export function useResident(): ResidentValue {
  const value = use(ResidentContext);
  if (!value) throw new Error('ResidentContext is missing');
  return value;
}
