import { amountOf, wholeOf } from './digits.ts';
import type { Place } from './headings.ts';

/** The headings under which tills keep the columns of their own book, beginning with the names that our own file has. */
export const bookHeadings = {
  kind: ['kind', '类型', '业务类型', '交易类型'],
  request_no: ['request_no', '请求号', '请求流水号', '流水号', '交易流水号', '交易号'],
  fen: ['fen', '金额', '核销金额', '抵扣金额', '交易金额'],
  order_no: ['order_no', '订单号', '订单编号', '商户订单号', '小票号'],
  redemption_id: ['redemption_id', '核销编号', '核销号'],
  store_id: ['store_id', '门店编号', '门店号'],
} as const;

const kinds: Readonly<Record<string, 'redemption' | 'reversal'>> = {
  核销: 'redemption',
  消费: 'redemption',
  支付: 'redemption',
  撤销: 'reversal',
  冲正: 'reversal',
  退款: 'reversal',
  退货: 'reversal',
};

/** The kind of a line as we call it; a word that is unknown stays as it is. */
export function bookKindOf(cell: string): string {
  return kinds[cell.trim()] ?? cell;
}

/**
 * The amount of a line in fen: whole fen under `fen` and `金额（分）`, and yuan with decimals under every other heading. A text that is no
 * such amount stays as it is.
 */
export function bookFenOf(cell: string, { heading, unit }: Pick<Place, 'heading' | 'unit'>): number | string {
  if (heading !== 'fen' && unit !== '分') return amountOf(cell) ?? cell;
  return wholeOf(cell) ?? cell;
}
