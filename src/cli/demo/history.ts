import { chanceOf, emptyTally, handOf, hearFrom, markDemo, openScheme, replay, type Scheme, type Tally } from '../../../seeds/index.ts';
import { randomPassword } from '../../access/index.ts';
import { addDays, startOfDay } from '../../ledger/index.ts';
import type { Service } from '../../service.ts';
import { grouped } from '../text.ts';
import type { Out } from './out.ts';

const HOUR = 3_600_000;

export type HistoryOptions = {
  readonly service: Service;
  readonly out: Out;
  readonly firstDay: string;
  readonly today: string;
  readonly scale: number;
  readonly newSecret: () => string;
  /** Called with the scheme before the year begins. */
  readonly established: (scheme: Scheme) => void;
};

/** The morning on which the scheme is established. */
export function firstMorning(firstDay: string): number {
  return startOfDay(firstDay) + 8 * HOUR;
}

/** Establishes the scheme and replays its year, with a line for each month. */
export async function makeHistory({ service, out, firstDay, today, scale, newSecret, established }: HistoryOptions): Promise<Scheme> {
  const { store, secrets, chance } = service;
  const hand = handOf(store, secrets, chanceOf('ids'));
  hand.waitUntil(firstMorning(firstDay));
  hand.act(markDemo, {});
  await hand.settled();
  out.live('setting up the scheme …');
  const scheme = await openScheme({ hand, secrets, newSecret, newPassword: () => randomPassword(chance), random: chance, firstDay, scale });
  await hand.settled();
  established(scheme);
  const { communities, residents, tills } = scheme;
  out.say(
    `${firstDay}: established with ${communities.length} communities, ${grouped(residents.length)} residents, ${tills.length} merchants.`,
  );
  out.say(`A year passes: ${firstDay} to ${addDays(today, -1)}.`);
  out.say();
  const tally = await sayMonths(replay({ store, scheme, hand, secrets, firstDay, today, scale }), out);
  hand.act(hearFrom, { phoneHashes: scheme.holders.map(({ phone }) => secrets.hash('phone', phone)) });
  await hand.settled();
  out.say();
  out.say(`In it: ${grouped(tally.events)} volunteer events, ${grouped(tally.courierHours)} volunteer hours of couriers,`);
  out.say(`${tally.meetings} deliberation meetings, ${tally.civility} rounds of civility actions; ${grouped(hand.count)} commands in all.`);
  return scheme;
}

const shown = ['grants', 'points', 'vouchers', 'redeemed', 'undone', 'cancelled', 'expired'] as const;

/** Prints a line for each month; on a terminal the line grows while the month passes. */
async function sayMonths(days: AsyncIterable<{ day: string; tally: Tally }>, out: Out): Promise<Tally> {
  out.say(row('month', shown));
  let before = emptyTally();
  let last = { day: '', tally: before };
  for await (const now of days) {
    if (last.day !== '' && now.day.slice(0, 7) !== last.day.slice(0, 7)) {
      out.say(monthLine(last, before));
      before = last.tally;
    }
    out.live(monthLine(now, before));
    last = now;
  }
  out.say(monthLine(last, before));
  out.say(
    row(
      'total',
      shown.map((name) => grouped(last.tally[name])),
    ),
  );
  return last.tally;
}

function monthLine({ day, tally }: { day: string; tally: Tally }, before: Tally): string {
  return row(
    day.slice(0, 7),
    shown.map((name) => grouped(tally[name] - before[name])),
  );
}

function row(head: string, cells: readonly string[]): string {
  return head.padEnd(8) + cells.map((cell) => cell.padStart(10)).join('');
}
