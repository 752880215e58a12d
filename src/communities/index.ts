export { addActionRule, actionClasses, actionUnits, reviseActionRule, type RuleTerms } from './action-rules.ts';
export { communityChecks } from './audit.ts';
export { aloneCounters } from './alone-counters.ts';
export { grantCounters } from './counters.ts';
export { addCommunity, renameCommunity } from './communities.ts';
export { bearerOf, duePostings, type Share, voucherShares, wantSuccession } from './owing.ts';
export { type IssuerLimit, percentOf, warningReached } from './effective-limit.ts';
export { type GrantPreview, previewGrant } from './grant-preview.ts';
export { grant, grantEntry, type GrantInput, grantMatter, type GrantReply, reverseGrant } from './grants.ts';
export { releases, wantReleases } from './limits.ts';
export { expireLot } from './lots.ts';
export { type Acknowledged, type Drawn, type Matter, matter, type Told } from './matter.ts';
export { addMerchant, addStore, addTerminal, type Place, setMerchantStatus, setStorePlace } from './merchants.ts';
export { appointOfficer, credentialMatter, loginMatter, officerMatter } from './officers.ts';
export { type AloneLimit } from './people/granting.ts';
export { confirmOfficerPerson, isPersonStated, officerPersonMatter, personUntil } from './people/officer-person.ts';
export { addHouseholdMember, joinHousehold, leaveHousehold, mintHouseholdCode, newHouseholdCode } from './people/household-members.ts';
export { endHousehold, foundHousehold, handOverHousehold } from './people/households.ts';
export { sharedHousehold, wantSharedHousehold } from './people/shared-household.ts';
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
export { type GrantList, grantListMatter, type ListedDeed, listPoints } from './people/grant-list.ts';
export { type GrantListPreview, previewGrantList } from './people/grant-list-preview.ts';
export { carryOutGrantList, carryOutGrantLists, grantListById, type ListRow, rowsOfGrantList } from './people/grant-list-rows.ts';
export { fillMissingPhoneEnds } from './people/phone-ends.ts';
export { changedSearchKeys, wantSearchKeys } from './people/search-keys.ts';
export { asProposed, declineProposal, proposalCommands } from './proposals.ts';
export { type DeliverText, type Texting, type TextingDeps, textingOf } from './people/texting.ts';
export { openTexts } from './people/text-claims.ts';
export { communityRefusals } from './refusals.ts';
export { phoneMatter } from './people/counter-phone.ts';
export { moveResident, notMovedByCode } from './people/moves.ts';
export { correctResidentName } from './people/names.ts';
export { changePhone } from './people/own-phone.ts';
export { notChangeable } from './people/phone-changes.ts';
export { notStoppable, stopPhoneChange } from './people/stopped-phone.ts';
export { type ConsentGiven, recordConsent } from './people/consents.ts';
export { NOTICE_TITLE, NOTICE_VERSION, noticeParagraphs } from './people/notice.ts';
export { confirmRegistration, declineRegistration, registerOneself } from './people/registrations.ts';
export { noteSameDevice } from './people/same-device.ts';
export { answerSamePerson } from './people/same-person.ts';
export { isErased, notEarning, notSpending, type Standing } from './people/standing.ts';
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
export { registerResident, type RegisterResidentInput, residentById, setResidentStatus } from './residents.ts';
export { establishScheme, isDemo } from './scheme.ts';
export { successorMatter } from './succession.ts';
export { actionRuleNames, actionRulesPage, actionRuleVersions, ruleNames } from './queries/action-rules.ts';
export { communitiesPage, communityById, communityIds, openCommunities } from './queries/communities.ts';
export { grantById, grantsPage } from './queries/grants.ts';
export { householdById, householdMembers, householdOfResident, type HouseholdListed, householdsPage } from './queries/households.ts';
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
export { type CommunityMessage, communityMessages } from './queries/messages.ts';
export { type Month, monthsOf } from './queries/months.ts';
export { officerById, officersPage } from './queries/officers.ts';
export { consentsOf, registrationsPage, samePersonIds, samePersonPage } from './queries/people.ts';
export { policiesAt, policyVersions } from './queries/policies.ts';
export { proposalById, proposalsPage, type ProposalStatus, proposalStatus, proposalStatuses } from './queries/proposals.ts';
export {
  type ChangeKey,
  keyOfChange,
  phoneChangeById,
  type ResidentChange,
  residentChanges,
  stoppableChange,
} from './queries/resident-changes.ts';
export {
  type HouseholdAsked,
  type NamedResident,
  registeredAs,
  residentByPhone,
  residentsByPhoneEnd,
  residentsNamed,
  residentsNamedLike,
  residentsOfHousehold,
  residentsPage,
} from './queries/residents.ts';
export { type Movement, type StatementKey, statementPage, type Wallet, walletOfResident } from './queries/wallet.ts';
