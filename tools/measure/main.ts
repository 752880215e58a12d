/**
 * `npm run measure`: the size of this checkout, and where one thing is said in many places.
 *
 * `--against WORD` puts another commit or folder before it; `--openapi` also shows what differs between their OpenAPI documents; `--time`
 * also runs `npm test` and `.ci/run` in copies of both, `--rounds N` times, turn by turn, which takes long. `--redeem N` compares how fast
 * both redeem, in N pairs of runs.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { copyOf, here, openTree, type Tree } from '../trees.ts';
import { circlesIn } from './circles.ts';
import { filesOf, type Size, sizesOf } from './files.ts';
import { differences, openApiOf } from './openapi.ts';
import { placesIn, probes } from './places.ts';
import { redeemRatio } from './redeem.ts';
import { renamesIn } from './renames.ts';
import { type Row, table } from './table.ts';
import { timesOf } from './times.ts';

const { values } = parseArgs({
  options: {
    against: { type: 'string' },
    openapi: { type: 'boolean', default: false },
    time: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '1' },
    redeem: { type: 'string' },
  },
});

/** A row for each room that any of the trees has. */
function roomsOf(sizes: readonly ReadonlyMap<string, Size>[]): Row[][] {
  const rooms = [...new Set(sizes.flatMap((each) => [...each.keys()]))].toSorted();
  return sizes.map((each) => rooms.map((room) => [`${room}: files, lines`, shown(each.get(room))]));
}

function shown(size: Size | undefined): string {
  return size ? `${size.files}, ${size.lines}` : '-';
}

function sum(figures: readonly number[]): number {
  return figures.reduce((all, each) => all + each, 0);
}

/** The other figures of a tree: circles of imports, lines that only rename, and the places of each kind of change. */
function countsOf({ folder }: Tree): Row[] {
  const files = filesOf(folder);
  const sizes = sizesOf(folder, files);
  const inSrc = [...sizes].filter(([room]) => room.startsWith('src')).map(([, size]) => size);
  const sources = files.filter((file) => file.startsWith('src/'));
  const renames = sources.map((file) => renamesIn(file, readFileSync(join(folder, file), 'utf8')));
  const places = probes.map((probe) => [probe.heading, placesIn(folder, files, probe)] as const);
  return [
    ['all of src: files, lines', `${sum(inSrc.map((size) => size.files))}, ${sum(inSrc.map(({ lines }) => lines))}`],
    ['files at the root of src/api', String(sizes.get('src/api')?.files ?? 0)],
    ['circles of imports', String(circlesIn(folder, files).length)],
    ['lines that only rename, outwards', String(sum(renames.map(({ outwards }) => outwards)))],
    ['lines that only rename, inwards', String(sum(renames.map(({ inwards }) => inwards)))],
    ...places.map(([heading, { files: count, lines }]): Row => [`${heading}, by its probe: files, lines`, `${count}, ${lines}`]),
    ...places.map(([heading, { listed }]): Row => [`${heading}: places listed in CONTRIBUTING`, listed === 0 ? 'no list' : String(listed)]),
  ];
}

async function showOpenApi(trees: readonly Tree[]): Promise<void> {
  const documents: unknown[] = [];
  for (const { folder } of trees) {
    const copy = copyOf(folder, 'linked');
    documents.push(await openApiOf(copy.folder).finally(() => copy.close()));
  }
  const lines = trees.length === 2 ? differences(documents[0], documents[1]) : [];
  process.stdout.write(
    `\nOpenAPI: ${lines.length} values differ, apart from descriptions and summaries\n${lines.map((line) => `${line}\n`).join('')}`,
  );
}

async function showTimes(trees: readonly Tree[]): Promise<void> {
  const took = (await timesOf(trees, Number(values.rounds))).map((commands) =>
    commands.map(({ command, seconds, failed }): Row => {
      const each = seconds.map((one) => one.toFixed(0)).join(', ');
      return [`${command}: seconds`, failed === 0 ? each : `${each} (${failed} failed)`];
    }),
  );
  process.stdout.write(
    `\n${table(
      trees.map(({ name }) => name),
      took,
    )}`,
  );
}

function showRedeem([first, second]: readonly Tree[], pairs: number): void {
  if (!first || !second) throw new Error('--redeem compares two trees: name the other one with --against');
  const { mean, from, to } = redeemRatio([first, second], pairs);
  const [shownMean, ...interval] = [mean, from, to].map((each) => each.toFixed(3));
  process.stdout.write(`\nredeem, ${second.name} / ${first.name}: ${shownMean} (95 % of ${pairs} pairs: ${interval.join(' to ')})\n`);
}

const trees = [...(values.against === undefined ? [] : [openTree(values.against)]), { ...openTree(here), name: 'this checkout' }];
try {
  const names = trees.map(({ name }) => name);
  process.stdout.write(`${table(names, roomsOf(trees.map(({ folder }) => sizesOf(folder, filesOf(folder)))))}\n`);
  process.stdout.write(table(names, trees.map(countsOf)));
  for (const { name, folder } of trees)
    for (const circle of circlesIn(folder, filesOf(folder))) process.stdout.write(`circle in ${name}: ${circle.join(', ')}\n`);
  if (values.openapi) await showOpenApi(trees);
  if (values.time) await showTimes(trees);
  if (values.redeem !== undefined) showRedeem(trees, Number(values.redeem));
} finally {
  for (const tree of trees) tree.close();
}
