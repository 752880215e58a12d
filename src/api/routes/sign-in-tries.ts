/**
 * Tries to sign in, prepared for a command: passwords and codes are compared or hashed before, since nothing in a command may take long.
 */
import type { Secrets, SignInReply, Trier, TriedPassword, TriedTotp } from '../../access/index.ts';
import type { Row } from '../../store/index.ts';
import type { Passwords } from '../passwords.ts';
import { Problem } from '../http/problem.ts';
import { totpStep } from './totp.ts';

const CODE_DIGITS = 6;

/** A one-time code: six digits, each as likely as any other. */
export function newSignInCode(chance: (bytes: number) => Uint8Array): string {
  // With 48 random bits the bias of the remainder is negligible.
  const number = Number.parseInt(chance(CODE_DIGITS).toHex(), 16) % 10 ** CODE_DIGITS;
  return String(number).padStart(CODE_DIGITS, '0');
}

/** The keyed hash of a phone and a code for it. */
export function signInCodeHash(secrets: Secrets, phone: string, code: string): string {
  return secrets.hash('sign-in-code', `${phone} ${code}`);
}

/** Compares a password with that of a login; without a login it takes as long, and is wrong. Throws `unavailable`. */
export async function triedAt(
  { passwords }: { readonly passwords: Passwords },
  login: Row<'login'> | undefined,
  password: string,
  { by, strangerAt }: { readonly by: Trier; readonly strangerAt?: string | undefined },
): Promise<TriedPassword> {
  const good = await passwords.compare(password, login?.passwordHash, strangerAt);
  return { loginId: login?.id ?? null, passwordHash: login?.passwordHash ?? '', good, by };
}

/** A code of an authenticator app as a command takes it. */
export function totpTried(secrets: Secrets, login: Row<'login'> | undefined, code: string, at: number): TriedTotp {
  const totpSealed = login?.totpSealed ?? null;
  return { totpSealed, step: totpSealed === null ? null : totpStep(secrets.open(totpSealed), code, at) };
}

/** The problem of a try that failed. */
export function failedTry(made: Extract<SignInReply, { failed: string }>, now: number): Problem {
  if (made.failed !== 'locked') return new Problem(made.failed === 'wrong' ? 'sign_in_failed' : made.failed);
  return new Problem('sign_in_locked', { details: { retry_after_seconds: Math.max(1, Math.ceil((made.retry_at - now) / 1_000)) } });
}
