import { describe, expect, it } from 'vitest';
import { expectProblem } from '../support/offices.ts';
import { HOME, openStreet, RIGHT, type Street, STRANGERS, times } from '../support/street.ts';

const MINUTE = 60_000;

const sessions = ({ world: { store } }: Street) => store.read.$count(store.tables.session);

describe('what a person does again and again', () => {
  it('a right password begins a hundred sessions from one address, and then twenty an hour', async () => {
    const street = await openStreet();
    await times(100, async () => expect((await street.at(HOME).signIn(RIGHT)).status).toBe(201));
    const before = await sessions(street);
    expectProblem(await street.at(HOME).signIn(RIGHT), 'done_too_often', { details: { retry_after_seconds: 180 } });
    expect(await sessions(street)).toBe(before);
    for (const elsewhere of [street.at(STRANGERS).signIn(RIGHT), street.at(HOME).signIn({ ...RIGHT, login: 'li.si' })])
      expect((await elsewhere).status).toBe(201);
    street.world.clock.advance(3 * MINUTE);
    expect((await street.at(HOME).signIn(RIGHT)).status).toBe(201);
  });
});
