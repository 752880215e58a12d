import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { erasedIn, erasuresFile, keepErasedIn } from '../../src/erasures-file.ts';
import { residentById } from '../../src/communities/index.ts';
import { backup, openReadable, openStore } from '../../src/store/index.ts';
import { callmi } from '../support/callmi.ts';
import { erased } from '../support/leaving.ts';
import { hexNo } from '../support/rows.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { openWorld } from '../support/world.ts';

const DAY = 86_400_000;

it('a backup that is restored has its erasures again, also of a person who had not asked yet when it was made', async () => {
  const world = await openWorld(Date.now() - 9 * DAY);
  const { residentId, url, file } = world;
  const saved = join(tempFolder(), 'saved.db');
  await world.grantHours(world.gexiang, residentId, 30);
  await world.takeVoucher();
  backup(url, saved);
  const kept = await erased(world);
  const path = erasuresFile(url);
  expect(dirname(path)).toBe(dirname(file));
  for (const each of kept) keepErasedIn(path, each);
  await world.close();

  const said = await callmi(url, 'restore', saved);
  expect(said, said.err).toMatchObject({
    code: 0,
    out: expect.stringContaining('restore: people erased again, since they left after the backup: 1\n'),
  });
  const store = await openReadable(url);
  expect(await residentById(store, residentId)).toMatchObject({
    name: '',
    phoneSealed: '',
    status: 'ended',
    erasureId: kept[0]!.erasureId,
  });
  await store.close();
  expect(await callmi(url, 'audit', '--no-record')).toMatchObject({ code: 0 });
  expect(erasedIn(path)).toEqual(kept);
  expect(await callmi(url, 'erase-again')).toMatchObject({ code: 0, out: 'erase-again: people erased again: 0\n' });
  // The same backup a second time, and the one that was kept beside it by the first restore.
  for (const [from, again] of [
    [saved, 'restore: people erased again, since they left after the backup: 1\n'],
    [`${file}.before-restore-2`, ''],
  ] as const) {
    const once = await callmi(url, 'restore', from);
    expect(once, once.err).toMatchObject({ code: 0, out: expect.stringContaining(again) });
    expect(await callmi(url, 'audit', '--no-record')).toMatchObject({ code: 0 });
    expect(readFileSync(file).includes('葛小米')).toBe(false);
  }
  expect(erasedIn(path)).toEqual(kept);
});

it('a restored backup whose file of erasures is broken says that whoever left is there again', async () => {
  const world = await openWorld(Date.now() - 9 * DAY);
  const saved = join(tempFolder(), 'saved.db');
  backup(world.url, saved);
  writeFileSync(erasuresFile(world.url), 'no erasure\n');
  await world.close();
  const { code, err } = await callmi(world.url, 'restore', saved);
  expect(code).toBe(1);
  expect(err).toMatch(/^callmi: the backup is restored, but whoever left since is there again: line 1 of .*erasures\.jsonl is no erasure/);
  await (await openStore(world.url)).close();
});

it('the file has ids and times only, can be read by its owner alone, and does without an unfinished last line', () => {
  const path = join(tempFolder(), 'erasures.jsonl');
  const one = { erasureId: `era_${hexNo(1)}`, residentId: `res_${hexNo(2)}`, at: 1_796_000_000_000 };
  keepErasedIn(path, one);
  expect(readFileSync(path, 'utf8')).toBe(
    `{"erasure_id":"era_${hexNo(1)}","resident_id":"res_${hexNo(2)}","erased_at":"2026-11-30T00:53:20.000Z"}\n`,
  );
  expect(statSync(path).mode & 0o777).toBe(0o600);
  // Again by a process that was killed before it had noted that it was done.
  keepErasedIn(path, one);
  writeFileSync(path, `${readFileSync(path, 'utf8')}{"erasure_id":`);
  expect(erasedIn(path)).toEqual([one]);
  const two = { ...one, erasureId: `era_${hexNo(3)}` };
  keepErasedIn(path, two);
  expect(erasedIn(path)).toEqual([one, two]);
});

it('a line that a power cut left unfinished spoils none that comes later, and a last line without its end counts', () => {
  const path = join(tempFolder(), 'erasures.jsonl');
  const [one, two] = [1, 2].map((n) => ({ erasureId: `era_${hexNo(n)}`, residentId: `res_${hexNo(9)}`, at: 1_796_000_000_000 }));
  keepErasedIn(path, one!);
  const whole = readFileSync(path, 'utf8');
  writeFileSync(path, `${whole}{"erasure_id":"没写完`);
  keepErasedIn(path, two!);
  expect(erasedIn(path)).toEqual([one, two]);
  writeFileSync(path, whole.trimEnd());
  expect(erasedIn(path)).toEqual([one]);
  keepErasedIn(path, two!);
  expect(erasedIn(path)).toEqual([one, two]);
});
