/** How long a tree's tests take. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyOf, type Tree } from '../trees.ts';

export type Took = { readonly command: string; readonly seconds: readonly number[]; readonly failed: number };

const commands: readonly (readonly [string, ...string[]])[] = [['npm', 'test'], ['.ci/run']];

/** Runs each command in a fresh copy of each tree, turn by turn, so that a slow hour of the machine is shared; `rounds` times. */
export async function timesOf(trees: readonly Tree[], rounds: number): Promise<Took[][]> {
  const copies = trees.map(({ folder }) => copyOf(folder, 'none'));
  try {
    for (const { folder } of copies) await timed(folder, ['npm', 'ci']);
    const runs: { readonly at: number; readonly command: string; readonly seconds: number; readonly ok: boolean }[] = [];
    for (const command of commands)
      for (let round = 0; round < rounds; round += 1)
        for (const [at, { folder }] of copies.entries()) runs.push({ at, command: command.join(' '), ...(await timed(folder, command)) });
    return copies.map((_, tree) =>
      commands.map((command) =>
        summed(
          command.join(' '),
          runs.filter(({ at }) => at === tree),
        ),
      ),
    );
  } finally {
    for (const copy of copies) copy.close();
  }
}

function summed(command: string, runs: readonly { readonly command: string; readonly seconds: number; readonly ok: boolean }[]): Took {
  const own = runs.filter((run) => run.command === command);
  return { command, seconds: own.map(({ seconds }) => seconds), failed: own.filter(({ ok }) => !ok).length };
}

async function timed(cwd: string, [program, ...args]: readonly [string, ...string[]]): Promise<{ seconds: number; ok: boolean }> {
  const startedAt = performance.now();
  const [code] = (await once(spawn(program, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] }), 'exit')) as [number | null];
  return { seconds: (performance.now() - startedAt) / 1_000, ok: code === 0 };
}
