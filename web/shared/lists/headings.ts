/** The headings of lists of deeds, as offices name them. */
import { headingOf } from '../../../src/text/index.ts';

/** The contents of a column. */
export type Role = 'phone' | 'name' | 'quantity' | 'day' | 'text' | 'reference';

/** The roles of columns, in the order in which they are looked for; whole headings first, and then what a heading may contain. */
const roles: readonly { readonly role: Role; readonly whole: readonly string[]; readonly part: RegExp }[] = [
  {
    role: 'phone',
    whole: ['手机', '手机号', '手机号码', '电话', '电话号码', '联系电话', '联系方式', '号码', 'phone', 'mobile', 'tel'],
    part: /手机|电话|联系方式|phone|mobile/,
  },
  {
    role: 'name',
    whole: ['姓名', '名字', '居民', '志愿者', '参与人', '参加人', '参加人员', '参与人员', '人员', 'name', 'resident'],
    part: /姓名|名字/,
  },
  {
    role: 'quantity',
    whole: ['时长', '小时', '小时数', '工时', '时数', '数量', '次数', '服务时数', 'hours', 'quantity', 'qty'],
    part: /时长|小时数|时数|次数|hours/,
  },
  { role: 'day', whole: ['日期', '时间', '日子', 'date', 'day', 'occurred_on'], part: /日期|活动时间|服务时间|参加时间|date/ },
  {
    role: 'text',
    whole: ['事由', '说明', '内容', '活动', '项目', '活动名称', '项目名称', '事项', '描述', '摘要', 'description', 'deed'],
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

/** The role of a column by its heading; undefined if it is none of these. */
export function roleOf(heading: string): Role | undefined {
  const { name } = headingOf(heading);
  if (name === '') return undefined;
  return wholeRole(name) ?? (others.test(name) ? undefined : roles.find(({ part }) => part.test(name))?.role);
}

/** Whether a heading is exactly one that is known, and so goes before one that contains it. */
export function isWhole(heading: string): boolean {
  return wholeRole(headingOf(heading).name) !== undefined;
}

function wholeRole(name: string): Role | undefined {
  return roles.find(({ whole }) => whole.includes(name))?.role;
}
