import type { Place } from '../src/communities/index.ts';

/** The kinds of shops, in the order in which a community gets them; the more `popular`, the more vouchers are redeemed there. */
export const shopKinds = [
  { name: '超市', ascii: 'chaoshi', popular: 12 },
  { name: '便利店', ascii: 'bianlidian', popular: 6 },
  { name: '咖啡', ascii: 'kafei', popular: 5 },
  { name: '菜场', ascii: 'caichang', popular: 8 },
  { name: '面馆', ascii: 'mianguan', popular: 5 },
  { name: '水果店', ascii: 'shuiguodian', popular: 4 },
  { name: '烘焙坊', ascii: 'hongbeifang', popular: 3 },
  { name: '药店', ascii: 'yaodian', popular: 3 },
  { name: '理发店', ascii: 'lifadian', popular: 2 },
  { name: '书店', ascii: 'shudian', popular: 2 },
  { name: '早餐铺', ascii: 'zaocanpu', popular: 4 },
  { name: '洗衣店', ascii: 'xiyidian', popular: 2 },
  { name: '花店', ascii: 'huadian', popular: 1 },
  { name: '文具店', ascii: 'wenjudian', popular: 2 },
  { name: '茶馆', ascii: 'chaguan', popular: 1 },
  { name: '修理铺', ascii: 'xiulipu', popular: 1 },
] as const;

/**
 * Where the n-th shop of a community is: made up, in a widening ring around the community's middle, on the road that its store is called
 * after.
 */
export function placeOfShop([latitudeE6, longitudeE6]: readonly [number, number], n: number, store: string): Place {
  const angle = n * 2.4;
  const away = 600 + 180 * n;
  return {
    address: `仓前街道${store.replace(/店$/, '')} ${18 + n * 12} 号（虚构）`,
    latitudeE6: latitudeE6 + Math.round(away * Math.sin(angle)),
    longitudeE6: longitudeE6 + Math.round(away * Math.cos(angle)),
  };
}

export type ShopKind = (typeof shopKinds)[number]['name'];

/** Things on sale for points, at every shop of a kind; what the shop is owed for it, in fen, is a little less than the points are worth. */
export const items: Partial<Record<ShopKind, { readonly title: string; readonly points: number; readonly settlementFen: number }>> = {
  咖啡: { title: '拿铁咖啡一杯', points: 150, settlementFen: 1_200 },
  烘焙坊: { title: '全麦面包一个', points: 120, settlementFen: 1_000 },
  早餐铺: { title: '早餐套餐一份', points: 80, settlementFen: 700 },
  理发店: { title: '剪发一次', points: 300, settlementFen: 2_500 },
};
