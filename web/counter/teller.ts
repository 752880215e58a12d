/** The teller who answers at a counter: the API, or in practice a stand-in within the page. */
import type { Schemas } from '../api/client.ts';

export type Inspection = Schemas['Inspection'];
export type Redemption = Schemas['Redemption'];
export type Became = Schemas['RedemptionRequest'];
export type Day = Schemas['Reconciliation'];
export type Difference = Schemas['ReconciliationDifference'];

/** A redemption that is asked for. It is sent again exactly as it was, so nothing in it changes once it is sealed. */
export type Order = {
  readonly code: string;
  readonly pin?: string;
  readonly store_id: string;
  readonly order_no: string;
  readonly order_amount_fen?: number;
};

/** A redemption that was stored while there was no network. */
export type StoredOrder = Order & { readonly request_no: string; readonly presented_at: string };

export type ForwardOutcome = {
  readonly request_no: string | null;
  readonly status: 'succeeded' | 'refused';
  readonly redemption: Redemption | null;
  readonly refusal: Schemas['ItemProblem'] | null;
};

/** All of it throws `ApiProblem` where it is refused and `NoAnswer` where nothing is heard. */
export type Teller = {
  inspect(code: string): Promise<Inspection>;
  redeem(order: Order, requestNo: string): Promise<Redemption>;
  /** The state of a request; undefined if it was not seen, which is not final. */
  becameOf(requestNo: string): Promise<Became | undefined>;
  /** Every item's final outcome, in the order sent. */
  forward(items: readonly StoredOrder[]): Promise<readonly ForwardOutcome[]>;
  void(requestNo: string, reason: string, key: string): Promise<Schemas['RedemptionVoid']>;
  /** A store's redemptions of a business day, newest first. */
  redemptionsOf(storeId: string, day: string): Promise<readonly Redemption[]>;
  reverse(redemptionId: string, reason: string, key: string): Promise<unknown>;
  day(date: string): Promise<Day>;
  /** The same as a CSV file. */
  fileOf(date: string): Promise<Blob>;
  /** Compares a day with the till's own book, a CSV file. */
  compare(date: string, book: Blob): Promise<Difference>;
  /** Throws where there is nobody to answer. */
  reach(): Promise<void>;
};
