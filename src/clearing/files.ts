/**
 * Files of settlement runs. Their data is frozen when the run closes. Each file is made when it is first read, and then stored: from then
 * on it is read, and never made again.
 */
import { createHash } from 'node:crypto';
import {
  type Call,
  type Command,
  type Decision,
  type Engine,
  type Facts,
  isRefusal,
  one,
  put,
  type Refusal,
  type Row,
  type Want,
} from '../ledger/index.ts';
import { rowByKey, type View } from '../store/index.ts';
import type { FileDraft } from './csv.ts';
import { communityStatement } from './community-statement.ts';
import { merchantStatement } from './merchant-statement.ts';
import { payoutFile } from './payout-file.ts';
import { payoutsOfMerchant } from './queries.ts';
import { refuse } from './refusals.ts';

export type FileDeps = { readonly view: View; readonly engine: Engine };

type File = Row<'settlementFile'>;
type Run = Row<'settlementRun'>;

/** A community's statement: the amounts that it owed the others in a run, and was owed by them. */
export function communityFile(deps: FileDeps, run: Run, communityId: string): Promise<File | Refusal> {
  return keptFile(deps, run, `community:${communityId}`, () => communityStatement(deps.view, run, communityId));
}

/** A community's payouts to its merchants for a run, for its bank. */
export function payoutsFile(deps: FileDeps, run: Run, communityId: string): Promise<File | Refusal> {
  return keptFile(deps, run, `payouts:${communityId}`, () => payoutFile(deps.view, run, communityId));
}

/** A merchant's lines of a run, with one community: after a succession it may be owed by two. */
export function merchantFile(deps: FileDeps, run: Run, communityId: string, merchantId: string): Promise<File | Refusal> {
  return keptFile(deps, run, `merchant:${communityId}:${merchantId}`, async () => {
    const [payout] = await payoutsOfMerchant(deps.view, run.id, merchantId, communityId);
    return payout && merchantStatement(deps.view, run, payout);
  });
}

/** The file with a name. If it does not exist it is made from data that cannot change any more: the days of a closed run. */
async function keptFile(
  { view, engine }: FileDeps,
  run: Run,
  name: string,
  draft: () => Promise<FileDraft | undefined>,
): Promise<File | Refusal> {
  if (run.state === 'open') return refuse('settlement_run_not_closed', { run_id: run.id });
  const kept = () => rowByKey(view, 'settlementFile', run.id, name);
  const there = await kept();
  if (there) return there;
  const made = await draft();
  if (!made) return refuse('settlement_file_not_found', { run_id: run.id });
  const { content, rowCount, totals } = made;
  const sha256 = createHash('sha256').update(content).digest('hex');
  const input = { runId: run.id, name, content, rowCount, totals: JSON.stringify(totals), sha256 };
  const outcome = await engine.bySystem(keepSettlementFile, input, `settlement-file:${run.id}:${name}`);
  return isRefusal(outcome) ? outcome : (await kept())!;
}

export type KeepFileInput = Omit<File, 'madeAt'>;
type KeepFileReply = { run_id: string; name: string; sha256: string; row_count: number; made_at: number };

/** Stores a file of a closed run. A file that another command has stored first stays. */
export const keepSettlementFile: Command<KeepFileInput, KeepFileReply> = {
  name: 'keep-settlement-file',
  load: loadKeepSettlementFile,
  decide: decideKeepSettlementFile,
};

function loadKeepSettlementFile({ runId, name }: KeepFileInput): readonly Want[] {
  return [one('settlementRun', runId), one('settlementFile', runId, name)];
}

function decideKeepSettlementFile(facts: Facts, input: KeepFileInput, { at }: Call): Decision<KeepFileReply> {
  const run = facts.get('settlementRun', input.runId);
  if (!run) return refuse('settlement_run_not_found', { run_id: input.runId });
  if (run.state === 'open') return refuse('settlement_run_not_closed', { run_id: run.id });

  // From here on it succeeds.
  const there = facts.get('settlementFile', input.runId, input.name);
  const { runId, name, sha256, rowCount, madeAt } = there ?? { ...input, madeAt: at };
  return {
    rows: there ? [] : [put('settlementFile', { ...input, madeAt })],
    reply: { run_id: runId, name, sha256, row_count: rowCount, made_at: madeAt },
  };
}
