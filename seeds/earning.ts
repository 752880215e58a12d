import { grant } from '../src/communities/index.ts';
import { addDays } from '../src/ledger/index.ts';
import { pickWeighted } from './chance.ts';
import { civilDeeds, courierWork, meetingTopics, ruleSeeds, volunteerWork } from './deeds.ts';
import { assumed, published } from './figures.ts';
import type { Member } from './members.ts';
import type { Community } from './parties.ts';
import { considerTaking } from './spending.ts';
import { momentOn, type Year } from './year.ts';

/** Something that several people did on one day, for which a community grants each the same. */
type Deed = {
  readonly community: Community;
  readonly class: 'volunteer' | 'deliberation' | 'civility';
  /** The entry of the tally that it adds to: its hours to `courierHours`, one to any other. */
  readonly counts: 'events' | 'courierHours' | 'meetings' | 'civility';
  readonly description: string;
  readonly day: string;
  /** Hours or times. */
  readonly quantity: number;
  readonly doers: readonly Member[];
};

/** A community enters a deed at most so many days after it. */
const ENTERED_WITHIN_DAYS = 5;

/** Plans everything that is granted for from `firstDay` on, all of it entered before `today`. */
export function planDeeds(year: Year, firstDay: string, today: string, scale: number): void {
  const { chance, agenda } = year;
  const days = daysBetween(firstDay, addDays(today, -1 - ENTERED_WITHIN_DAYS));
  const deeds = [
    ...volunteerEvents(year, days, scale),
    ...courierShifts(year, days),
    ...meetings(year, days, scale),
    ...civility(year, days, scale),
  ];
  for (const deed of deeds) {
    const entered = momentOn(chance, addDays(deed.day, chance.between(1, ENTERED_WITHIN_DAYS)), 9, 12);
    agenda.plan(entered, () => enter(year, deed, entered));
  }
}

function daysBetween(first: string, last: string): string[] {
  const days = [];
  for (let day = first; day <= last; day = addDays(day, 1)) days.push(day);
  return days;
}

function volunteerEvents(year: Year, days: readonly string[], scale: number): Deed[] {
  const { chance, scheme } = year;
  return evenly(published.volunteerEvents, days).map((day, n) => {
    const community = pickWeighted(chance, scheme.communities, ({ residents }) => residents);
    const description = `第 ${n + 1} 场志愿活动：${chance.pick(volunteerWork)}`;
    const doers = doersOf(year, community, assumed.volunteersPerEvent * scale);
    return { community, class: 'volunteer', counts: 'events', description, day, quantity: chance.between(2, 4), doers };
  });
}

/** The couriers' hours come out exactly: shifts of one length, each courier's spread over the year. */
function courierShifts({ scheme, members }: Year, days: readonly string[]): Deed[] {
  const couriers = members.filter(({ saves }) => !saves).slice(0, published.couriers);
  const shifts = evenly(published.courierHours / assumed.courierShiftHours, days);
  return shifts.map((day, n) => {
    const doers = [couriers[n % couriers.length]!];
    const community = scheme.communities[n % scheme.communities.length]!;
    const work = { class: 'volunteer', counts: 'courierHours', description: courierWork } as const;
    return { community, ...work, day, quantity: assumed.courierShiftHours, doers };
  });
}

/** Every community meets once a month. */
function meetings(year: Year, days: readonly string[], scale: number): Deed[] {
  return monthly(year, days, assumed.meetingSeats * scale, { class: 'deliberation', counts: 'meetings' }, meetingTopics);
}

function civility(year: Year, days: readonly string[], scale: number): Deed[] {
  return monthly(year, days, assumed.civilDeeds * scale, { class: 'civility', counts: 'civility' }, civilDeeds);
}

/** In each of twelve months one deed a community, its share of `total` doers by how many people live there. */
function monthly(
  year: Year,
  days: readonly string[],
  total: number,
  kind: Pick<Deed, 'class' | 'counts'>,
  topics: readonly string[],
): Deed[] {
  const { chance, scheme } = year;
  const everyone = scheme.communities.reduce((sum, { residents }) => sum + residents, 0);
  const label = ruleSeeds[kind.class].name;
  return evenly(12, days).flatMap((month) =>
    scheme.communities.map((community) => {
      const day = addDays(month, chance.between(-12, 12));
      const doers = doersOf(year, community, (total * community.residents) / everyone);
      return { community, ...kind, description: `${label}:${chance.pick(topics)}`, day, quantity: 1, doers };
    }),
  );
}

/** `count` of the days, at even distances. */
function evenly(count: number, days: readonly string[]): string[] {
  return Array.from({ length: count }, (_, n) => days[Math.floor(((n + 0.5) * days.length) / count)]!);
}

/** About `wanted` doers of a deed: all the keen of the community, then others of it, and now and then a guest. */
function doersOf({ chance, members }: Year, community: Community, wanted: number): Member[] {
  const own = members.filter(({ resident }) => resident.community.id === community.id);
  const doers = new Set(own.filter(({ keen }) => keen));
  const most = Math.min(Math.max(1, Math.round(wanted)), members.length);
  while (doers.size < most) doers.add(chance.pick(own.length === 0 || chance.happens(assumed.guests) ? members : own));
  return [...doers];
}

function enter(year: Year, { community, class: ruleClass, counts, description, day, quantity, doers }: Deed, at: number): void {
  const { chance, hand, tally } = year;
  const by = chance.pick(community.officers);
  const sender = { client: by.credential.client_id, actor: by.id };
  const deed = { by, ruleId: community.rules[ruleClass], quantity, points: null, occurredOn: day, description };
  tally[counts] += counts === 'courierHours' ? quantity : 1;
  for (const member of doers) {
    hand.act(grant, { ...deed, residentId: member.resident.id, externalReference: null, approvedBy: null }, sender);
    const points = ruleSeeds[ruleClass].points * quantity;
    member.points += points;
    tally.grants += 1;
    tally.points += points;
    considerTaking(year, member, at);
  }
}
