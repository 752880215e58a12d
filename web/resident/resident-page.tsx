import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { Gate } from '../mobile/gate.tsx';
import { useSession } from '../shared/session.tsx';
import { App } from './app.tsx';
import { forget, keptResident } from './kept.ts';
import { ResidentContext } from './resident.ts';
import { Welcome } from './sign-in/welcome.tsx';

const ASK_AGAIN_MS = 10_000;

/** The page for residents: behind sign-in, or, where the API cannot be reached, what was seen last. */
export function ResidentPage() {
  const { known } = useSession();
  const queries = useQueryClient();
  const nobody = known.state === 'nobody';
  useEffect(() => {
    if (!nobody) return;
    forget();
    queries.clear();
  }, [nobody, queries]);

  const last = keptResident();
  return (
    <Gate kind="resident" signIn={<Welcome />} {...(last !== undefined && { unreachable: <Offline residentId={last} /> })}>
      <Online />
    </Gate>
  );
}

function Online() {
  const { known } = useSession();
  const residentId = known.state === 'somebody' ? known.signedIn.resident_id : null;
  const value = useMemo(() => (residentId === null ? undefined : { residentId, offline: false }), [residentId]);
  useEffect(() => {
    if (residentId !== null) forget(residentId);
  }, [residentId]);
  return (
    value && (
      <ResidentContext value={value}>
        <App key={value.residentId} />
      </ResidentContext>
    )
  );
}

/** The same screens over what was kept, until the API answers again. */
function Offline({ residentId }: { readonly residentId: string }) {
  const { ask } = useSession();
  const value = useMemo(() => ({ residentId, offline: true }), [residentId]);
  useEffect(() => {
    const again = () => void ask();
    const timer = setInterval(again, ASK_AGAIN_MS);
    window.addEventListener('online', again);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', again);
    };
  }, [ask]);
  return (
    <ResidentContext value={value}>
      <App />
    </ResidentContext>
  );
}
