/** How files of settlement runs look on the wire: as the stored CSV, as JSON of the same lines, or as a page to print. */
import { z } from 'zod';
import type { CommunityTotals, CsvRecord, MerchantTotals } from '../../clearing/index.ts';
import type { Row } from '../../store/index.ts';
import { codecOf } from '../http/codec.ts';
import { communityId, count, day, id, rfc3339, time } from '../http/wire.ts';

export const format = z
  .enum(['json', 'csv', 'html'])
  .default('json')
  .meta({ description: 'JSON, the CSV file of the same lines, or a page of them to print.' });

const communityLine = z.strictObject({
  counterparty_id: communityId,
  counterparty_name: z.string(),
  business_day: day,
  due_to_fen: count.meta({ description: 'The amount that the community owes the other; negative if more was undone than redeemed.' }),
  due_from_fen: count.meta({ description: 'The amount that the other owes it.' }),
  net_fen: count,
});
const merchantLine = z.strictObject({
  kind: z.enum(['redemption', 'reversal', 'adjustment']),
  id: z.string().meta({ description: 'The id of the redemption, the reversal or the adjustment.' }),
  at: time,
  business_day: day,
  redemption_id: id('red').nullable().meta({ description: 'This and the next five are null for an adjustment.' }),
  request_no: z.string().nullable(),
  store_id: id('sto').nullable(),
  terminal_id: id('ter').nullable(),
  order_no: z.string().nullable(),
  voucher_id: id('vch').nullable(),
  fen: count.meta({ description: "The amount that it adds to the merchant's due; negative for a reversal." }),
});

const gross = {
  due_to_fen: count.meta({ description: 'The amount that it owes.' }),
  due_from_fen: count.meta({ description: 'The amount that it is owed.' }),
  net_fen: count.meta({ description: 'To receive; negative: to pay.' }),
};
const communityTotals = z.strictObject({
  ...gross,
  payable_fen: count.meta({ description: 'The amount that its merchants are owed for the period.' }),
  payouts: count.meta({ description: 'The number of merchants that it pays.' }),
  counterparties: z.array(z.strictObject({ community_id: communityId, name: z.string(), ...gross })),
}) satisfies z.ZodType<CommunityTotals>;
const merchantTotals = z.strictObject({
  redemptions: count,
  redeemed_fen: count,
  reversals: count,
  reversed_fen: count,
  adjustments: count,
  adjusted_fen: count,
  net_fen: count.meta({ description: 'The sum of the lines.' }),
  carried_in_fen: count.meta({
    description: 'The amount carried from an earlier run: negative, it is taken off here; positive, the bank had refused it.',
  }),
  total_fen: count.meta({ description: 'The amount to be paid to the merchant; if it is not above zero, it is carried to a later run.' }),
}) satisfies z.ZodType<MerchantTotals>;

const ofRun = codecOf('settlementRun', ['fromDay', 'throughDay']);
const head = {
  ...ofRun.shape,
  run_id: id('run'),
  run_number: count,
  closed_at: time,
  community_id: communityId,
  community_name: z.string().meta({ description: 'As it was when the run closed.' }),
};
const foot = {
  row_count: count,
  sha256: z.string().meta({ description: 'The SHA-256 of the CSV file of the same lines, as it was frozen.' }),
};

export const communityStatement = z
  .strictObject({ ...head, totals: communityTotals, ...foot, lines: z.array(communityLine) })
  .meta({ id: 'CommunityStatement' });
const ofMerchant = { merchant_id: id('mer'), merchant_name: z.string(), payout_id: id('pyo') };
export const merchantStatement = z
  .strictObject({ ...head, ...ofMerchant, totals: merchantTotals, ...foot, lines: z.array(merchantLine) })
  .meta({ id: 'MerchantStatement' });

export type CommunityHead = Omit<z.output<typeof communityStatement>, 'lines'>;
export type MerchantHead = Omit<z.output<typeof merchantStatement>, 'lines'>;
export type StatementHead = CommunityHead | MerchantHead;

type Kept = {
  readonly run: Row<'settlementRun'>;
  /** The community that the statement belongs to, or that owes the merchant. */
  readonly party: Row<'settlementParty'>;
  readonly file: Row<'settlementFile'>;
};

export function communityHead({ run, party, file }: Kept): CommunityHead {
  return { ...headOf(run, party), totals: JSON.parse(file.totals) as CommunityTotals as CommunityHead['totals'], ...footOf(file) };
}

export function merchantHead({ run, party, file }: Kept, payout: Row<'payout'>): MerchantHead {
  const whose = { merchant_id: payout.merchantId, merchant_name: payout.merchantName, payout_id: payout.id };
  return { ...headOf(run, party), ...whose, totals: JSON.parse(file.totals) as MerchantTotals, ...footOf(file) };
}

function headOf(run: Row<'settlementRun'>, party: Row<'settlementParty'>) {
  return {
    ...ofRun.present(run),
    run_id: run.id,
    run_number: run.number,
    closed_at: rfc3339(run.closedAt!),
    community_id: party.communityId,
    community_name: party.name,
  };
}

function footOf({ rowCount, sha256 }: Row<'settlementFile'>) {
  return { row_count: rowCount, sha256 };
}

/** A statement as JSON, in pieces: it may have too many lines to hold them twice. */
export async function* statementJson(statement: StatementHead, records: AsyncIterable<CsvRecord>): AsyncGenerator<string> {
  yield `${JSON.stringify(statement).slice(0, -1)},"lines":[`;
  let between = '';
  for await (const record of records) {
    yield between + JSON.stringify(lineOf(record));
    between = ',';
  }
  yield ']}';
}

/** A line of the file as JSON: amounts are numbers, and empty cells are null. */
function lineOf(record: CsvRecord): object {
  return Object.fromEntries(Object.entries(record).map(([name, text]) => [name, name.endsWith('fen') ? Number(text) : text || null]));
}
