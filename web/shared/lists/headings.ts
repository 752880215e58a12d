/** The headings of lists of deeds, as offices name them. */
import { headingOf } from '../../../src/text/index.ts';

/** The contents of a column. */
export type Role = 'phone' | 'name' | 'quantity' | 'day' | 'text' | 'reference';

/** The roles of columns, in the order in which they are looked for; whole headings first, and then what a heading may contain. */
const roles: readonly { readonly role: Role; readonly whole: readonly string[]; readonly part: RegExp }[] = [
  {
    role: 'phone',
    whole: ['手机', '手机号', '手机号码', '电话', '电话号码', '联系电话', '联系方式', '号码', 'phone', 'mobile', 'tel', 'tel.'],
    part: /手机|电话|联系方式|phone|mobile/,
  },
  {
    role: 'name',
    whole: ['姓名', '名字', '居民', '志愿者', '参与人', '参加人', '参加人员', '参与人员', '人员', '队员', '成员', 'name', 'resident'],
    part: /姓名|名字/,
  },
  {
    role: 'quantity',
    whole: ['时长', '小时', '小时数', '工时', '时数', '数量', '次数', '服务时数', '分钟', 'hours', 'minutes', 'quantity', 'qty'],
    part: /时长|小时数|时数|次数|分钟数|hours/,
  },
  {
    role: 'day',
    whole: ['日期', '时间', '日子', '年月日', 'date', 'day', 'occurred_on'],
    part: /日期|活动时间|服务时间|参加时间|开展时间|date/,
  },
  {
    role: 'text',
    whole: [
      '事由',
      '说明',
      '内容',
      '活动',
      '项目',
      '活动名称',
      '项目名称',
      '事项',
      '描述',
      '摘要',
      '主题',
      '活动主题',
      'description',
      'deed',
    ],
    part: /事由|说明|内容|活动名|项目名|服务项目|事项|描述/,
  },
  {
    role: 'reference',
    whole: ['编号', '单号', '参考号', '业务号', '登记号', 'reference', 'external_reference'],
    part: /凭证号|参考号|业务单号/,
  },
];

/** Columns that only look like one of those: of somebody else, of another day, or of a running total. */
const others = /紧急|家长|监护|负责人|经办|审核|填表|制表|出生|登记日期|录入|报名|累计|总时长|签到|签退|开始|结束|邮箱|email/;
/** Phones and names of somebody else, also where only the brackets say so: `电话（家属）`. */
const ofOthers = /紧急|家长|家属|亲属|子女|监护|对象|受助|受益|被服务|负责人/;

/** The units in which a heading may count: `时长（分钟）`, `服务时间（小时）`, `分钟数`. */
const units: readonly (readonly [CountedIn, RegExp])[] = [
  ['分钟', /分钟|minutes?|^(?:单位)?mins?$/],
  ['小时', /小时|钟头|hours?|^(?:单位)?(?:h|hrs?|时)$/],
  ['次', /次数|^(?:单位)?(?:人次|次|场|场次)$/],
  ['天', /^(?:单位)?(?:天|天数|日|days?)$/],
];

/** The unit of a column's numbers, as it is written behind them: `120` under `时长（分钟）` is `120分钟`. */
export type CountedIn = '分钟' | '小时' | '次' | '天';

/** The unit that a heading names; '' if it names none. */
export function countedIn(heading: string): CountedIn | '' {
  const { name, unit } = headingOf(heading);
  return units.find(([, said]) => said.test(unit))?.[0] ?? units.find(([, said]) => said.test(name))?.[0] ?? '';
}

/** The role of a column by its heading; undefined if it is none of these. */
export function roleOf(heading: string): Role | undefined {
  const { name, unit } = headingOf(heading);
  // The headings of a list that is separated otherwise stand in one cell, which says nothing of a column.
  if (name === '' || /[,;]/.test(name)) return undefined;
  const role = wholeRole(name) ?? (others.test(name) ? undefined : roles.find(({ part }) => part.test(name))?.role);
  if ((role === 'phone' || role === 'name') && ofOthers.test(`${name} ${unit}`)) return undefined;
  // `服务时间（小时）` is how long, `服务时间` is when.
  return role === 'day' && ['分钟', '小时', '次'].includes(countedIn(heading)) ? 'quantity' : role;
}

/** Whether a heading is exactly one that is known, and so goes before one that contains it. */
export function isWhole(heading: string): boolean {
  return wholeRole(headingOf(heading).name) !== undefined;
}

function wholeRole(name: string): Role | undefined {
  return roles.find(({ whole }) => whole.includes(name))?.role;
}
