/** CPU profiles of servers, as node's `--cpu-prof` writes them. */
import { globSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const TOP = 25;
/** The share of a profile that is left out: until then the server starts and warms up. */
const STARTING = 1 / 3;

type CallFrame = { readonly functionName: string; readonly url: string; readonly lineNumber: number };
type Profile = {
  readonly nodes: readonly { readonly id: number; readonly callFrame: CallFrame }[];
  readonly samples: readonly number[];
  /** Microseconds before each sample. */
  readonly timeDeltas: readonly number[];
};

export function profileFolder(name: string, workload: string): string {
  return `${root}bench/results/profiles/${name}/${workload.replaceAll(/[^\w-]/g, '-')}`;
}

/** Profiles of earlier invocations say nothing of this one. */
export function dropProfiles(name: string): void {
  rmSync(`${root}bench/results/profiles/${name}`, { recursive: true, force: true });
}

/** Where the time went, for each workload: its longest profile is that of the server's own thread. */
export function profileReport(name: string): string {
  const files = globSync(`bench/results/profiles/${name}/*/*.cpuprofile`, { cwd: root });
  const byWorkload = Map.groupBy(files, (file) => file.split('/').at(-2)!);
  return [...byWorkload].map(([workload, of]) => `\nprofile of ${workload}: ${of.join(', ')}\n${tableOf(busiest(of))}`).join('');
}

function busiest(files: readonly string[]): Profile {
  const profiles = files.map((file) => JSON.parse(readFileSync(root + file, 'utf8')) as Profile);
  return profiles.toSorted((a, b) => busyMicroseconds(b) - busyMicroseconds(a))[0]!;
}

function busyMicroseconds(profile: Profile): number {
  return selfTimes(profile, () => 'all')[0]?.[1] ?? 0;
}

/** Microseconds spent in frames themselves, not in what they call, by what `group` calls them; the most first. Waiting is left out. */
function selfTimes({ nodes, samples, timeDeltas }: Profile, group: (frame: CallFrame) => string): [string, number][] {
  const busy = nodes.filter(({ callFrame }) => callFrame.functionName !== '(idle)');
  const names = new Map(busy.map(({ id, callFrame }) => [id, group(callFrame)]));
  const times = new Map<string, number>();
  for (const [n, node] of samples.entries()) {
    const name = names.get(node);
    if (name !== undefined && n > samples.length * STARTING) times.set(name, (times.get(name) ?? 0) + timeDeltas[n]!);
  }
  return [...times].toSorted(([, a], [, b]) => b - a);
}

function tableOf(profile: Profile): string {
  const busy = busyMicroseconds(profile);
  const lines = (group: (frame: CallFrame) => string) =>
    selfTimes(profile, group)
      .slice(0, TOP)
      .map(([name, time]) => `  ${((100 * time) / busy).toFixed(1).padStart(5)} %  ${name}\n`)
      .join('');
  return `by module\n${lines(moduleOf)}by function\n${lines((frame) => `${frame.functionName || '(anonymous)'}  ${placeOf(frame)}`)}`;
}

function placeOf({ url, lineNumber }: CallFrame): string {
  const path = url.replace(/^file:\/\//, '').replace(root, '');
  return path === '' ? '' : `${path.replace(/^.*node_modules\//, '')}:${lineNumber + 1}`;
}

/** The package, the folder of the house or the part of node that a function belongs to. */
function moduleOf({ functionName, url }: CallFrame): string {
  const dependency = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url.slice(url.lastIndexOf('node_modules/')))?.[1];
  if (dependency) return dependency;
  if (url.startsWith('node:')) return url.split('/').slice(0, 2).join('/');
  const house = /\/((?:src|bench)\/[^/]+)/.exec(url)?.[1];
  if (house) return house;
  return functionName.startsWith('(') ? functionName : 'native code';
}
