import type { Command } from '../matters.ts';

/** The words for the matters that take two officers, in Chinese: the name of each, and the sentences and terms about it. */
export const matters = {
  grant: {
    called: '发放积分',
    times: (n: string) => `数量 ${n}`,
    points: (n: string) => `${n} 积分`,
  },
  clawback: {
    called: '追回积分',
    takesBack: (who: string, n: string) => `追回给 ${who} 的 ${n} 积分`,
  },
  erasure: {
    called: '注销居民',
    leaves: (who: string) => `注销 ${who}，七天后办理`,
  },
  policy: {
    called: '修改政策',
    title: (name: string, meaning: string) => `${name}：${meaning}`,
    now: '现行',
    next: '改为',
  },
  officer: {
    called: '新增工作人员',
    title: (name: string, office: string) => `新增工作人员：${name}（${office}）`,
    officer: '工作人员',
    office: '所属单位',
    street: '街道办',
    person: '本人的居民身份',
    none: '不是居民',
    unstated: '未登记',
  },
  officer_person: {
    called: '登记工作人员的居民身份',
    officer: '工作人员',
    person: '本人的居民身份',
    none: '不是居民',
  },
  credential: {
    called: '开接口密钥',
    officer: '工作人员',
    name: '密钥名称',
    scopes: '权限',
    allScopes: '该类接入的全部权限',
  },
  login: {
    called: '开登录账号',
    officer: '工作人员',
    name: '用户名',
  },
  successor: {
    called: '社区合并承接',
    title: (old: string, next: string) => `${next}承接${old}`,
    succeeded: '被承接社区',
    successor: '承接社区',
    fromDay: '生效日',
  },
  adjustment: {
    called: '调整已结算的分录',
    wrong: '错误的分录',
    right: '应当为',
    nothing: '不应记账',
    payTo: (merchant: string) => `付给商户 ${merchant}`,
    borneBy: '由谁承担',
  },
} satisfies Record<Command, { readonly called: string; readonly [word: string]: unknown }>;
