/** Every query that a folder exports, and what a test asks it about a full history. */
import * as access from '../../src/access/index.ts';
import { audit } from '../../src/cli/audit.ts';
import * as clearing from '../../src/clearing/index.ts';
import * as communities from '../../src/communities/index.ts';
import * as ledger from '../../src/ledger/index.ts';
import * as redeem from '../../src/redeem/index.ts';
import type { ReadableStore, Row, TableName, View } from '../../src/store/index.ts';
import type { History } from './history.ts';

export const folders = { ledger, access, communities, redeem, clearing };

type Exported = typeof ledger & typeof access & typeof communities & typeof redeem & typeof clearing;
const exported: Exported = { ...ledger, ...access, ...communities, ...redeem, ...clearing };

/** By the name of a query, the further arguments of each time that it is asked. */
type Questions = {
  readonly [N in keyof Exported]?: Exported[N] extends (view: never, ...rest: infer A) => unknown ? readonly (readonly [...A])[] : never;
};

/** A question to a store that has the rows of the history. */
export type Ask = { readonly name: string; readonly ask: (store: ReadableStore) => Promise<unknown> };

export async function asksAbout(history: History): Promise<Ask[]> {
  const rows = await rowsOf(history.store);
  const questions = { ...questionsOfBooks(history, rows), ...questionsOfPeople(history, rows), ...questionsOfRuns(history, rows) };
  const asks = Object.entries(questions).flatMap(([name, times]) =>
    (times as unknown[][]).map((rest) => {
      const query = exported[name as keyof Exported] as unknown as (view: View, ...rest: unknown[]) => unknown;
      return { name, ask: async (store: View) => told(await query(store, ...rest), rows) };
    }),
  );
  return [...asks, { name: 'runChecks', ask: (store) => audit(store) }];
}

/** An answer as a value: what comes bit by bit is a list; a function is what it says of each rule. */
async function told(answer: unknown, { actionRule }: AllRows): Promise<unknown> {
  if (typeof answer === 'function') return actionRule.map(({ id, ruleVersion }) => answer(id, ruleVersion) as unknown);
  const comes = typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer;
  return comes ? Array.fromAsync(answer as AsyncIterable<unknown>) : answer;
}

type AllRows = { readonly [N in TableName]: readonly Row<N>[] };

async function rowsOf({ read, tables }: View): Promise<AllRows> {
  const names = Object.keys(tables) as TableName[];
  const each = names.map(async (name) => [name, await read.select().from(tables[name])]);
  return Object.fromEntries(await Promise.all(each)) as AllRows;
}

/** Each of them by itself. */
const each = <T>(rows: readonly T[]) => rows.map((row) => [row] as const);

const ids = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id);

/** One that is there, and one that is not. */
const oneAndNone = ([first]: readonly { readonly id: string }[]) => [[first!.id], [`${first!.id.slice(0, 4)}${'f'.repeat(32)}`]] as const;

/** A page from the beginning, and the one after a row in the midst of the order. */
function pagesOf<K = string>(after: K) {
  return [{ limit: 2 }, { limit: 2, after }];
}

/** The same for ids, of which any text of their form will do. */
function pagesById(rows: readonly { readonly id: string }[]) {
  return pagesOf(ids(rows).toSorted()[Math.floor(rows.length / 2)]!);
}

/** All that a resident is told, and what was told before. */
function spansOf(now: number) {
  return [now, now - 700 * 24 * 3_600_000].map((until) => ({ now, until }));
}

const offices = ['gexiang', 'wanhe', null] as const;
const NOBODYS = '00'.repeat(16);

/** Longer than the history lasts. */
const [FROM, THROUGH] = ['2026-03-01', '2028-02-01'] as const;

function questionsOfBooks({ residentId, clock }: History, rows: AllRows) {
  const accounts = ['', 'wallet:'].map((after) => ({ after, limit: 3 }));
  return {
    auditReports: each(pagesById(rows.auditReport)),
    lastClosedDay: [[]],
    lastBackup: [[]],
    clockGap: [[clock.now], [0], [clock.now + 400 * 24 * 3_600_000]],
    entriesOfDay: rows.businessDay.filter(({ day }) => day >= FROM).map(({ day }) => [day, 3] as const),
    hledgerJournal: [[], ['gexiang']],
    entryById: oneAndNone(rows.entry),
    entriesById: [[ids(rows.entry)]],
    entryPages: [[7]],
    postingsOf: [[rows.entry]],
    balances: [[{}], [{ after: 'escrow:', limit: 3 }]],
    balancesOfDays: [['due-to', FROM, THROUGH]],
    accountsPage: each([...accounts, ...accounts.map((page) => ({ ...page, community: 'gexiang', kind: 'wallet' as const }))]),
    trialBalance: [[]],
    limitOf: [['gexiang', clock.now]],
    limitsOf: [[['gexiang', 'wanhe'], clock.now]],
    fundOf: [['gexiang', clock.now]],
    movementsPage: each(pagesOf(rows.bankMovement[2]!.entryId)).map(([page]) => ['gexiang', page] as const),
    walletOfResident: [
      [residentId, '2026-03-02'],
      [residentId, '2028-01-02'],
    ],
    monthsOf: [[residentId, 24, clock.now]],
    statementPage: pagesOf([rows.entry[20]!.id, 1] as const).map((page) => [residentId, page] as const),
  } satisfies Questions;
}

function questionsOfPeople({ residentId, merchantId, storeId, gexiang, ruleId, clock }: History, rows: AllRows) {
  const { now: at } = clock;
  const spans = spansOf(at);
  const byOffice = (pages: ReturnType<typeof pagesById>) => offices.flatMap((office) => pages.map((page) => [office, page] as const));
  const changed = rows.phoneChange.find(({ how }) => how === 'counter')!;
  const person = { clientId: rows.session[0]!.clientId, loginId: rows.session[0]!.loginId };
  const deed = {
    ruleId,
    residentId,
    quantity: 2,
    points: null,
    occurredOn: '2028-01-01',
    description: '社区清洁',
    externalReference: null,
  };
  return {
    loginByName: [['wanhe-1'], ['nobody']],
    loginById: oneAndNone(rows.login),
    loginWithClient: oneAndNone(rows.login),
    loginsPage: byOffice(pagesById(rows.login)),
    signInCodes: [[rows.signInCode.map(({ phoneHash }) => phoneHash)], [[NOBODYS]]],
    lockedOutNow: [rows.wrongTries[0]!.slot, 'no-try'].map((own) => [
      { own, strangers: null, strangersAtTotp: null },
      rows.wrongTries[0]!.lastAt,
    ]),
    sessionById: oneAndNone(rows.session),
    sessionsPage: pagesById(rows.session).map((page) => [person, page] as const),
    clientsPage: [undefined, 'till' as const].flatMap((kind) =>
      byOffice(pagesById(rows.client)).map(([communityId, page]) => [{ communityId, kind }, page] as const),
    ),
    clientById: oneAndNone(rows.client),
    accessMessages: spans.map((span) => [residentId, span] as const),
    communityMessages: spans.map((span) => [residentId, span] as const),
    openTexts: [
      [0, 10],
      [at, 10],
    ],
    erasureById: oneAndNone(rows.erasure),
    listExportsPage: offices.map((office) => [office, { limit: 2 }] as const),
    ownData: [[residentId]] as const,
    residentsForList: [['gexiang'], ['nowhere']] as const,
    residentsListed: [['gexiang'], ['nowhere']] as const,
    textsNaming: [['登记'], ['%']] as const,
    previewGrant: [
      [
        { ...deed, by: { ...gexiang, communityId: 'gexiang' } },
        { client: rows.client[0]!.id, actor: gexiang.id, at },
      ],
    ],
    previewGrantList: [
      [
        { ...gexiang, communityId: 'gexiang' },
        [deed, { ...deed, externalReference: '活动-1' }, { ...deed, externalReference: '活动-2' }],
        { client: rows.client[0]!.id, actor: gexiang.id, at },
      ],
    ],
    grantListById: oneAndNone(rows.grantList),
    rowsOfGrantList: each(rows.grantList),
    readPolicy: (['rate', 'voucher_validity'] as const).map((name) => [name, at] as const),
    cutOffHour: [[at]],
    residentById: oneAndNone(rows.resident),
    actionRuleVersions: oneAndNone(rows.actionRule),
    actionRulesPage: byOffice(pagesById(rows.actionRule)).map(([office, page]) => [office, '2026-03-02', page] as const),
    ruleNames: [[ids(rows.actionRule)]],
    actionRuleNames: [[ids(rows.actionRule)]],
    communitiesPage: each(pagesOf('gexiang')),
    communityById: [['gexiang'], ['nowhere']],
    grantsPage: [undefined, residentId].flatMap((resident) =>
      byOffice(pagesById(rows.grant)).map(([communityId, page]) => [{ communityId, residentId: resident }, page] as const),
    ),
    grantById: oneAndNone(rows.grant),
    merchantsPage: byOffice(pagesById(rows.merchant)),
    merchantById: oneAndNone(rows.merchant),
    storesPage: pagesById(rows.store).map((page) => [merchantId, page] as const),
    storesFound: [null, merchantId].flatMap((merchant) =>
      byOffice(pagesById(rows.store)).map(([communityId, page]) => [{ communityId, merchantId: merchant }, page] as const),
    ),
    storesWithTerminals: [null, storeId].map((store) => [{ merchantId, storeId: store }, 500] as const),
    terminalsPage: pagesById(rows.terminal).map((page) => [storeId, page] as const),
    terminalById: oneAndNone(rows.terminal),
    officersPage: byOffice(pagesById(rows.officer)),
    officerById: oneAndNone(rows.officer),
    policiesAt: [[at], [0]],
    policyVersions: pagesOf(2).map((page) => ['rate', page] as const),
    proposalsPage: [undefined, 'open' as const, 'approved' as const].flatMap((status) =>
      [undefined, residentId].flatMap((resident) =>
        byOffice(pagesById(rows.proposal)).map(
          ([office, page]) => [{ communityId: office, status, residentId: resident, at }, page] as const,
        ),
      ),
    ),
    proposalById: oneAndNone(rows.proposal),
    residentsPage: pagesById(rows.resident).map((page) => ['gexiang', page] as const),
    residentsNamedLike: byOffice(pagesById(rows.resident)).map(([office, page]) => ['葛', office, page] as const),
    // Nobody has hashed the numbers of the history.
    residentsByPhoneEnd: byOffice(pagesById(rows.resident)).map(([office, page]) => [['', NOBODYS], office, page] as const),
    residentsOfHousehold: [{ householdId: rows.household[0]!.id }, { householdId: `hou_${NOBODYS}` }, { memberId: residentId }].flatMap(
      (asked) => byOffice(pagesById(rows.resident)).map(([office, page]) => [asked, office, page] as const),
    ),
    communityIds: [[]],
    openCommunities: [['2026-03-02'], ['9999-12-31']],
    residentByPhone: [[rows.residentPhone.find(({ heldUntil }) => heldUntil === null)!.hash], [NOBODYS]],
    residentChanges: [undefined, [changed.changedAt, 'move'] as const, [changed.changedAt, 'phone'] as const].flatMap((after) =>
      [1, 20].map((limit) => [changed.residentId, { limit, after }] as const),
    ),
    phoneChangeById: oneAndNone(rows.phoneChange),
    stoppableChange: [
      [changed.formerHash, changed.changedAt],
      [changed.formerHash, changed.closedUntil!],
      [NOBODYS, changed.changedAt],
    ],
    residentsNamed: [[ids(rows.resident)]],
    householdsPage: pagesById(rows.household).map((page) => ['gexiang', page] as const),
    householdById: oneAndNone(rows.household),
    householdOfResident: oneAndNone(rows.resident),
    householdMembers: oneAndNone(rows.household),
    registeredAs: [rows.residentPhone[0]!.hash, NOBODYS].map((hash) => [hash, { communityId: 'gexiang', name: '葛小米' }] as const),
    consentsOf: oneAndNone(rows.resident),
    samePersonIds: oneAndNone(rows.resident),
    registrationsPage: pagesById(rows.resident).map((page) => ['gexiang', page] as const),
    samePersonPage: pagesOf([rows.resident[0]!.id, rows.resident[0]!.id] as const).map((page) => ['gexiang', page] as const),
  } satisfies Questions;
}

function questionsOfRuns({ residentId, merchantId, storeId, clock }: History, rows: AllRows) {
  const { now: at } = clock;
  const [run, redemption] = [rows.settlementRun[0]!, rows.redemption[0]!];
  const pairs = { issuer: 'gexiang', acquirer: 'wanhe' };
  const everyDay = { ...run, fromDay: FROM, throughDay: '2028-01-01' };
  const spans = offices.map((communityId) => [{ communityId, from: FROM, through: THROUGH }] as const);
  const other = { pointer: 'line/2', kind: 'redemption', requestNo: 'R-1', fen: 1_000, redemptionId: null, orderNo: null } as const;
  // Read again for each store that is asked.
  const till = {
    async *[Symbol.asyncIterator]() {
      yield { ...other, storeId: null };
    },
  };
  const { businessDay } = redemption;
  return {
    voucherMessages: spansOf(at).map((span) => [residentId, span] as const),
    voucherStates: [[rows.voucher]],
    voucherState: each(rows.voucher),
    namesOfOffer: each(ids(rows.offer)),
    offerStates: [[rows.offer, at]],
    offerState: rows.offer.map((offer) => [offer, at] as const),
    namesOfRedemptions: [[rows.redemption]],
    codeByHash: [...rows.code.map(({ hash }) => hash), NOBODYS].map((hash) => [hash] as const),
    offerById: oneAndNone(rows.offer),
    offersOnSale: [undefined, 'wanhe'].flatMap((office) => pagesById(rows.offer).map((page) => [office, page] as const)),
    voucherById: oneAndNone(rows.voucher),
    voucherMarks: [[ids(rows.voucher), at]],
    vouchersOf: pagesById(rows.voucher).map((page) => [residentId, page] as const),
    redemptionById: rows.redemption.map(({ id }) => [id] as const),
    redemptionsOfStore: pagesOf(ids(rows.redemption).toSorted()[1]!).map((page) => [storeId, businessDay, page] as const),
    requestByNumber: [
      [redemption.client, redemption.requestNo],
      [redemption.client, 'none'],
    ],
    storeById: oneAndNone(rows.store),
    presentedNow: [...rows.code.map(({ hash }) => hash), NOBODYS].map((hash) => [hash, merchantId, at] as const),
    reconciliation: [undefined, storeId].map((id) => [{ merchantId, storeId: id }, businessDay] as const),
    compareBooks: [undefined, storeId].map((id) => [{ merchantId, storeId: id }, businessDay, till] as const),
    pairLines: pagesOf(['redemption', storeId, redemption.id] as const).map((page) => [{ ...pairs, day: businessDay }, page] as const),
    grantsBehind: pagesById(rows.grant).map((page) => [redemption.id, 'gexiang', page] as const),
    lastDayOfFigures: [[]],
    figuresOfDays: [[FROM, THROUGH]],
    frozenOf: [[run], [everyDay]],
    payablesOfRun: [[everyDay, 'wanhe']],
    leftOf: offices.map((communityId) => [everyDay, communityId] as const),
    positionsOf: spans,
    dailyPositions: spans,
    businessDayAt: [[at]],
    runsPage: each(pagesById(rows.settlementRun)),
    runById: oneAndNone(rows.settlementRun),
    newestRun: [[]],
    nextRunNumber: [[]],
    partiesOf: [[run.id]],
    positionsOfRun: offices.map((communityId) => [run.id, communityId] as const),
    paymentsOfRun: offices.map((communityId) => [run.id, communityId] as const),
    paymentById: oneAndNone(rows.settlementPayment),
    payoutById: oneAndNone(rows.payout),
    payoutsOfRun: offices.map((communityId) => [run.id, communityId] as const),
    payoutsOfMerchant: offices.map((communityId) => [run.id, merchantId, communityId] as const),
    payoutsPage: offices.flatMap((communityId) => pagesById(rows.payout).map((page) => [run.id, communityId, page] as const)),
    partyOf: [
      [run.id, 'wanhe'],
      [run.id, 'nowhere'],
    ],
    adjustmentsPage: each(pagesById(rows.adjustment)),
  } satisfies Questions;
}
