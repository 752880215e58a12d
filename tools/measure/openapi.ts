/** The OpenAPI document of a tree, and what differs between two of them. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** The document at `/openapi.json` of a tree's service, which is started on a database of its own. Throws if it does not listen. */
export async function openApiOf(folder: string): Promise<unknown> {
  const data = mkdtempSync(join(tmpdir(), 'callmi-openapi-'));
  const env = { ...process.env, DATABASE_URL: `file:${join(data, 'callmi.db')}`, PORT: '0', LOG_LEVEL: 'info', NODE_ENV: 'production' };
  const child = spawn(process.execPath, ['src/main.ts'], { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const gone = once(child, 'exit');
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      const [, address] = /CallMi listens at (http[^"\s]+)/.exec(line) ?? [];
      if (address) return await (await fetch(new URL('/openapi.json', address))).json();
    }
    throw new Error(`the service of ${folder} does not listen`);
  } finally {
    child.kill('SIGTERM');
    await gone;
    rmSync(data, { recursive: true });
  }
}

/**
 * A line for each value that is in one document only (`-` the first, `+` the second), by its path. Descriptions and summaries are left out;
 * lists of words, such as `required`, are sets.
 */
export function differences(before: unknown, after: unknown): string[] {
  const [old, new_] = [new Set(valuesOf(before)), new Set(valuesOf(after))];
  const lines = [...old.difference(new_)].map((value) => `- ${value}`).concat([...new_.difference(old)].map((value) => `+ ${value}`));
  return lines.toSorted((a, b) => (a.slice(2) < b.slice(2) ? -1 : 1));
}

function valuesOf(value: unknown, path = '', inProperties = false): string[] {
  if (typeof value !== 'object' || value === null) return [`${path} ${JSON.stringify(value)}`];
  if (Array.isArray(value)) return value.flatMap((each, at) => valuesOf(each, typeof each === 'object' ? `${path}/${at}` : path));
  const members = Object.entries(value).filter(([key]) => inProperties || !['description', 'summary'].includes(key));
  if (members.length === 0) return [`${path} {}`];
  return members.flatMap(([key, each]) => valuesOf(each, `${path}/${key.replaceAll('/', '~1')}`, key === 'properties'));
}
