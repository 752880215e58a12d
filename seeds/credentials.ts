import { type Acting, type Binding, createClient, type Secrets } from '../src/access/index.ts';
import { idOf } from '../src/store/index.ts';
import type { Hand } from './hand.ts';

export type Credential = { readonly client_id: string; readonly client_secret: string };

export type CredentialMaker = (name: string, binding: Binding) => Credential;

/** Makes credentials with secrets that are really secret: a demo is served like any other scheme. */
export function credentialMaker(hand: Hand, secrets: Secrets, newSecret: () => string, by: Acting): CredentialMaker {
  return (name, binding) => {
    const secret = newSecret();
    const kept = { secretHash: secrets.hash('client-secret', secret), sealedSecret: secrets.seal(secret) };
    const id = hand.act(createClient, { by, approvedBy: by.id, name, binding, scopes: null, ...kept });
    return { client_id: idOf('cli', id), client_secret: secret };
  };
}
