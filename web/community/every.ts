import { useQuery } from '@tanstack/react-query';
import { allPages } from '../api/client.ts';

type OnePage<T> = { readonly items: readonly T[]; readonly next_cursor: string | null };

/** A list of few enough to be shown at once. */
export function useEvery<T>(key: readonly unknown[], read: (cursor: string | undefined) => Promise<OnePage<T>>) {
  return useQuery({ queryKey: [...key, 'every'], queryFn: () => allPages(read) });
}
