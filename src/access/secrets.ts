import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';

/** The purposes of keyed hashes: the same text hashes differently for each purpose. */
type HashPurpose =
  | 'client-secret'
  | 'code'
  | 'device'
  | 'fingerprint'
  | 'generation'
  | 'household'
  | 'phone'
  | 'phone-end'
  | 'phone-code'
  | 'pin'
  | 'request'
  | 'sign-in-code'
  | 'try';

export type SecretKeys = {
  /** 32 bytes. */
  readonly hashKey: Uint8Array;
  /** 32 bytes. */
  readonly sealKey: Uint8Array;
};

export type Secrets = {
  /** HMAC-SHA256, the first 16 bytes as hex, for look-ups and comparisons; it cannot be reversed. */
  hash(purpose: HashPurpose, text: string | Uint8Array): string;
  /** AES-256-GCM with a fresh nonce, base64url, so that the text can be shown again to people who may see it. */
  seal(text: string): string;
  /** Throws if the text was not sealed with this key. A text that was emptied opens as ''. */
  open(sealed: string): string;
};

/** `chance` gives random bytes. */
export function secretsOf({ hashKey, sealKey }: SecretKeys, chance: (bytes: number) => Uint8Array): Secrets {
  return {
    hash(purpose, text) {
      const hmac = createHmac('sha256', hashKey);
      // At every redemption: one text is hashed faster than two.
      if (typeof text === 'string') hmac.update(`${purpose}\0${text}`);
      else hmac.update(`${purpose}\0`).update(text);
      return hmac.digest('hex').slice(0, 32);
    },
    seal(text) {
      const nonce = chance(12);
      const cipher = createCipheriv('aes-256-gcm', sealKey, nonce);
      const sealed = [nonce, cipher.update(text, 'utf8'), cipher.final()];
      return Buffer.concat([...sealed, cipher.getAuthTag()]).toString('base64url');
    },
    open(sealed) {
      if (sealed === '') return '';
      const bytes = Buffer.from(sealed, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', sealKey, bytes.subarray(0, 12), { authTagLength: 16 });
      decipher.setAuthTag(bytes.subarray(-16));
      return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString('utf8');
    },
  };
}
