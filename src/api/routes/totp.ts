/** Codes of authenticator apps (RFC 6238): 6 digits, a new one every 30 seconds. */
import { Secret, TOTP } from 'otpauth';

const SECRET_BYTES = 20;
const STEP_MS = 30_000;
/** A clock may be a step off. */
const WINDOW = 1;

/** A secret as an app takes it: base32. */
export function newTotpSecret(chance: (bytes: number) => Uint8Array): string {
  return new Secret({ buffer: Uint8Array.from(chance(SECRET_BYTES)).buffer }).base32;
}

/** The text of the QR code for an app. */
export function totpUri(secret: string, loginName: string): string {
  return new TOTP({ issuer: 'CallMi', label: loginName, secret }).toString();
}

/** The time step around `at` that the code belongs to; null if there is none. Compared in constant time. */
export function totpStep(secret: string, code: string, at: number): number | null {
  const delta = new TOTP({ secret }).validate({ token: code, timestamp: at, window: WINDOW });
  return delta === null ? null : Math.floor(at / STEP_MS) + delta;
}
