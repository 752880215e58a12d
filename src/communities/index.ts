export { type Acting, actsFor, keepsRegisterOf } from './acting.ts';
export { addActionRule, actionClasses, actionUnits, reviseActionRule, type RuleTerms } from './action-rules.ts';
export { communityChecks } from './audit.ts';
export { type Binding, type ClientReply, createClient, type FreshSecret, revokeClient, rotateClient } from './clients.ts';
export { addCommunity, renameCommunity } from './communities.ts';
export { bearerOf, duePostings, type Share, voucherShares, wantSuccession } from './dues.ts';
export { type IssuerLimit, percentOf, warningReached } from './effective-limit.ts';
export { type GrantPreview, previewGrant } from './grant-preview.ts';
export { grant, grantEntry, type GrantInput, type GrantReply, reverseGrant } from './grants.ts';
export { releases, wantReleases } from './limits.ts';
export { expireLot } from './lots.ts';
export { createLogin, endLogin, giveOfficerLogin, type OfficersLoginReply, resetPassword } from './logins.ts';
export { maskedName, maskedPhone } from './masks.ts';
export { addMerchant, addStore, addTerminal, type Place, setMerchantStatus, setStorePlace } from './merchants.ts';
export { appointOfficer, type AppointOfficerInput } from './officers.ts';
export { beginTotp, confirmTotp, removeTotp, setPassword } from './own-login.ts';
export type { FailedTry, TriedPassword } from './passwords-tried.ts';
export { drawPassword, type FreshPassword, hashPassword, isPassword, NONCE_BYTES, randomPassword } from './passwords.ts';
export {
  cutOffHour,
  policyAt,
  policyNames,
  type PolicyName,
  policySchemas,
  type PolicyValue,
  readPolicy,
  type SetPolicyInput,
  wantPolicies,
} from './policies.ts';
export {
  type Approval,
  communityProposables,
  declineProposal,
  type Proposable,
  proposalCommands,
  type ProposedCredential,
  type ProposedLogin,
} from './proposals.ts';
export { communityRefusals } from './refusals.ts';
export { registerResident, residentById, setResidentStatus } from './residents.ts';
export { foundScheme, isDemo } from './scheme.ts';
export { endSession, type Person, type SignInReply } from './sessions.ts';
export { askSignInCode, signInByCode } from './sign-in-codes.ts';
export { signInByPassword, type TriedTotp } from './sign-in.ts';
export { sameHash, type SecretKeys, type Secrets, secretsOf } from './secrets.ts';
export { type ClientKind, clientKinds, grantableScopes, type Scope, scopes } from './scopes.ts';
export type { SetSuccessorInput } from './succession.ts';
export { FOUND_KEYS_REQUEST, foundKeys, keysFingerprint } from './found-keys.ts';
export {
  actionRuleNames,
  actionRulesPage,
  actionRuleVersions,
  clientById,
  clientsPage,
  communitiesPage,
  communityById,
  grantById,
  grantsPage,
  ruleNames,
  limitOf,
  limitsOf,
  loginById,
  loginByName,
  loginsPage,
  type LoginWithClient,
  loginWithClient,
  merchantById,
  merchantsPage,
  type Month,
  monthsOf,
  type Movement,
  type NamedResident,
  officerById,
  officersPage,
  policiesAt,
  policyVersions,
  proposalById,
  proposalsPage,
  type ProposalStatus,
  proposalStatus,
  proposalStatuses,
  residentByPhone,
  residentsNamed,
  residentsNamedLike,
  residentsPage,
  sessionById,
  sessionsPage,
  type StatementKey,
  statementPage,
  type StoreFound,
  storesFound,
  storesPage,
  terminalById,
  terminalsPage,
  type Wallet,
  walletOf,
} from './queries/index.ts';
