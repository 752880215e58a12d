/** How fast two trees redeem, in pairs of runs that follow each other, so that both meet the same hour of the machine. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyOf, type Tree } from '../trees.ts';

/** The ratio of the second tree's rate to the first's: its mean, and the interval that holds the true one with 95 %. */
export type Ratio = { readonly mean: number; readonly from: number; readonly to: number; readonly pairs: number };

/** Short runs on a small database: what is compared is two trees, not a tree with the machine. */
const SIZE = ['--vouchers', '60000', '--requests', '20000', '--warmup', '4000', '--rounds', '1', '--seconds', '20'];

/** Runs `npm run bench -- redeem` in copies of both trees, `pairs` times in turn; every other pair begins with the second. */
export function redeemRatio([first, second]: readonly [Tree, Tree], pairs: number): Ratio {
  const copies = [first, second].map(({ folder }) => copyOf(folder, 'linked'));
  try {
    const ratios = Array.from({ length: pairs }, (_, pair) => {
      const rates = [0, 0];
      for (const at of pair % 2 === 0 ? [0, 1] : [1, 0]) rates[at] = rateOf(copies[at]!.folder);
      return rates[1]! / rates[0]!;
    });
    return intervalOf(ratios);
  } finally {
    for (const copy of copies) copy.close();
  }
}

/** Redemptions a second. */
function rateOf(folder: string): number {
  execFileSync('node', ['bench/main.ts', 'redeem', ...SIZE], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  const { figures } = JSON.parse(readFileSync(join(folder, 'bench/results/redeem.json'), 'utf8')) as {
    readonly figures: Readonly<Record<string, { readonly median: number }>>;
  };
  return figures['redeem, per second']!.median;
}

/** Half the width of a 95 % interval in standard errors, of few values: Student's t for 4, 9, 19 and more degrees of freedom. */
const T: readonly (readonly [degrees: number, t: number])[] = [
  [19, 2.093],
  [9, 2.262],
  [4, 2.776],
  [0, 12.706],
];

/** Ratios are compared by their logarithms: half as fast is as far from equal as twice as fast. */
export function intervalOf(ratios: readonly number[]): Ratio {
  const logs = ratios.map(Math.log);
  const mean = logs.reduce((sum, each) => sum + each, 0) / logs.length;
  const variance = logs.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (logs.length - 1);
  const t = T.find(([degrees]) => logs.length - 1 >= degrees)![1];
  const half = t * Math.sqrt(variance / logs.length);
  return { mean: Math.exp(mean), from: Math.exp(mean - half), to: Math.exp(mean + half), pairs: ratios.length };
}
