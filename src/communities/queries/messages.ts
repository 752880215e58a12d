/** The messages about points, the number, the home, the household, and leaving. */
import { and, desc, eq, lte } from 'drizzle-orm';
import { lastIdUntil, LOOK_BACK, type Message, type MessageSpan } from '../../access/index.ts';
import { addDays, dayOf, normalBalance, startOfDay } from '../../ledger/index.ts';
import { hexOf, placed, preparing, type Row, rowByKey, type View } from '../../store/index.ts';
import { accountOf, lotsOf } from './wallet.ts';

/** So many days before their last one it is told that points run out. */
const LOT_NOTICE_DAYS = 30;

type OfLot = { readonly points: number; readonly communityId: string; readonly expiresOn: string };
type OfGrant = OfLot & { readonly description: string };

export type CommunityMessage =
  | Message<'points_received' | 'points_reversed' | 'points_clawed_back', OfGrant>
  | Message<'points_expiring' | 'points_expired', OfLot>
  | Message<'number_changed', { readonly how: string; readonly closedUntil: number | null }>
  | Message<'number_change_stopped', Record<string, never>>
  | Message<'spending_closed', { readonly closedUntil: number }>
  | Message<'moved', { readonly fromId: string; readonly toId: string }>
  | Message<'household_joined' | 'household_left', { readonly how: string }>
  | Message<'erasure_requested', { readonly dueAt: number; readonly points: number }>
  | Message<'erasure_withdrawn', Record<string, never>>;

/** Reads the newest rows of each table, and of the lots one row each: a page costs the same however long the history is. */
export async function communityMessages(view: View, residentId: string, span: MessageSpan): Promise<CommunityMessage[]> {
  const until = (prefix: Parameters<typeof lastIdUntil>[0]) => ({ residentId, last: lastIdUntil(prefix, span.until) });
  const [grants, changes, moves, memberships, erasures, lots, resident] = await Promise.all([
    grantsTo(view).execute(until('grt')),
    changesOf(view).execute(until('phc')),
    movesOf(view).execute({ residentId, last: span.until }),
    membershipsOf(view).execute({ residentId }),
    erasuresOf(view).execute(until('era')),
    lotMessages(view, residentId, span.now),
    rowByKey(view, 'resident', residentId),
  ]);
  return [
    ...grants.flatMap(ofGrant),
    ...lots,
    ...changes.flatMap(ofChange),
    ...closedSpending(resident, changes, span.now),
    ...moves.map(ofMove),
    ...memberships.flatMap(ofMembership),
    ...erasures.flatMap(ofErasure),
  ];
}

function ofGrant({ id, points, communityId, expiresOn, description, ...row }: Row<'grant'>): CommunityMessage[] {
  const common = { order: hexOf(id), subject: id, details: { points, communityId, expiresOn, description } };
  const { grantedAt, reversedAt, clawedBackAt } = row;
  return [
    { kind: 'points_received', at: grantedAt, ...common },
    ...(reversedAt === null ? [] : [{ kind: 'points_reversed' as const, at: reversedAt, ...common }]),
    ...(clawedBackAt === null ? [] : [{ kind: 'points_clawed_back' as const, at: clawedBackAt, ...common }]),
  ];
}

function ofChange({ id, changedAt, how, closedUntil, stoppedAt }: Row<'phoneChange'>): CommunityMessage[] {
  const common = { order: hexOf(id), subject: id };
  return [
    { kind: 'number_changed', at: changedAt, ...common, details: { how, closedUntil } },
    ...(stoppedAt === null ? [] : [{ kind: 'number_change_stopped' as const, at: stoppedAt, ...common, details: {} }]),
  ];
}

/** Told while it lasts, from the change of number that closed spending, or from the registration. */
function closedSpending(resident: Row<'resident'> | undefined, changes: readonly Row<'phoneChange'>[], now: number): CommunityMessage[] {
  const closedUntil = resident?.spendsFrom ?? null;
  if (!resident || closedUntil === null || closedUntil <= now) return [];
  const change = changes.find((each) => each.closedUntil === closedUntil);
  const at = change?.changedAt ?? resident.registeredAt;
  return [{ kind: 'spending_closed', at, order: hexOf(resident.id), subject: change?.id ?? null, details: { closedUntil } }];
}

function ofMove({ residentId, movedAt, fromId, toId }: Row<'residentMove'>): CommunityMessage {
  return { kind: 'moved', at: movedAt, order: hexOf(residentId), subject: null, details: { fromId, toId } };
}

function ofMembership({ householdId, since, until, how }: Row<'householdMember'>): CommunityMessage[] {
  const common = { order: hexOf(householdId), subject: householdId, details: { how } };
  return [
    { kind: 'household_joined', at: since, ...common },
    ...(until === null ? [] : [{ kind: 'household_left' as const, at: until, ...common }]),
  ];
}

function ofErasure({ id, requestedAt, dueAt, points, withdrawnAt }: Row<'erasure'>): CommunityMessage[] {
  const common = { order: hexOf(id), subject: id };
  return [
    { kind: 'erasure_requested', at: requestedAt, ...common, details: { dueAt, points } },
    ...(withdrawnAt === null ? [] : [{ kind: 'erasure_withdrawn' as const, at: withdrawnAt, ...common, details: {} }]),
  ];
}

async function lotMessages(view: View, residentId: string, now: number): Promise<CommunityMessage[]> {
  const lots = await lotsOf(view).execute({ residentId });
  const today = dayOf(now);
  const told = lots.map(async (lot) => (lot.expiresOn < today ? expired(view, lot) : expiring(view, lot, now)));
  return (await Promise.all(told)).filter((message) => message !== undefined);
}

/** A lot that holds points and will soon be over. */
async function expiring(view: View, lot: Row<'lot'>, now: number): Promise<CommunityMessage | undefined> {
  const { communityId, expiresOn } = lot;
  const at = startOfDay(addDays(expiresOn, 0 - LOT_NOTICE_DAYS));
  if (at > now) return undefined;
  const account = accountOf(lot);
  const points = normalBalance('wallet', (await rowByKey(view, 'account', account))?.balance ?? 0);
  if (points === 0) return undefined;
  return { kind: 'points_expiring', at, order: account, subject: null, details: { points, communityId, expiresOn } };
}

/** A lot whose last movement was its expiry: nothing comes into it, or goes out of it, after that. */
async function expired(view: View, lot: Row<'lot'>): Promise<CommunityMessage | undefined> {
  const { communityId, expiresOn } = lot;
  const account = accountOf(lot);
  const [last] = await lastLegOf(view).execute({ account });
  if (last?.kind !== 'lot_expiry') return undefined;
  const points = Math.abs(last.amount);
  return { kind: 'points_expired', at: last.at, order: account, subject: null, details: { points, communityId, expiresOn } };
}

const lastLegOf = preparing('last leg of a lot', ({ read, tables: { posting, entry }, walletPostings }: View) =>
  read
    .select({ kind: entry.kind, at: entry.recordedAt, amount: posting.amount })
    .from(posting)
    .innerJoin(entry, eq(entry.id, posting.entry))
    .where(and(eq(posting.account, placed('account', posting.account)), walletPostings))
    .orderBy(desc(posting.entry))
    .limit(1),
);

const grantsTo = preparing('newest grants to a resident', ({ read, tables: { grant } }: View) =>
  read
    .select()
    .from(grant)
    .where(and(eq(grant.residentId, placed('residentId', grant.residentId)), lte(grant.id, placed('last', grant.id))))
    .orderBy(desc(grant.id))
    .limit(LOOK_BACK),
);

const changesOf = preparing('newest changes of a number', ({ read, tables: { phoneChange } }: View) =>
  read
    .select()
    .from(phoneChange)
    .where(
      and(eq(phoneChange.residentId, placed('residentId', phoneChange.residentId)), lte(phoneChange.id, placed('last', phoneChange.id))),
    )
    .orderBy(desc(phoneChange.id))
    .limit(LOOK_BACK),
);

const movesOf = preparing('newest moves', ({ read, tables: { residentMove } }: View) =>
  read
    .select()
    .from(residentMove)
    .where(
      and(
        eq(residentMove.residentId, placed('residentId', residentMove.residentId)),
        lte(residentMove.movedAt, placed('last', residentMove.movedAt)),
      ),
    )
    .orderBy(desc(residentMove.movedAt))
    .limit(LOOK_BACK),
);

const membershipsOf = preparing('newest households', ({ read, tables: { householdMember } }: View) =>
  read
    .select()
    .from(householdMember)
    .where(eq(householdMember.residentId, placed('residentId', householdMember.residentId)))
    .orderBy(desc(householdMember.householdId))
    .limit(LOOK_BACK),
);

const erasuresOf = preparing('newest erasures', ({ read, tables: { erasure } }: View) =>
  read
    .select()
    .from(erasure)
    .where(and(eq(erasure.residentId, placed('residentId', erasure.residentId)), lte(erasure.id, placed('last', erasure.id))))
    .orderBy(desc(erasure.id))
    .limit(LOOK_BACK),
);
