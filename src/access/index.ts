export { type Acting, actsFor, isSystem, keepsRegisterOf, system } from './acting.ts';
export {
  type Binding,
  createClient,
  type CreateClientInput,
  type FreshSecret,
  NOBODYS_SECRET,
  revokeClient,
  rotateClient,
  secretReplacedAt,
} from './clients.ts';
export { ESTABLISH_KEYS_REQUEST, establishKeys, keysFingerprint } from './establish-keys.ts';
export { createLogin, endLogin, giveOfficerLogin, type OfficersLoginInput, resetPassword } from './logins.ts';
export { lastIdUntil, LOOK_BACK, type Message, type MessageSpan } from './message.ts';
export { type AccessMessage, accessMessages } from './messages.ts';
export { accessEnded, wantAccessOf } from './ending-access.ts';
export { maskedName, maskedPhone, maskedSealed, shownName } from './masks.ts';
export { beginTotp, confirmTotp, removeTotp, setPassword } from './own-login.ts';
export { type FailedTry, lockedUntil, type TriedPassword } from './passwords-tried.ts';
export { drawPassword, type FreshPassword, hashPassword, isPassword, NONCE_BYTES, randomPassword } from './passwords.ts';
export {
  clientById,
  clientsPage,
  loginById,
  loginByName,
  loginsPage,
  type LoginWithClient,
  loginWithClient,
  sessionById,
  sessionsPage,
  signInCodes,
} from './queries.ts';
export { PHONE_END_DIGITS, phoneEndHash } from './phone-ends.ts';
export { accessRefusals } from './refusals.ts';
export { type ClientKind, clientKinds, grantableScopes, type Scope, scopes } from './scopes.ts';
export { type SecretKeys, type Secrets, secretsOf } from './secrets.ts';
export { endSession, type Person, type SignInReply } from './sessions.ts';
export {
  areRight,
  askCodes,
  type CodeAsked,
  type CodeOfStranger,
  type CodeTyped,
  isGood,
  triedByStranger,
  usedUp,
  wantTyped,
  wantTypedByStranger,
  type WrongCode,
  wrongCode,
} from './one-time-codes.ts';
export { freePhone, isFree, ownerOf } from './phones.ts';
export { endSessionsOf, wantSessionsOf } from './resident-sessions.ts';
export { askSignInCode, signInByCode } from './sign-in-codes.ts';
export { signInByPassword, type TriedTotp } from './sign-in.ts';
export { firstSession, standingClientId } from './standing-clients.ts';
export {
  type TextKind,
  textsOfChange,
  textsOfNewCredential,
  textsOfSecret,
  type TextSubject,
  toTell,
  toTellOnce,
  wantText,
} from './texts.ts';
export { lockedOutNow, type Trier } from './wrong-tries.ts';
