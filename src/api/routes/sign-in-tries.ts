/**
 * Tries to sign in, prepared for a command: passwords and codes are compared or hashed before, since nothing in a command may take long.
 */
import type { Secrets, SignInReply, TriedPassword, TriedTotp } from '../../access/index.ts';
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

/** The keyed hashes of a phone, and of a code together with it. */
export function signInCodeHashes(secrets: Secrets, phone: string, code: string): { phoneHash: string; codeHash: string } {
  return { phoneHash: secrets.hash('phone', phone), codeHash: secrets.hash('sign-in-code', `${phone} ${code}`) };
}

/** Compares a password with that of a login; without a login it takes as long, and is wrong. Throws `unavailable`. */
export async function triedAt(
  { passwords }: { readonly passwords: Passwords },
  login: Row<'login'> | undefined,
  password: string,
): Promise<TriedPassword> {
  const good = await passwords.compare(password, login?.passwordHash);
  return { loginId: login?.id ?? null, passwordHash: login?.passwordHash ?? '', good };
}

/** A code of an authenticator app as a command takes it. */
export function totpTried(secrets: Secrets, login: Row<'login'> | undefined, code: string, at: number): TriedTotp {
  const totpSealed = login?.totpSealed ?? null;
  return { totpSealed, step: totpSealed === null ? null : totpStep(secrets.open(totpSealed), code, at) };
}

/** The problem of a try that failed. */
export function failedTry(made: Extract<SignInReply, { failed: string }>, now: number): Problem {
  if (made.failed !== 'locked') return new Problem(made.failed === 'wrong' ? 'sign_in_failed' : 'totp_required');
  return new Problem('sign_in_locked', { details: { retry_after_seconds: Math.max(1, Math.ceil((made.retry_at - now) / 1_000)) } });
}
