import type { Chance } from './chance.ts';

const surnames = Array.from('陈王沈张李徐吴周朱俞金章董潘蒋许何姚洪郑胡林方叶赵杨陆钱汪葛施马严钟黄孙谢丁余卢');
const given = Array.from(
  '建国卫明华芳丽敏静秀英伟强军杰涛勇磊娟霞燕玲梅红兰平波飞龙鹏宇浩然子涵欣怡诗雨晨曦思远文博雅琪嘉佳俊哲晓月云海洋清源春秋生福根荣',
);

/** A name that could be anybody's and is nobody's: put together from two short lists. */
export function personName(chance: Chance): string {
  const second = chance.happens(0.8) ? chance.pick(given) : '';
  return chance.pick(surnames) + chance.pick(given) + second;
}

/** The n-th of the telephone numbers that stand in for real ones: 199 0000 0000 and up. */
export function syntheticPhone(n: number): string {
  return `199${String(n).padStart(8, '0')}`;
}
