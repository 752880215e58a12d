/** Three communities over HTTP that owe each other something: the offices, and an officer of a third community. */
import { expect } from 'vitest';
import { closeDay } from '../../src/ledger/index.ts';
import type { Answer, Caller } from './counter.ts';
import { type Communities, openCommunities } from './communities.ts';
import { expectProblem, made, type Offices, openOffices, read } from './offices.ts';
import { changingNothing } from './refused-alone.ts';

export const FIRST_DAY = '2026-03-02';
export const NO_RUN = `run_${'f'.repeat(32)}`;
export const NO_PAYMENT = `pay_${'f'.repeat(32)}`;

export type Settling = Offices &
  Omit<Communities, 'world' | 'reverse'> & {
    readonly taiyan: Caller;
    /** Lets it be the morning after `day`, which is closed. */
    readonly dayOver: (day?: string) => Promise<void>;
    /** The same, and the run over it opened and closed by the street office. */
    readonly closedRun: (day?: string) => Promise<Record<string, any>>;
    /** The payments of a run, by debtor. */
    readonly paymentsOf: (runId: string) => Promise<{ gexiang: Record<string, any>; taiyan: Record<string, any> }>;
    /** Holds that something is refused so, over HTTP, and changes nothing. */
    readonly refuses: (act: () => Promise<Answer>, code: Parameters<typeof expectProblem>[1], more?: object) => Promise<void>;
  };

/** Of the first day Gexiang owes Wanhe 30 yuan, and Taiyan 20, Wanhe owes Taiyan 10; and 10 of Wanhe's points were spent at its own shop. */
export async function openSettling(): Promise<Settling> {
  const offices = await openOffices();
  const { world, street, as } = offices;
  const scheme = await openCommunities(['gexiang', 'taiyan', 'wanhe'], world);
  await scheme.spend('gexiang', 'wanhe', 3);
  await scheme.spend('taiyan', 'wanhe', 2);
  await scheme.spend('wanhe', 'taiyan');
  await scheme.spend('wanhe', 'wanhe');

  async function dayOver(day = FIRST_DAY) {
    world.clock.now = Math.max(world.clock.now, Date.parse(`${day}T10:00:00+08:00`) + 24 * 3_600_000);
    await world.must(closeDay, { day });
  }
  return {
    ...offices,
    ...scheme,
    taiyan: await as({ kind: 'officer', officerId: scheme.of('taiyan').officer.id }),
    dayOver,
    async closedRun(day = FIRST_DAY) {
      await dayOver(day);
      const { id } = await made(street, '/v1/settlement-runs', { through_day: day });
      const answer = await street.post(`/v1/settlement-runs/${id}/close`, {});
      expect(answer.status, answer.text).toBe(200);
      return answer.body;
    },
    async paymentsOf(runId) {
      const { items } = await read(street, `/v1/settlement-runs/${runId}/payments`);
      const by = (id: string) => (items as Record<string, any>[]).find(({ debtor }) => debtor.community_id === id)!;
      return { gexiang: by('gexiang'), taiyan: by('taiyan') };
    },
    async refuses(act, code, more) {
      expectProblem(await changingNothing(world, act), code, more);
    },
  };
}
