/** The end of the story: the figures of the books. */
import type { Community } from '../../../seeds/index.ts';
import { newestRun, paymentsOfRun, positionsOfRun } from '../../clearing/index.ts';
import { limitsOf } from '../../communities/index.ts';
import { trialBalance, type TrialBalance } from '../../ledger/index.ts';
import type { Service } from '../../service.ts';
import type { Row, Store } from '../../store/index.ts';
import { audit, checkLine, keepReport } from '../audit.ts';
import { grouped } from '../text.ts';
import { type Out, padEnd, padStart } from './out.ts';

/**
 * Prints the dues between communities in the last month, the payments left after netting, and the audit's findings; returns whether
 * everything is correct.
 */
export async function closeStory({ store, engine, clock }: Service, communities: readonly Community[], out: Out): Promise<boolean> {
  const run = (await newestRun(store))!;
  out.say(`What communities owed each other from ${run.fromDay} to ${run.throughDay}: the one that granted the points (left) owed`);
  out.say('the one whose shop honoured them (above). In yuan, without the fen.');
  out.say();
  const dues = await duesIn(store, run);
  sayDues(communities, dues, out);
  const books = await trialBalance(store);
  out.say();
  sayPositions(communities, dues, books, out);
  out.say();
  await sayPayments(store, run, communities, out);
  out.say();
  await sayFunds(store, communities, clock(), out);
  out.say();
  const startedAt = clock();
  const report = await audit(store, ({ id }) => out.live(`audit: ${id}`));
  await keepReport(engine, { report, startedAt, finishedAt: clock() });
  for (const check of report.checks) if ('broken' in check.finding) out.say(checkLine(check).trimEnd());
  const { point, fen } = books.total;
  out.say(`trial balance: ${grouped(point)} point, ${grouped(fen)} fen`);
  out.say(`audit: ${report.ok ? 'ok' : 'BROKEN'}`);
  return report.ok && point === 0 && fen === 0;
}

const FUNDS_A_LINE = 5;

/** Fen that a community owes another. */
type Dues = (issuer: string, acquirer: string) => number;

async function duesIn(store: Store, run: Row<'settlementRun'>): Promise<Dues> {
  const rows = await positionsOfRun(store, run.id, null);
  const fenOf = new Map(rows.map(({ communityId, counterpartyId, dueToFen }) => [`${communityId} ${counterpartyId}`, dueToFen]));
  return (issuer, acquirer) => fenOf.get(`${issuer} ${acquirer}`) ?? 0;
}

async function sayPayments(store: Store, run: Row<'settlementRun'>, communities: readonly Community[], out: Out): Promise<void> {
  const shortOf = new Map(communities.map(({ id, short }) => [id, short]));
  const payments = await paymentsOfRun(store, run.id, null);
  out.say(`Netting leaves ${payments.length} payments:`);
  for (const { debtorId, creditorId, fen } of payments) {
    out.say(`   ${padEnd(shortOf.get(debtorId)!, 7)}→ ${padEnd(shortOf.get(creditorId)!, 7)}${padStart(yuan(fen), 10)}`);
  }
  const [gross, net] = [run.grossFen!, run.netFen!];
  const saved = gross === 0 ? 0 : Math.round(((gross - net) * 100) / gross);
  out.say(`Gross ${yuan(gross)} yuan, net ${yuan(net)} yuan: ${yuan(gross - net)} yuan (${saved} %) need not be moved.`);
}

/** Prints the parts of each community's fund that are spent and promised, with a warning if little is left. */
async function sayFunds(store: Store, communities: readonly Community[], at: number, out: Out): Promise<void> {
  const limits = await limitsOf(
    store,
    communities.map(({ id }) => id),
    at,
  );
  const used = communities.map(({ short }, n) => `${short} ${limits[n]!.usedPercent} %${limits[n]!.warnPercent === null ? '' : ' !'}`);
  out.say('Of its fund each has spent or promised (! is warned; beyond 100 % a grant is refused):');
  for (let n = 0; n < used.length; n += FUNDS_A_LINE) out.say(`   ${used.slice(n, n + FUNDS_A_LINE).join('   ')}`);
}

function sayDues(communities: readonly Community[], dues: Dues, out: Out): void {
  const line = (head: string, cells: readonly string[]) => out.say(padEnd(head, 7) + cells.map((cell) => padStart(cell, 7)).join(''));
  line(
    '',
    communities.map(({ short }) => short),
  );
  for (const { id: issuer, short } of communities) {
    line(
      short,
      communities.map(({ id }) => (id === issuer ? '·' : grouped(Math.trunc(dues(issuer, id) / 100)))),
    );
  }
}

/** Prints positions exactly to the fen, and the sum of each community's own book, which is zero. */
function sayPositions(communities: readonly Community[], dues: Dues, books: TrialBalance, out: Out): void {
  const line = (cells: readonly string[]) =>
    out.say(
      padEnd(cells[0]!, 7) +
        cells
          .slice(1)
          .map((cell) => padStart(cell, 14))
          .join(''),
    );
  line(['', 'owes', 'is owed', 'position', 'book: point', 'book: fen']);
  for (const { id, short } of communities) {
    const owes = sum(communities, (other) => dues(id, other.id));
    const owed = sum(communities, (other) => dues(other.id, id));
    line([short, yuan(owes), yuan(owed), yuan(owed - owes), bookOf(books, id, 'point'), bookOf(books, id, 'fen')]);
  }
}

function bookOf({ rows }: TrialBalance, community: string, unit: 'point' | 'fen'): string {
  return grouped(sum(rows, (row) => (row.community === community && row.unit === unit ? row.debit - row.credit : 0)));
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}

/** Fen as yuan: `-1 234.50`. */
function yuan(fen: number): string {
  const whole = Math.trunc(Math.abs(fen) / 100);
  const rest = String(Math.abs(fen) % 100).padStart(2, '0');
  return `${fen < 0 ? '-' : ''}${grouped(whole)}.${rest}`;
}
