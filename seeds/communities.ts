export type CommunitySeed = {
  readonly id: string;
  readonly name: string;
  /** How its shops are called. */
  readonly short: string;
  readonly residents: number;
  readonly merchants: number;
};

/**
 * The ten communities, the last one openly an example. The numbers are made up, and one-sided on purpose: people live in some and
 * shop in others, so that what communities owe each other does not cancel out.
 */
export const communitySeeds: readonly CommunitySeed[] = [
  { id: 'taiyan', name: '太炎社区', short: '太炎', residents: 1_400, merchants: 5 },
  { id: 'songjiashan', name: '宋家山社区', short: '宋家山', residents: 1_700, merchants: 3 },
  { id: 'cangnan', name: '仓南社区', short: '仓南', residents: 2_100, merchants: 3 },
  { id: 'gexiang', name: '葛巷社区', short: '葛巷', residents: 2_600, merchants: 2 },
  { id: 'zhumiao', name: '朱庙社区', short: '朱庙', residents: 2_200, merchants: 1 },
  { id: 'longtan', name: '龙潭社区', short: '龙潭', residents: 700, merchants: 9 },
  { id: 'xiangwang', name: '向往社区', short: '向往', residents: 1_000, merchants: 6 },
  { id: 'chuangjing', name: '创景社区', short: '创景', residents: 600, merchants: 14 },
  { id: 'wanhe', name: '万和社区', short: '万和', residents: 600, merchants: 16 },
  { id: 'example', name: '示例社区', short: '示例', residents: 100, merchants: 1 },
];
