import { describe, expect, it, onTestFinished } from 'vitest';
import { audit } from '../../src/cli/audit.ts';
import { tallyClosedDays } from '../../src/clearing/index.ts';
import { closeDay } from '../../src/ledger/index.ts';
import { openReadable } from '../../src/store/index.ts';
import { type Communities, openCommunities } from '../support/communities.ts';
import { type Raw, rawOf } from '../support/raw.ts';

/** A closed day that was tallied: Gexiang's points paid for 20 yuan at a shop of Wanhe. */
async function openTallied(): Promise<Communities> {
  const scheme = await openCommunities(['gexiang', 'wanhe']);
  const { world } = scheme;
  await scheme.spend('gexiang', 'wanhe', 2);
  scheme.goOnTo('2026-03-03');
  await world.must(closeDay, { day: '2026-03-02' });
  await tallyClosedDays({ view: world.store, engine: world.engine });
  return scheme;
}

/** What the check finds after somebody has tampered with the database, past its guards. */
async function findingAfter(tamper: (raw: Raw) => Promise<void>): Promise<unknown> {
  const { world } = await openTallied();
  await world.close();
  const raw = await rawOf(world);
  await raw.unguard();
  await tamper(raw);
  const store = await openReadable(world.url);
  onTestFinished(() => store.close());
  return (await audit(store)).checks.find(({ id }) => id === 'S6')!.finding;
}

const counted = '[{"issuer":"gexiang","acquirer":"wanhe","points":200,"fen":2000,"redemptions":1,"reversals":0}]';

describe('flows that were kept', () => {
  it('pass where they are what the day comes to', async () => {
    expect(await findingAfter(async () => {})).toEqual({ seen: 1, of: 'days' });
  });

  it('S6: flows that the redemptions of their day do not come to', async () => {
    const altered = counted.replace('2000', '1999');
    expect(await findingAfter((raw) => raw.exec(`update day_flows set flows = '${altered}'`))).toEqual({
      seen: 0,
      of: 'days',
      broken: `2026-03-02: ${altered} was kept, ${counted} is counted`,
    });
  });

  it('S6: a redemption on a day that was tallied without it', async () => {
    const finding = await findingAfter((raw) =>
      raw.exec(`create temp table late as select * from redemption;
        update late set id = ${raw.id(`red_${'f'.repeat(32)}`)};
        insert into redemption select * from late`),
    );
    const more = counted.replace('200,', '400,').replace('2000', '4000').replace('"redemptions":1', '"redemptions":2');
    expect(finding).toMatchObject({ broken: `2026-03-02: ${counted} was kept, ${more} is counted` });
  });
});
