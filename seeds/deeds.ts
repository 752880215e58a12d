import type { RuleTerms } from '../src/communities/index.ts';

type Terms = Pick<RuleTerms, 'name' | 'per' | 'points' | 'capDay' | 'capMonth' | 'capYear'>;

/** The rules by which every community grants points, one of each class. */
export const ruleSeeds = {
  volunteer: { name: '志愿服务', per: 'hour', points: 20, capDay: 160, capMonth: 1_600, capYear: 6_000 },
  deliberation: { name: '社区议事', per: 'event', points: 50, capDay: 50, capMonth: 200, capYear: null },
  civility: { name: '文明创建', per: 'event', points: 80, capDay: 80, capMonth: 320, capYear: null },
  commendation: { name: '见义勇为与突出贡献', per: 'event', points: 500, capDay: null, capMonth: null, capYear: null },
} as const satisfies Record<string, Terms>;

export type RuleClass = keyof typeof ruleSeeds;

export const volunteerWork = ['河道清洁', '敬老午餐', '反诈宣传', '交通劝导', '垃圾分类督导', '护学岗', '旧物回收', '绿地养护', '消防演练'];
export const courierWork = '骑手巡查：安全隐患随手报';
export const meetingTopics = ['电梯加装', '停车位改造', '口袋公园选址', '老年食堂', '充电桩布点', '楼道堆物', '养犬公约', '儿童之家'];
export const civilDeeds = ['文明家庭评比', '美丽楼道', '垃圾分类红榜', '文明养犬', '庭院整治'];
