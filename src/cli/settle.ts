import type { Command } from 'commander';
import { partiesOf, paymentsOfRun, settleThrough } from '../clearing/index.ts';
import { isDay, isRefusal } from '../ledger/index.ts';
import { type Row, rowByKey, type View } from '../store/index.ts';
import { columns, grouped } from './text.ts';
import { writing } from './writing.ts';

export function addSettle(program: Command): void {
  program
    .command('settle')
    .argument('[through]', 'YYYY-MM-DD, the cut-off; default: that of the open run, or else the last day that is over')
    .description('close the business days through this one and a settlement run over them; run again, it finishes an interrupted run')
    .action((through: string | undefined, _options, command: Command) =>
      writing(command, async ({ store, engine, clock }) => {
        if (through !== undefined && !isDay(through)) throw new Error(`${through} is not a date: write it as YYYY-MM-DD`);
        if (!(await rowByKey(store, 'scheme', 'founded_at'))) throw new Error('this scheme is not founded yet: run `callmi init` first');
        const run = await settleThrough({ view: store, engine, clock }, through);
        if (isRefusal(run)) {
          // Only a refusal needs the sentences of the HTTP service, which takes long to load.
          const { sentenceOf } = await import('../api/index.ts');
          throw new Error(`nothing was settled. ${sentenceOf(run)}`);
        }
        process.stdout.write(await settlementText(store, run));
      }),
    );
}

/** The result of a closed run: each community gross and net, the payments, and the amount that netting saves. Amounts are fen. */
async function settlementText(view: View, run: Row<'settlementRun'>): Promise<string> {
  const parties = (await partiesOf(view, run.id)).map((row) => [
    row.communityId,
    grouped(row.dueToFen),
    grouped(row.dueFromFen),
    grouped(row.netFen),
    grouped(row.payableFen),
  ]);
  const payments = await paymentsOfRun(view, run.id, null);
  const paid = payments.map(({ debtorId, creditorId, fen }) => `${debtorId} pays ${creditorId} ${grouped(fen)} fen\n`);
  return [
    `settlement run ${run.number}: ${run.fromDay} to ${run.throughDay}, ${run.state}\n`,
    columns([['community', 'due to', 'due from', 'net', 'merchants'], ...parties], 1),
    ...paid,
    `gross ${grouped(run.grossFen!)} fen, net ${grouped(run.netFen!)} fen in ${payments.length} ${payments.length === 1 ? 'payment' : 'payments'}: `,
    `${grouped(run.grossFen! - run.netFen!)} fen need not be moved\n`,
  ].join('');
}
