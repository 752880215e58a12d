import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Deps } from '../deps.ts';
import type { RouteTable } from '../http/route-table.ts';
import { actionRules } from './action-rules.ts';
import { adjustments } from './adjustments.ts';
import { audits } from './audits.ts';
import { clients, clientSecrets } from './clients.ts';
import { consents } from './consents.ts';
import { communities } from './communities.ts';
import { erasures } from './erasures.ts';
import { figures } from './figures.ts';
import { funds } from './funds.ts';
import { grantBatches } from './grant-batches.ts';
import { grantLists } from './grant-lists.ts';
import { grantPreviews } from './grant-previews.ts';
import { grants } from './grants.ts';
import { health } from './health.ts';
import { householdCommands, households } from './households.ts';
import { inspections } from './inspections.ts';
import { ledger } from './ledger.ts';
import { residentCommands, residentSelf } from './me.ts';
import { limits } from './limits.ts';
import { listExports } from './list-exports.ts';
import { logins } from './logins.ts';
import { merchants } from './merchants.ts';
import { moves } from './moves.ts';
import { myPhone } from './my-phone.ts';
import { myHousehold } from './my-household.ts';
import { messages } from './messages.ts';
import { offers } from './offers.ts';
import { officers } from './officers.ts';
import { residentData } from './own-data.ts';
import { papers } from './papers.ts';
import { payoutResults } from './payout-results.ts';
import { phoneChanges } from './phone-changes.ts';
import { policies } from './policies.ts';
import { positionRedemptions } from './position-redemptions.ts';
import { positions } from './positions.ts';
import { problems } from './problems.ts';
import { proposalDecisions, proposals } from './proposals.ts';
import { publicDocuments } from './public-documents.ts';
import { reconciliationDiffs } from './reconciliation-diffs.ts';
import { reconciliations } from './reconciliations.ts';
import { registrations } from './registrations.ts';
import { redemptionBatches } from './redemption-batches.ts';
import { redemptions } from './redemptions.ts';
import { residentChangesOf } from './resident-changes.ts';
import { residentLists } from './resident-lists.ts';
import { residentLookup, residents } from './residents.ts';
import { samePersonQuestions } from './same-person-questions.ts';
import { selfRegistrations } from './self-registrations.ts';
import { session, sessions } from './session.ts';
import { settlementFiles } from './settlement-files.ts';
import { settlementPayments } from './settlement-payments.ts';
import { settlementPositions } from './settlement-positions.ts';
import { settlementRuns } from './settlement-runs.ts';
import { signIn, signInCodes } from './sign-in.ts';
import { stores, terminals } from './stores.ts';
import { tills } from './till.ts';
import { token } from './token.ts';
import { voucherEvents } from './voucher-events.ts';
import { vouchers } from './vouchers.ts';
import { wallets } from './wallets.ts';

/** All routes, by resource. */
export function routes(deps: Deps, table: RouteTable): FastifyPluginAsyncZod[] {
  return [
    token(deps),
    signInCodes(deps),
    signIn(deps),
    session(deps),
    sessions(deps),
    communities(deps),
    residents(deps),
    erasures(deps),
    residentLookup(deps),
    residentChangesOf(deps),
    phoneChanges(deps),
    moves(deps),
    households(deps),
    householdCommands(deps),
    residentLists(deps),
    consents(deps),
    selfRegistrations(deps),
    registrations(deps),
    samePersonQuestions(deps),
    wallets(deps),
    merchants(deps),
    stores(deps),
    terminals(deps),
    officers(deps),
    clients(deps),
    clientSecrets(deps),
    logins(deps),
    actionRules(deps),
    grants(deps),
    grantPreviews(deps),
    grantBatches(deps),
    grantLists(deps),
    proposals(deps),
    proposalDecisions(deps),
    policies(deps),
    limits(deps),
    figures(deps),
    funds(deps),
    tills(deps),
    inspections(deps),
    redemptions(deps),
    redemptionBatches(deps),
    reconciliations(deps),
    reconciliationDiffs(deps),
    positions(deps),
    positionRedemptions(deps),
    settlementRuns(deps),
    settlementPositions(deps),
    settlementPayments(deps),
    settlementFiles(deps),
    payoutResults(deps),
    adjustments(deps),
    residentData(deps),
    listExports(deps),
    residentSelf(deps),
    residentCommands(deps),
    myPhone(deps),
    myHousehold(deps),
    messages(deps),
    voucherEvents(deps),
    vouchers(deps),
    papers(deps),
    offers(deps),
    ledger(deps),
    audits(deps),
    problems(),
    publicDocuments(deps, table),
    health(deps),
  ];
}
