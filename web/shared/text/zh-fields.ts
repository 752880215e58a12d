/** The sentences about a wrong field, in Chinese: one for each code that the API has. */
import type { Schemas } from '../../api/client.ts';

type FieldError = Schemas['FieldError'];

type Figures = {
  readonly at_least?: number;
  readonly at_most?: number;
  readonly of?: number;
  readonly digits?: number;
  readonly line?: number;
  readonly expected?: string;
  readonly how?: string;
  readonly allowed?: readonly unknown[];
  readonly headings?: readonly string[];
};

const look = '此项填写有误，请检查';
const fill = '请填写此项';
const number = '请输入数字';
const whole = '请输入整数';
const realDay = '请选择有效的日期';
const notBefore = '不能早于开始日期';
const tooLong = '时间范围太长';

/** By the way in which a spreadsheet has mangled a reference, what to do. */
const mangled: Readonly<Record<string, string>> = {
  shortened: '已被表格软件缩写成科学计数法，末尾数字丢失：请把该列设为“文本”格式，重新填写后再导出',
  covered: '列宽不够，导出成了“####”：请加宽该列并设为“文本”格式，再重新导出',
  formula: '这是表格公式：请把该列设为“文本”格式后重新导出，或只填号码本身',
  error: '这是表格公式的出错提示：请改正该单元格，把该列设为“文本”格式后重新导出',
  quoted: '开头的撇号是表格软件的文本标记：请去掉撇号，或把该列设为“文本”格式后重新导出',
};

const sentences: Readonly<Record<FieldError['code'], string | ((d: Figures) => string)>> = {
  missing: fill,
  column_missing: ({ headings = [] }) => `首行缺少此列${headings.length > 0 ? `，可写作：${headings.join('、')}` : ''}`,
  lines_missing: '文件中没有数据行',
  community_missing: fill,
  debtor_missing: fill,
  store_missing: fill,
  request_no_or_day_missing: fill,
  credentials_missing: fill,
  other_place_missing: '两项须同时填写',
  unknown_field: look,
  not_lines: look,
  not_of_a_phone: look,
  not_of_a_login: look,
  not_of_a_payout: '此项须为空',
  beside_authorization: look,
  repeated: '重复出现',
  repeated_in_batch: '重复出现',
  repeated_line: (d) => `与第 ${d.line} 行重复`,
  wrong_type: (d) => (d.expected === 'int' ? whole : d.expected === 'number' ? number : look),
  not_an_array: look,
  not_one_of: (d) => ((d.allowed ?? []).length > 1 ? '请选择列出的一项' : look),
  no_form_fits: look,
  phone_or_name: look,
  too_short: (d) => `至少 ${d.at_least} 个字符`,
  too_long: (d) => `最多 ${d.at_most} 个字符`,
  too_few: (d) => `至少 ${d.at_least} 项`,
  too_many: (d) => `最多 ${d.at_most} 项`,
  too_small: (d) => `不能小于 ${d.at_least}`,
  too_large: (d) => `不能大于 ${d.at_most}`,
  fen_of_a_line: '不能小于 1',
  not_whole_fen: whole,
  not_a_multiple: (d) => `须为 ${d.of} 的倍数`,
  too_many_decimals: (d) => `最多 ${d.at_most} 位小数`,
  control_characters: '不能含有换行等控制字符',
  hidden_characters: '含有看不见的字符，请手动重新输入，不要粘贴',
  not_named: '至少要有一个看得见的字符',
  mangled_by_spreadsheet: (d) => mangled[d.how ?? ''] ?? look,
  not_an_id: '编号不完整或有误',
  not_a_community_id: '2 到 32 位小写字母、数字或短横线',
  not_a_household_code: '请输入户主出示的 8 位家庭码',
  not_a_mobile_number: '请输入 11 位手机号',
  not_digits: (d) => `请输入 ${d.digits} 位数字`,
  not_hex_digits: look,
  not_a_code: '券码有误，请核对 18 位数字',
  not_a_login_name: '3 到 32 位小写字母、数字、点或短横线，以字母开头',
  not_a_request_no: '1 到 64 位字母、数字或 . _ : -',
  not_a_key: look,
  not_a_cursor: look,
  not_the_checksum: look,
  own_key: look,
  same_as_before: '不能与原来相同',
  not_a_day: realDay,
  not_a_time: realDay,
  year_out_of_range: '日期超出范围',
  before_from: notBefore,
  before_valid_from: notBefore,
  period_too_long: tooLong,
  off_and_on: '同一天不能既放假又上班',
  too_far_from_to: tooLong,
  not_valid: look,
};

/** The sentence for what the API says of a field; for a code that only a newer API has, that the field is to be looked at. */
export function fieldError({ code, details = {} }: FieldError): string {
  const sentence = Object.hasOwn(sentences, code) ? sentences[code] : look;
  return typeof sentence === 'string' ? sentence : sentence(details);
}
