import { visible } from './characters.ts';
import { amountOf, wholeOf } from './digits.ts';
import type { Place } from './headings.ts';

/**
 * The headings under which tills keep the columns of their own book, beginning with the names that our own file has. Beside a discount, 金额 is
 * what the order came to.
 */
export const bookHeadings = {
  kind: ['kind', '类型', '业务类型', '交易类型', '核销类型'],
  request_no: [
    'request_no',
    'requestno',
    '请求号',
    '请求流水号',
    '请求编号',
    '请求单号',
    '核销流水号',
    '流水号',
    '交易流水号',
    '业务流水号',
    '商户流水号',
    '流水编号',
    '交易号',
    '交易编号',
    '交易单号',
  ],
  fen: ['fen', '核销金额', '抵扣金额', '券金额', '券面额', '面值', '金额', '交易金额'],
  order_no: ['order_no', 'orderno', '订单号', '订单编号', '商户订单号', '小票号', '小票单号', '收银单号', '销售单号'],
  redemption_id: ['redemption_id', '核销编号', '核销号'],
  store_id: ['store_id', '门店编号', '门店号'],
} as const;

const kinds: readonly (readonly ['redemption' | 'reversal', RegExp])[] = [
  ['redemption', /^(?:redemption|(?:已|正常)?核销(?:成功)?|消费|支付|销售)$/],
  ['reversal', /^(?:reversal|(?:核销|消费|支付|销售|已)?(?:撤销|冲正|冲销|退款|退货)|撤销核销|反核销|红冲|撤单|退券)$/],
];

/** The kind of a line as we call it; a word that is unknown stays as it is. */
export function bookKindOf(cell: string): string {
  const word = visible(cell).replaceAll(/\s/g, '').toLowerCase();
  return kinds.find(([, words]) => words.test(word))?.[0] ?? cell;
}

/** A number of a line by which it is compared, and which has only letters of ASCII: in plain letters, without characters that nobody sees. */
export function bookNumberOf(cell: string): string {
  return visible(cell).trim();
}

/**
 * The amount of a line in fen: whole fen under `fen` and `金额（分）`, and yuan with decimals under every other heading. A text that is no
 * such amount stays as it is.
 */
export function bookFenOf(cell: string, { heading, unit }: Pick<Place, 'heading' | 'unit'>): number | string {
  if (heading !== 'fen' && unit !== '分') return amountOf(cell) ?? cell;
  return wholeOf(cell) ?? cell;
}
