/** What the API says of a field (`is missing`, `must be at least 1`) in Chinese. The first that fits is said. */
const sentences: readonly (readonly [RegExp, (...parts: string[]) => string])[] = [
  [/^is missing/, () => '请填写此项'],
  [/^must be at least (\d+) characters? long/, (n) => `至少 ${n} 个字符`],
  [/^must be at most (\d+) characters? long/, (n) => `最多 ${n} 个字符`],
  [/^must have at least (\d+) items?/, (n) => `至少 ${n} 项`],
  [/^must have at most (\d+) items?/, (n) => `最多 ${n} 项`],
  [/^must have at most (\d+) decimals/, (n) => `最多 ${n} 位小数`],
  [/^must be at least (-?[\d.]+)/, (n) => `不能小于 ${n}`],
  [/^must be at most (-?[\d.]+)/, (n) => `不能大于 ${n}`],
  [/^must be a multiple of (\d+)/, (n) => `须为 ${n} 的倍数`],
  [/^must be a mobile number/, () => '请输入 11 位手机号'],
  [/^must be the 18 digits of a code/, () => '券码有误，请核对 18 位数字'],
  [/^must be (\d+) digits/, (n) => `请输入 ${n} 位数字`],
  [/^must be (?:a whole number|an integer)/, () => '请输入整数'],
  [/^must be a number/, () => '请输入数字'],
  [/^must be (?:a real date|an RFC 3339 time)/, () => '请选择有效的日期'],
  [/^must lie between the years/, () => '日期超出范围'],
  [/^must not be before/, () => '不能早于开始日期'],
  [/^must be within/, () => '时间范围太长'],
  [/^must not hold control characters/, () => '不能含有换行等控制字符'],
  [/^must be the id of a community/, () => '2 到 32 位小写字母、数字或短横线'],
  [/^must be (\d+ to \d+) of a-z/, (n) => `${n.replace('to', '到')} 位小写字母、数字、点或短横线，以字母开头`],
  [/^must be (\d+ to \d+) of A-Z/, (n) => `${n.replace('to', '到')} 位字母、数字或 . _ : -`],
  [/^must be there if the other one is/, () => '两项须同时填写'],
  [/^must be another one than before/, () => '不能与原来相同'],
  [/^must be [a-z ]+: [a-z]+_ and 32 hex digits/, () => '编号不完整或有误'],
  [/^must be one of/, () => '请选择列出的一项'],
];

/** The sentence for what the API says of a field; for what has none, that the field is to be looked at. */
export function fieldError(detail: string): string {
  for (const [pattern, say] of sentences) {
    const match = pattern.exec(detail);
    if (match) return say(...match.slice(1));
  }
  return '此项填写有误，请检查';
}
