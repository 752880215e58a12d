import { confirmOfficerPerson } from '../src/communities/index.ts';
import { addDays, closeDay, startOfDay } from '../src/ledger/index.ts';
import type { Secrets } from '../src/access/index.ts';
import type { Store } from '../src/store/index.ts';
import { agendaOf } from './agenda.ts';
import { chanceOf } from './chance.ts';
import { planDeeds } from './earning.ts';
import type { Hand } from './hand.ts';
import { membersOf } from './members.ts';
import type { Scheme } from './parties.ts';
import { settleMonth } from './settling.ts';
import { emptyTally, type Tally } from './year.ts';

/** How many days the run that is left to the story has at least: in fewer of them communities owe each other too little to net. */
const LAST_RUN_DAYS = 10;
const CONFIRMED_AFTER_DAYS = 180;

export type ReplayOptions = {
  readonly store: Store;
  readonly scheme: Scheme;
  readonly hand: Hand;
  readonly secrets: Secrets;
  /** The day on which the scheme was established, and the first day that is not replayed. */
  readonly firstDay: string;
  readonly today: string;
  readonly scale: number;
};

/**
 * Replays a year of the scheme through real commands, closes each day, and settles each month but the latest days; tells after each day what
 * has happened so far.
 */
export async function* replay({
  store,
  scheme,
  hand,
  secrets,
  firstDay,
  today,
  scale,
}: ReplayOptions): AsyncGenerator<{ day: string; tally: Tally }> {
  const tally = emptyTally();
  const year = { scheme, members: membersOf(scheme), hand, secrets, chance: chanceOf('year'), agenda: agendaOf(), tally };
  planDeeds(year, addDays(firstDay, 1), today, scale);
  for (let day = firstDay; day < today; day = addDays(day, 1)) {
    for (const { at, run } of year.agenda.errandsOf(day)) {
      hand.waitUntil(at);
      run();
      await hand.ready();
    }
    if (day === addDays(firstDay, CONFIRMED_AFTER_DAYS)) confirmPersons(hand, scheme);
    hand.waitUntil(startOfDay(addDays(day, 1)));
    hand.act(closeDay, { day });
    // The latest days are settled before the reader's eyes.
    if (isLastOfMonth(day) && addDays(day, LAST_RUN_DAYS) < today) await settleMonth({ scheme, hand, store }, day);
    yield { day, tally: { ...tally } };
  }
  await hand.settled();
}

/** The officers confirm what is stated about them as residents, so that it still counts on the day of the story. */
function confirmPersons(hand: Hand, { street, communities }: Scheme): void {
  for (const by of [...street, ...communities.flatMap(({ officers }) => officers)])
    hand.act(confirmOfficerPerson, { by, residentId: null });
}

function isLastOfMonth(day: string): boolean {
  return day.slice(0, 7) !== addDays(day, 1).slice(0, 7);
}
