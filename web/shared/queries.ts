import { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from '../api/client.ts';

const RETRIES = 2;

/** How answers are kept while a page is open: asked again when it comes back into view; a caller's mistake is not repeated. */
export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        networkMode: 'always',
        retry: (failures, error) => failures < RETRIES && !(error instanceof ApiProblem && error.status < 500),
      },
    },
  });
}
