import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, release, totalmem, type as system } from 'node:os';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export type Machine = { readonly cpu: string; readonly cores: number; readonly memoryGiB: number; readonly os: string };

export function machine(): Machine {
  const cores = cpus();
  const memoryGiB = Math.round(totalmem() / 2 ** 30);
  return { cpu: cores[0]?.model.trim() ?? 'unknown', cores: cores.length, memoryGiB, os: `${distribution()}, ${system()} ${release()}` };
}

function distribution(): string {
  try {
    return /^PRETTY_NAME="?([^"\n]+)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'unknown';
  } catch {
    return 'unknown';
  }
}

/** `databases` are the names and versions of those that were measured. */
export function versions(databases: readonly string[]): Record<string, string> {
  return {
    node: process.version,
    callmi: commit(),
    ...Object.fromEntries(databases.map((text) => text.split(' ') as [string, string])),
    'better-sqlite3': versionOf('better-sqlite3'),
    pg: versionOf('pg'),
    fastify: versionOf('fastify'),
  };
}

function versionOf(name: string): string {
  return (JSON.parse(readFileSync(`${root}/node_modules/${name}/package.json`, 'utf8')) as { version: string }).version;
}

/** The commit that is checked out, marked where files differ from it. */
function commit(): string {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty', '--abbrev=10'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return 'unknown';
  }
}
