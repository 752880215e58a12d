export type CommunitySeed = {
  readonly id: string;
  readonly name: string;
  /** How its shops are called. */
  readonly short: string;
  readonly residents: number;
  readonly merchants: number;
  /** Where its middle is on a map, made up: north and east in millionths of a degree, about a kilometre from the next. */
  readonly middle: readonly [latitudeE6: number, longitudeE6: number];
};

/**
 * The ten communities, the last one openly an example. The numbers are made up, and one-sided on purpose: people live in some and
 * shop in others, so that what communities owe each other does not cancel out.
 */
export const communitySeeds: readonly CommunitySeed[] = [
  { id: 'taiyan', name: '太炎社区', short: '太炎', residents: 1_400, merchants: 5, middle: [30_299_100, 119_959_300] },
  { id: 'songjiashan', name: '宋家山社区', short: '宋家山', residents: 1_700, merchants: 3, middle: [30_299_400, 119_970_100] },
  { id: 'cangnan', name: '仓南社区', short: '仓南', residents: 2_100, merchants: 3, middle: [30_299_000, 119_980_600] },
  { id: 'gexiang', name: '葛巷社区', short: '葛巷', residents: 2_600, merchants: 2, middle: [30_299_300, 119_991_200] },
  { id: 'zhumiao', name: '朱庙社区', short: '朱庙', residents: 2_200, merchants: 1, middle: [30_290_200, 119_959_100] },
  { id: 'longtan', name: '龙潭社区', short: '龙潭', residents: 700, merchants: 9, middle: [30_290_100, 119_969_800] },
  { id: 'xiangwang', name: '向往社区', short: '向往', residents: 1_000, merchants: 6, middle: [30_290_300, 119_980_200] },
  { id: 'chuangjing', name: '创景社区', short: '创景', residents: 600, merchants: 14, middle: [30_289_900, 119_990_700] },
  { id: 'wanhe', name: '万和社区', short: '万和', residents: 600, merchants: 16, middle: [30_281_200, 119_969_500] },
  { id: 'example', name: '示例社区', short: '示例', residents: 100, merchants: 1, middle: [30_281_000, 119_980_300] },
];
