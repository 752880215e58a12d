import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { answer, api, ApiProblem } from '../api/client.ts';
import { useConsole } from './words.ts';

const ASKED_EVERY_MS = 30_000;
const UNAVAILABLE = 503;

/** Says why the service does not work just now, while it says so itself. A network that is away shows by itself. */
export function NotReady() {
  const { notReady } = useConsole();
  const { error } = useQuery({
    queryKey: ['readiness'],
    queryFn: () => answer(api.GET('/readyz')),
    refetchInterval: ASKED_EVERY_MS,
    retry: false,
  });
  if (!(error instanceof ApiProblem) || error.status !== UNAVAILABLE) return null;
  const why = notReady.why[error.code as keyof typeof notReady.why] ?? notReady.why.unavailable;
  return <Alert type="error" banner showIcon title={notReady.title} description={why} className="no-print" />;
}
