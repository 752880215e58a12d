/** A statement as a page to print, on A4. It runs no script, and every text in it is escaped, since people typed the names in. */
import { createHash } from 'node:crypto';
import { type CsvRecord, yuan } from '../../clearing/index.ts';
import type { CommunityHead, MerchantHead, StatementHead } from './statement-wire.ts';

const STYLE = `
@page { size: A4; margin: 15mm }
body { font: 10pt/1.5 "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif; max-width: 180mm; margin: 0 auto }
h1 { font-size: 16pt; text-align: center; margin: 0 }
h1 small { display: block; font-size: 9pt; font-weight: normal }
table { border-collapse: collapse; width: 100%; margin: 4mm 0 }
th, td { border: 0.2mm solid #000; padding: 0.5mm 1.5mm; text-align: left; overflow-wrap: anywhere }
thead { display: table-header-group }
tr { break-inside: avoid }
.fen { text-align: right; white-space: nowrap }
.sha { font: 8pt monospace; overflow-wrap: anywhere }
.signs { display: flex; justify-content: space-between; margin-top: 15mm; break-inside: avoid }
`;

/** The page's policy: it may only use its own styles. */
export const PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

type Column = { readonly title: string; readonly fen?: true; readonly text: (record: CsvRecord) => string };
type Kind = { readonly title: string; readonly columns: readonly Column[]; readonly signs: readonly string[] };

function amount(title: string, column: string): Column {
  return { title, fen: true, text: (record) => yuan(Number(record[column])) };
}

const community: Kind = {
  title: '社区往来结算单<small>Statement of a community</small>',
  columns: [
    { title: '对方社区', text: (record) => record['counterparty_name']! },
    { title: '营业日', text: (record) => record['business_day']! },
    amount('应付（元）', 'due_to_fen'),
    amount('应收（元）', 'due_from_fen'),
    amount('净额（元）', 'net_fen'),
  ],
  signs: ['社区（盖章）', '街道（盖章）', '日期'],
};

const kinds: Readonly<Record<string, string>> = { redemption: '核销', reversal: '撤销', adjustment: '调整' };

const merchant: Kind = {
  title: '商户结算单<small>Statement of a merchant</small>',
  columns: [
    { title: '类型', text: (record) => kinds[record['kind']!]! },
    { title: '营业日', text: (record) => record['business_day']! },
    { title: '时间', text: (record) => inShanghai(record['at']!) },
    { title: '订单号', text: (record) => record['order_no']! },
    { title: '编号', text: (record) => record['id']! },
    amount('金额（元）', 'fen'),
  ],
  signs: ['商户（签字）', '社区（盖章）', '日期'],
};

const timeOfDay = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'medium' });

function inShanghai(time: string): string {
  return timeOfDay.format(new Date(time));
}

/** The page in pieces: it may have too many lines to hold them twice. */
export async function* statementPage(statement: StatementHead, records: AsyncIterable<CsvRecord>): AsyncGenerator<string> {
  const { title, columns, signs } = 'merchant_id' in statement ? merchant : community;
  yield `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>${escaped(nameOf(statement))}</title><style>${STYLE}</style></head><body>
<h1>${title}</h1>
${table(factsOf(statement))}
${table(totalsOf(statement))}
<table><thead><tr>${columns.map((column) => `<th>${column.title}</th>`).join('')}</tr></thead><tbody>
`;
  for await (const record of records) {
    yield `<tr>${columns.map(({ fen, text }) => `<td${fen ? ' class="fen"' : ''}>${escaped(text(record))}</td>`).join('')}</tr>\n`;
  }
  yield `</tbody></table>
<p>明细行数 ${statement.row_count}<br>明细文件 SHA-256 <span class="sha">${statement.sha256}</span></p>
<div class="signs">${signs.map((sign) => `<span>${sign}:________________</span>`).join('')}</div>
</body></html>
`;
}

type Fact = readonly [label: string, value: string];

function table(facts: readonly Fact[]): string {
  return `<table>${facts.map(([label, value]) => `<tr><th>${escaped(label)}</th><td>${escaped(value)}</td></tr>`).join('')}</table>`;
}

function nameOf(statement: StatementHead): string {
  return 'merchant_id' in statement ? statement.merchant_name : statement.community_name;
}

function factsOf(statement: StatementHead): Fact[] {
  const { run_number: number, run_id: run, from_day: from, through_day: through, closed_at: closed } = statement;
  const whose: Fact[] =
    'merchant_id' in statement
      ? [
          ['商户', `${statement.merchant_name}（${statement.merchant_id}）`],
          ['结算社区', `${statement.community_name}（${statement.community_id}）`],
          ['付款编号', statement.payout_id],
        ]
      : [['社区', `${statement.community_name}（${statement.community_id}）`]];
  return [...whose, ['清算批次', `第 ${number} 期（${run}）`], ['结算周期', `${from} 至 ${through}`], ['清算时间', inShanghai(closed)]];
}

function totalsOf(statement: StatementHead): Fact[] {
  return 'merchant_id' in statement ? merchantTotals(statement) : communityTotals(statement);
}

function communityTotals({ totals }: CommunityHead): Fact[] {
  return [
    ['应付合计（元）', yuan(totals.due_to_fen)],
    ['应收合计（元）', yuan(totals.due_from_fen)],
    ['净额（元；正数应收，负数应付）', yuan(totals.net_fen)],
    ...totals.counterparties.map((each): Fact => [
      each.name,
      `应付 ${yuan(each.due_to_fen)} 应收 ${yuan(each.due_from_fen)} 净额 ${yuan(each.net_fen)}`,
    ]),
    ['应付商户合计（元）', `${yuan(totals.payable_fen)}（付款 ${totals.payouts} 笔）`],
  ];
}

function merchantTotals({ totals }: MerchantHead): Fact[] {
  const { adjustments, carried_in_fen: carried } = totals;
  return [
    ['核销', `${totals.redemptions} 笔，${yuan(totals.redeemed_fen)} 元`],
    ['撤销', `${totals.reversals} 笔，${yuan(totals.reversed_fen)} 元`],
    ...(adjustments > 0 ? [['调整', `${adjustments} 笔，${yuan(totals.adjusted_fen)} 元`] as const] : []),
    ...(carried !== 0 ? [['上期结转（元）', yuan(carried)] as const] : []),
    ['本期合计（元）', yuan(totals.total_fen)],
  ];
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character]!);
}
