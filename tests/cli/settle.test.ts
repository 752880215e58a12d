import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openSettlementRun } from '../../src/clearing/index.ts';
import { addDays, dayOf } from '../../src/ledger/index.ts';
import { callmi } from '../support/callmi.ts';
import { openCommunities } from '../support/communities.ts';
import { openScheme } from '../support/scheme.ts';
import { expectWhole } from '../support/server.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { openWorld, street } from '../support/world.ts';

const DAY_MS = 24 * 3_600_000;
const today = () => dayOf(Date.now());

/** Three communities that spent at each other's shops three and two days ago; gives these days. */
async function openDays() {
  const scheme = await openCommunities(['gexiang', 'taiyan', 'wanhe'], await openWorld(Date.now() - 3 * DAY_MS));
  const first = dayOf(scheme.world.clock.now);
  await scheme.spend('gexiang', 'wanhe', 3);
  await scheme.spend('taiyan', 'wanhe', 2);
  scheme.goOnTo(addDays(first, 1));
  await scheme.spend('wanhe', 'taiyan', 1);
  return { ...scheme, first, second: addDays(first, 1), yesterday: addDays(first, 2) };
}

/** All that is in the database. */
async function everything({ store: { read, tables } }: Awaited<ReturnType<typeof openDays>>['world']) {
  return Promise.all([tables.request, tables.businessDay, tables.settlementRun, tables.entry].map((table) => read.select().from(table)));
}

describe('callmi settle', () => {
  it('closes the days and the run, and prints who owes what; again it changes nothing and prints the same', async () => {
    const { world, second } = await openDays();
    const settled = await callmi(world.url, 'settle', second);
    expect(settled).toMatchObject({ code: 0, err: '' });
    expect(settled.out.split('\n').slice(1).join('\n')).toMatchInlineSnapshot(`
      "community  due to  due from     net  merchants
      gexiang     3 000         0  -3 000          0
      taiyan      2 000     1 000  -1 000      1 000
      wanhe       1 000     5 000   4 000      5 000
      gexiang pays wanhe 3 000 fen
      taiyan pays wanhe 1 000 fen
      gross 6 000 fen, net 4 000 fen in 2 payments: 2 000 fen need not be moved
      "
    `);
    expect(settled.out.split('\n')[0]).toBe(`settlement run 1: ${addDays(second, -1)} to ${second}, closed`);
    const before = await everything(world);
    expect(await callmi(world.url, 'settle', second)).toEqual(settled);
    expect(await everything(world)).toEqual(before);
    await expectWhole(world);
  });

  it('without a day settles the run that is open, and then all days that are over', async () => {
    const { world, first, second, yesterday } = await openDays();
    await world.must(openSettlementRun, { by: street, number: 1, throughDay: first });
    expect((await callmi(world.url, 'settle')).out).toContain(`settlement run 1: ${first} to ${first}, closed\n`);
    const all = await callmi(world.url, 'settle');
    expect(all.out).toContain(`settlement run 2: ${second} to ${yesterday}, closed\n`);
    expect(all.out).toContain('taiyan');
    expect(await callmi(world.url, 'settle')).toEqual(all);
    await expectWhole(world);
  });

  it('says in a sentence why it settles nothing, and closes no day for it', async () => {
    const { world, first, second } = await openDays();
    const refused = async (day: string, sentence: string) =>
      expect(await callmi(world.url, 'settle', day)).toEqual({ code: 1, out: '', err: `callmi: ${sentence}\n` });
    const before = await everything(world);
    await Promise.all(['2026-02-30', 'yesterday'].map((day) => refused(day, `${day} is not a date: write it as YYYY-MM-DD`)));
    expect(await everything(world)).toEqual(before);

    await refused(today(), `nothing was settled. The business day ${today()} can be closed only after it ends. Close it on a later day.`);
    const { id } = await world.must(openSettlementRun, { by: street, number: 1, throughDay: first });
    await refused(second, `nothing was settled. The run ${id} is still open. Close it before you open the next one.`);
    const days = await world.store.read.select().from(world.store.tables.businessDay);
    expect(days.filter(({ day }) => day >= first)).toEqual([]);

    expect((await callmi(world.url, 'settle')).code).toBe(0);
    const earlier = addDays(first, -1);
    await refused(
      earlier,
      `nothing was settled. The next run begins on ${second}, and ${earlier} is before that day. Choose a later last day.`,
    );
  });

  it('on a database that is not there, or a scheme that is not founded, says what to do first', async () => {
    const folder = tempFolder();
    const none = await callmi(`file:${folder}/callmi.db`, 'settle');
    expect(none).toEqual({ code: 1, out: '', err: `callmi: there is no database at ${folder}/callmi.db\n` });
    expect(readdirSync(folder)).toEqual([]);
    const { url } = await openScheme();
    expect(await callmi(url, 'settle')).toEqual({
      code: 1,
      out: '',
      err: 'callmi: this scheme is not founded yet: run `callmi init` first\n',
    });
  });
});
