/**
 * How vitest runs in the copy of a tree: as that tree's configuration says, but one file after another in the order that `MUTATIONS_ORDER`
 * names (a file of JSON), and with `reached.ts` in each test file.
 */
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { ViteUserConfig } from 'vitest/config';

/** A test that fails because the machine is busy would be taken for one that noticed something. */
const TEST_MS = 180_000;

const root = process.cwd();

type File = { readonly moduleId: string };

class InOrder {
  async shard(files: File[]): Promise<File[]> {
    return files;
  }

  async sort(files: File[]): Promise<File[]> {
    const named = process.env['MUTATIONS_ORDER'];
    if (!named) return files;
    const order = JSON.parse(readFileSync(named, 'utf8')) as string[];
    const placeOf = ({ moduleId }: File) => order.indexOf(relative(root, moduleId));
    return files.toSorted((a, b) => placeOf(a) - placeOf(b));
  }
}

export default async function config(): Promise<ViteUserConfig> {
  const { default: own } = (await import(join(root, 'vitest.config.ts'))) as { default: ViteUserConfig };
  const projects = (own.test?.projects ?? []) as ViteUserConfig[];
  const reached = join(root, 'mutations/reached.ts');
  return {
    ...own,
    test: {
      ...own.test,
      maxWorkers: 1,
      sequence: { sequencer: InOrder as never },
      projects: projects.map((project) => ({
        ...project,
        test: {
          ...project.test,
          testTimeout: TEST_MS,
          hookTimeout: TEST_MS,
          setupFiles: [reached, ...[project.test?.setupFiles ?? []].flat()],
        },
      })),
    },
  };
}
