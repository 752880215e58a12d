/**
 * Builds the pages into `web/dist` if their sources have changed since. `npm start` runs it first. The API needs no pages: where they cannot
 * be built it says so, and the service starts without them.
 */
import { createHash } from 'node:crypto';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const root = import.meta.dirname;
const stamp = join(root, 'dist/.sources');

/** Builds if something has changed; answers whether it did. */
export async function buildPages(): Promise<boolean> {
  const sources = sourcesHash();
  if (readIfThere(stamp) === sources) return false;
  await asInProduction(async () => {
    const { build } = await import('vite');
    await build({ configFile: join(root, 'vite.config.ts') });
  });
  await compressBuilt(join(root, 'dist'));
  writeFileSync(stamp, sources);
  return true;
}

/** Files that are smaller than a packet gain nothing. */
const COMPRESSED_FROM_BYTES = 1_400;

/** Brotli's best quality takes a hundred times as long for a tenth fewer bytes, and every build waits for it. */
const BROTLI_QUALITY = 7;

/**
 * Writes each text in a folder compressed beside it, as `.br` and `.gz`, for the service to send as they are. Pages themselves are not among
 * them: a nonce is put into each when it is sent.
 */
export async function compressBuilt(folder: string): Promise<void> {
  const files = globSync('**/*.{js,css,json,svg,webmanifest}', { cwd: folder }).map((file) => join(folder, file));
  const ways = [
    ['br', (bytes: Buffer) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } })],
    ['gz', (bytes: Buffer) => promisify(gzip)(bytes, { level: constants.Z_BEST_COMPRESSION })],
  ] as const;
  for (const file of files) {
    const bytes = readFileSync(file);
    if (bytes.length < COMPRESSED_FROM_BYTES) continue;
    await Promise.all(ways.map(async ([ending, compress]) => writeFileSync(`${file}.${ending}`, await compress(bytes))));
  }
}

/** Otherwise a build that tests ask for would have what is meant for developing, twice as large, and would stay for whoever starts next. */
async function asInProduction(work: () => Promise<void>): Promise<void> {
  const before = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  try {
    await work();
  } finally {
    if (before === undefined) delete process.env['NODE_ENV'];
    else process.env['NODE_ENV'] = before;
  }
}

/** The SHA-256 hash, in hex, of everything that the pages are built from: their sources, and the packages by the lock file. */
function sourcesHash(): string {
  const files = globSync('**/*.{ts,tsx,html,css,svg,png,js,json,webmanifest}', { cwd: root, exclude: ['dist/**', 'node_modules/**'] });
  const hash = createHash('sha256').update(readFileSync(join(root, '../package-lock.json')));
  for (const file of files.toSorted()) hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

if (import.meta.main) {
  try {
    if (await buildPages()) process.stdout.write('The pages were built anew.\n');
  } catch (error) {
    process.stderr.write(
      `callmi: the pages could not be built, the API starts without them: ${error instanceof Error ? error.message : error}\n`,
    );
  }
}
