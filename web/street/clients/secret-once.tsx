import { Secret } from '../../console/secret.tsx';
import { timeOf } from '../../shared/format.ts';
import { useWords } from '../words.ts';
import type { FreshSecret } from './client-acts.tsx';

/** The secret of a client, which nobody can read again. */
export function SecretOnce({ fresh: { name, clientId, secret, oldUntil } }: { readonly fresh: FreshSecret }) {
  const { clients: words } = useWords();
  return (
    <Secret
      title={oldUntil === null ? words.once(name) : words.onceAgain(name, timeOf(oldUntil))}
      parts={[
        { label: words.id, value: clientId },
        { label: words.secret, value: secret },
      ]}
    />
  );
}
