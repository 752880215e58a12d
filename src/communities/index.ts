export { addActionRule, actionClasses, actionUnits, reviseActionRule, type RuleTerms } from './action-rules.ts';
export { communityChecks } from './audit.ts';
export { addCommunity, renameCommunity } from './communities.ts';
export { bearerOf, duePostings, type Share, voucherShares, wantSuccession } from './owing.ts';
export { type IssuerLimit, percentOf, warningReached } from './effective-limit.ts';
export { type GrantPreview, previewGrant } from './grant-preview.ts';
export { grant, grantEntry, type GrantInput, grantMatter, type GrantReply, reverseGrant } from './grants.ts';
export { releases, wantReleases } from './limits.ts';
export { expireLot } from './lots.ts';
export { type Drawn, type Matter, matter, type Told } from './matter.ts';
export { addMerchant, addStore, addTerminal, type Place, setMerchantStatus, setStorePlace } from './merchants.ts';
export { appointOfficer, credentialMatter, loginMatter, officerMatter } from './officers.ts';
export {
  cutOffHour,
  policyAt,
  policyMatter,
  policyNames,
  type PolicyName,
  policySchemas,
  type PolicyValue,
  readPolicy,
  wantPolicies,
} from './policies.ts';
export { declineProposal, proposalCommands, proposalMade } from './proposals.ts';
export { communityRefusals } from './refusals.ts';
export { erasureById, erasureMatter, requestErasure, type RequestErasureReply, withdrawErasure } from './people/erasure.ts';
export { exportList, listExportsPage, residentsForList, residentsListed } from './people/list-exports.ts';
export { blankText, emptiable, textsNaming } from './people/others-texts.ts';
export { ownData, type OwnRow } from './people/own-data.ts';
export { BLANK_AT_ONCE, blankRows } from './people/blanking.ts';
export {
  endedBy,
  endPerson,
  markErasure,
  redoErasure,
  releaseNumbers,
  type StepInput,
  type StepReply,
  waiveLot,
} from './people/erasure-steps.ts';
export { isErased, registerResident, residentById, setResidentStatus } from './residents.ts';
export { establishScheme, isDemo } from './scheme.ts';
export { successorMatter } from './succession.ts';
export { actionRuleNames, actionRulesPage, actionRuleVersions, ruleNames } from './queries/action-rules.ts';
export { communitiesPage, communityById } from './queries/communities.ts';
export { grantById, grantsPage } from './queries/grants.ts';
export { limitOf, limitsOf } from './queries/limits.ts';
export {
  merchantById,
  merchantsPage,
  storeById,
  type StoreFound,
  storesFound,
  storesPage,
  storesWithTerminals,
  terminalById,
  terminalsPage,
} from './queries/merchants.ts';
export { type Month, monthsOf } from './queries/months.ts';
export { officerById, officersPage } from './queries/officers.ts';
export { policiesAt, policyVersions } from './queries/policies.ts';
export { proposalById, proposalsPage, type ProposalStatus, proposalStatus, proposalStatuses } from './queries/proposals.ts';
export { type NamedResident, residentByPhone, residentsNamed, residentsNamedLike, residentsPage } from './queries/residents.ts';
export { type Movement, type StatementKey, statementPage, type Wallet, walletOfResident } from './queries/wallet.ts';
