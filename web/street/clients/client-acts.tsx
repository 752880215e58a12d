/** A new secret for a client, and the end of one. */
import { useQueryClient } from '@tanstack/react-query';
import { Alert } from 'antd';
import { useRef } from 'react';
import { keyed } from '../../api/attempt.ts';
import { answer, api, type Schemas } from '../../api/client.ts';
import { FormDialog } from '../../console/dialog.tsx';
import { stillGood } from '../../console/secret.tsx';
import { timeOf } from '../../shared/format.ts';
import { useWords } from '../words.ts';

type Client = Schemas['Client'];

/** A secret that was just made. */
export type FreshSecret = { readonly name: string; readonly clientId: string; readonly secret: string; readonly oldUntil: string | null };

function useAskAgain(): () => void {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ queryKey: ['clients'] });
}

export function Rotate({ client, done }: { readonly client: Client; readonly done: (fresh: FreshSecret) => void }) {
  const { clients: words } = useWords();
  const askAgain = useAskAgain();
  const old = stillGood(client.previous_secret_until);
  /** An attempt is sent again as it was, whatever the list says meanwhile. */
  const sent = useRef<{ readonly key: string; readonly force: boolean }>(undefined);
  return (
    <FormDialog
      name={`rotate-${client.id}`}
      label={words.rotate}
      title={words.rotateTitle(client.name)}
      submit={words.rotateNow}
      button={{ size: 'small' }}
      initial={{}}
      write={(_nothing: object, key) => {
        if (sent.current?.key !== key) sent.current = { key, force: old !== undefined };
        const { force } = sent.current;
        return answer(
          api.POST('/v1/clients/{id}/rotation', { params: { ...keyed(key).params, path: { id: client.id } }, body: { force } }),
        );
      }}
      done={({ id, client_secret: secret, previous_secret_until: oldUntil }) => {
        done({ name: client.name, clientId: id, secret, oldUntil });
        askAgain();
      }}
    >
      <p>{words.rotateHint}</p>
      {old !== undefined && <Alert type="warning" showIcon className="gap" title={words.rotateAgain(timeOf(old))} />}
    </FormDialog>
  );
}

export function Revoke({ client }: { readonly client: Client }) {
  const { clients: words } = useWords();
  return (
    <FormDialog
      name={`revoke-${client.id}`}
      label={words.revoke}
      title={words.revokeTitle(client.name)}
      submit={words.revokeNow}
      danger
      button={{ size: 'small', danger: true }}
      initial={{}}
      write={(_nothing: object, key) =>
        answer(api.POST('/v1/clients/{id}/revocation', { params: { ...keyed(key).params, path: { id: client.id } }, body: {} }))
      }
      done={useAskAgain()}
    >
      <Alert type="warning" showIcon className="gap" title={words.revokeHint} />
    </FormDialog>
  );
}
