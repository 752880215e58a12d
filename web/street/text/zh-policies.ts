/** The street console's words about policies, in Chinese. */
import { points, yuan } from '../../shared/format.ts';
import { daysSaid } from '../policies/days.ts';
import { pairsIn, type PolicyName, type PolicyValues, type Unit } from '../policies/policy.ts';

export type PolicyWords = {
  readonly [N in PolicyName]: {
    readonly name: string;
    readonly explained: string;
    /** The parts of a value, by key. */
    readonly fields: Readonly<Record<keyof PolicyValues[N], string>>;
    /** A value as a sentence; `named` gives a community its name. */
    readonly means: (value: PolicyValues[N], named: (community: string) => string) => string;
  };
};

const JOINED = '；';

const each: PolicyWords = {
  rate: {
    name: '积分价值',
    explained: '多少积分抵多少钱。已经发出的代金券面额不变。',
    fields: { points: '积分', fen: '抵多少钱' },
    means: ({ points: n, fen }) => `${points(n)} 积分抵 ${yuan(fen)} 元`,
  },
  voucher_validity: {
    name: '代金券有效期',
    explained: '代金券从兑换次日起多少天内有效。',
    fields: { days: '有效天数' },
    means: ({ days }) => `代金券 ${days} 天内有效`,
  },
  lot_validity: {
    name: '积分有效期',
    explained: '积分在活动之后第几个日历年的年底过期。',
    fields: { years: '有效至第几年年底' },
    means: ({ years }) => (years === 1 ? '积分有效至次年年底' : `积分有效至第 ${years} 年年底`),
  },
  reversal_window: {
    name: '核销撤销时限',
    explained: '核销之后多长时间内，收银员可以撤销。',
    fields: { hours: '可撤销时间' },
    means: ({ hours }) => `核销后 ${hours} 小时内可撤销`,
  },
  grant_backdating: {
    name: '补发期限',
    explained: '活动之后多少天内还可以补发积分。',
    fields: { days: '可补发天数' },
    means: ({ days }) => `活动之后 ${days} 天内可补发`,
  },
  exposure_limit: {
    name: '积分额度',
    explained: '一个社区的未使用积分最多多少，超过就不能再发放。',
    fields: { points: '每个社区的额度', communities: '单独的额度' },
    means: ({ points: n, communities = {} }, named) =>
      [
        `每个社区的未使用积分最多 ${points(n)}`,
        ...Object.entries(communities).map(([id, some]) => `${named(id)} ${points(some)} 积分`),
      ].join(JOINED),
  },
  proposal_validity: {
    name: '审批有效期',
    explained: '审批事项等待第二名工作人员审批的最长时间，放假的日子不算。',
    fields: { hours: '有效时间' },
    means: ({ hours }) => `审批事项 ${hours} 小时内有效（放假的日子不算）`,
  },
  calendar: {
    name: '工作日历',
    explained: '哪些日子放假，哪些周末上班。审批等期限按工作日计算，放假的日子不算。',
    fields: { off: '放假的日子', on: '调休上班的日子' },
    means: ({ off, on }) =>
      [
        '周一至周五上班',
        ...(off.length > 0 ? [`放假 ${daysSaid(off, ' 至 ')}`] : []),
        ...(on.length > 0 ? [`调休上班 ${daysSaid(on, ' 至 ')}`] : []),
      ].join(JOINED),
  },
  grant_alone: {
    name: '单人发放限额',
    explained: '一名工作人员不经第二人审批，最多可以发放多少积分。超过的须提交审批。',
    fields: { points: '每次发放', points_day: '每名工作人员每天', points_resident_month: '每名工作人员每月给同一居民' },
    means: ({ points: n, points_day: day, points_resident_month: month }) =>
      `单人发放每次最多 ${points(n)} 积分，每天最多 ${points(day)} 积分，每月给同一居民最多 ${points(month)} 积分`,
  },
  code_validity: {
    name: '券码有效期',
    explained: '居民出示的券码多少秒内有效。',
    fields: { seconds: '有效时间' },
    means: ({ seconds }) => `券码 ${seconds} 秒内有效`,
  },
  offline_window: {
    name: '离线核销时限',
    explained: '断网时收银机存下的核销，最迟多久之内补传。',
    fields: { hours: '补传时限' },
    means: ({ hours }) => `离线核销须在 ${hours} 小时内补传`,
  },
  redemption_cycles: {
    name: '同一券核销次数',
    explained: '一张代金券（经撤销后）最多可以核销几次。',
    fields: { max: '最多次数' },
    means: ({ max }) => `同一张券最多核销 ${max} 次`,
  },
  cut_off: {
    name: '日切时间',
    explained: '每天几点以后算作下一个营业日，24 点就是午夜。',
    fields: { hour: '几点结束' },
    means: ({ hour }) => (hour === 24 ? '营业日到午夜 24 点结束' : `营业日到 ${hour} 点结束，之后算下一天`),
  },
  fund: {
    name: '资金池要求',
    explained: '社区是否必须有资金池才能发放，以及用到多少时提醒。',
    fields: { required: '必须有资金池', warn_percents: '提醒的百分数' },
    means: ({ required, warn_percents: percents = [] }) =>
      [
        required ? '没有资金池的社区不能发放' : '资金池可有可无；有资金池的社区不能超出',
        `用到 ${percents.map((percent) => `${percent}%`).join('、')} 时提醒`,
      ].join(JOINED),
  },
  position_limit: {
    name: '社区间欠款提醒',
    explained: '一个社区欠另一个社区的净额超过多少时提醒双方。只提醒，不限制。',
    fields: { fen: '提醒的净额', pairs: '单独的净额' },
    means: ({ fen, pairs = {} }, named) =>
      [
        fen === null ? '社区之间的欠款不设提醒' : `欠款净额到 ${yuan(fen)} 元时提醒`,
        ...pairsIn(pairs).map(({ debtor, creditor, fen: some }) => `${named(debtor)}欠${named(creditor)} ${yuan(some)} 元`),
      ].join(JOINED),
  },
  confirmation: {
    name: '付款确认期限',
    explained: '社区多少天内要确认付款，逾期由街道代为确认。',
    fields: { days: '确认天数' },
    means: ({ days }) => `付款须在 ${days} 天内确认`,
  },
};

export const policies = {
  title: '政策',
  lead: '街道的规则，每次修改都是一个新版本：一名工作人员提出，另一名审批。新版本不追溯，以前的积分、代金券和核销按当时的规则。',
  all: '返回政策',
  policy: '政策',
  inForce: '现行规则',
  since: '生效时间',
  coming: '即将生效',
  from: (time: string) => `${time} 起`,
  versions: '版本',
  version: '版本',
  standing: '状态',
  current: '现行',
  comingOne: '即将生效',
  past: '已失效',
  value: '内容',
  effectiveFrom: '生效时间',
  proposedBy: '提出人',
  approvedBy: '审批人',
  setAt: '同意时间',
  atFounding: '初始设置',
  propose: '提出新版本',
  proposeIt: '提交审批',
  proposed: '已提交审批，等另一名工作人员同意',
  willMean: '新规则：',
  when: '何时生效',
  whenApproved: '同意后立即生效',
  whenAt: '指定时间生效',
  at: '生效时间',
  atHint: '北京时间，不能早于审批同意之时',
  optional: '不填表示不限',
  noAmount: '请填写大于 0 的金额，例如 10 或 10.50',
  percentsHint: '1 到 5 个百分数，用顿号隔开，例如 70、90',
  daysHint: '每行一个日期，或用顿号隔开，例如 2027-01-01、2027-02-15；可以不填',
  /** The faults of days that were typed. */
  daysWrong: {
    unreadable: (text: string) => `“${text}”不是完整的日期，请写成 2027-01-01`,
    twice: (day: string) => `${day} 重复了：同一天只能填一次`,
    many: (most: string) => `最多 ${most} 天`,
  },
  community: '社区',
  debtor: '付款社区',
  creditor: '收款社区',
  owes: '欠',
  remove: '移除',
  addCommunity: '为某个社区单独设定',
  addPair: '为某两个社区单独设定',
  units: {
    points: '积分',
    points_day: '积分',
    points_resident_month: '积分',
    fen: '元',
    days: '天',
    years: '年',
    hours: '小时',
    seconds: '秒',
    max: '次',
    hour: '点',
  } satisfies Record<Unit, string>,
  each,
};
