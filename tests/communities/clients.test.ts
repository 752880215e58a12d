import { describe, expect, it } from 'vitest';
import {
  type Acting,
  type Binding,
  createClient,
  grantableScopes,
  revokeClient,
  rotateClient,
  type Scope,
} from '../../src/access/index.ts';
import { refusedAlone } from '../support/refused-alone.ts';
import { officerOf } from '../support/two-officers.ts';
import { openWorld, street, type World } from '../support/world.ts';

const DAY = 86_400_000;
const secret = { secretHash: 'a'.repeat(32), sealedSecret: 'sealed' };
const nobody = (prefix: string) => `${prefix}_${'0'.repeat(32)}`;

function make(by: Acting, binding: Binding, scopes: readonly Scope[] | null = null, approvedBy: string | null = null) {
  return { by, approvedBy, name: '收银机', binding, scopes, ...secret };
}

/** A colleague of Gexiang's officer with a credential, and an officer of the street. */
async function clientOfColleague() {
  const world = await openWorld();
  const colleague = await officerOf(world, 'gexiang');
  const { id } = await world.must(createClient, make(street, { kind: 'officer', officerId: colleague.id }, null, street.id));
  return { world, id, colleague, clerk: await officerOf(world, null) };
}

const tillOf = ({ merchantId, storeId }: World): Binding => ({ kind: 'till', merchantId, storeId });

describe('a client', () => {
  it('is bound to what is there', async () => {
    const world = await openWorld();
    const { merchantId } = world;
    const missing: [Binding, string, Record<string, string>][] = [
      [{ kind: 'till', merchantId: nobody('mer'), storeId: null }, 'merchant_not_found', { merchant_id: nobody('mer') }],
      [{ kind: 'till', merchantId, storeId: nobody('sto') }, 'store_not_found', { store_id: nobody('sto') }],
      [{ kind: 'officer', officerId: nobody('off') }, 'officer_not_found', { officer_id: nobody('off') }],
      [{ kind: 'resident', residentId: nobody('res') }, 'resident_not_found', { resident_id: nobody('res') }],
      [{ kind: 'machine', communityId: 'nowhere' }, 'community_not_found', { community_id: 'nowhere' }],
    ];
    for (const [binding, code, figures] of missing) {
      expect(await refusedAlone(world, createClient, make(street, binding), code)).toEqual(figures);
    }
  });

  it('has all the scopes of its kind, or those asked for, and never others', async () => {
    const world = await openWorld();
    const till = await world.must(createClient, make(world.wanhe, tillOf(world)));
    expect(till).toMatchObject({ kind: 'till', community_id: 'wanhe', scopes: grantableScopes('till', 'wanhe') });
    const reader = await world.must(createClient, make(world.wanhe, tillOf(world), ['redemptions:read']));
    expect(reader.scopes).toEqual(['redemptions:read']);
    const greedy = make(world.wanhe, tillOf(world), ['redemptions:read', 'grants:write']);
    expect(await refusedAlone(world, createClient, greedy, 'scope_not_grantable')).toEqual({
      scopes: ['grants:write'],
      grantable: grantableScopes('till', 'wanhe'),
    });
  });

  it('is made by an officer of its own community or of the street', async () => {
    const world = await openWorld();
    const foreign = make(world.gexiang, tillOf(world));
    expect(await refusedAlone(world, createClient, foreign, 'foreign_community')).toEqual({ community_id: 'wanhe' });
    const whole = make(world.gexiang, { kind: 'machine', communityId: null });
    expect(await refusedAlone(world, createClient, whole, 'foreign_community')).toEqual({ community_id: null });
  });

  it('of an officer is the street’s to make, and takes a second officer', async () => {
    const world = await openWorld();
    const clerk = await officerOf(world, null);
    const officerId = (await officerOf(world, 'gexiang')).id;
    const binding = { kind: 'officer', officerId } as const;
    expect(await refusedAlone(world, createClient, make(world.gexiang, binding), 'street_only')).toEqual({});
    for (const by of [clerk, street]) {
      expect(await refusedAlone(world, createClient, make(by, binding), 'second_officer_required')).toEqual({ officer_id: officerId });
    }
    const approved = make(clerk, binding, null, (await officerOf(world, null)).id);
    expect(await world.must(createClient, approved)).toMatchObject({ kind: 'officer', community_id: 'gexiang' });
  });

  it('of an officer is rotated by that officer only, and the old secret ends at once', async () => {
    const { world, id, colleague, clerk } = await clientOfColleague();
    const figures = { client_id: id, officer_id: colleague.id };
    for (const by of [world.gexiang, clerk, street]) {
      expect(await refusedAlone(world, rotateClient, { by, id, ...secret }, 'credential_of_another')).toEqual(figures);
    }
    await refusedAlone(world, rotateClient, { by: world.wanhe, id, ...secret }, 'client_not_found');
    const rotated = await world.must(rotateClient, { by: colleague, id, ...secret });
    expect(rotated.previous_secret_until).toBe(world.clock.now);
  });

  it('of an officer is revoked by that officer, or by one of the street alone, and not by a colleague', async () => {
    for (const own of [true, false]) {
      const { world, id, colleague, clerk } = await clientOfColleague();
      const figures = { client_id: id, officer_id: colleague.id };
      expect(await refusedAlone(world, revokeClient, { by: world.gexiang, id }, 'credential_of_another')).toEqual(figures);
      await refusedAlone(world, revokeClient, { by: world.wanhe, id }, 'client_not_found');
      expect(await world.must(revokeClient, { by: own ? colleague : clerk, id })).toEqual({ id, status: 'revoked' });
    }
  });

  it('of a resident is made and rotated by the home community, and not by the street, which may revoke it', async () => {
    const world = await openWorld();
    const clerk = await officerOf(world, null);
    const binding = { kind: 'resident', residentId: world.residentId } as const;
    const home = { community_id: 'gexiang' };
    for (const by of [world.wanhe, clerk]) {
      expect(await refusedAlone(world, createClient, make(by, binding), 'foreign_community')).toEqual(home);
    }
    const { id } = await world.must(createClient, make(world.gexiang, binding));
    expect(await refusedAlone(world, rotateClient, { by: clerk, id, ...secret }, 'foreign_community')).toEqual(home);
    await world.must(rotateClient, { by: world.gexiang, id, ...secret });
    await world.must(revokeClient, { by: clerk, id });
    await world.must(createClient, make(street, binding));
  });

  it('keeps its old secret for a day after a rotation', async () => {
    const world = await openWorld();
    const { id } = await world.must(createClient, make(world.wanhe, tillOf(world)));
    const rotated = await world.must(rotateClient, { by: world.wanhe, id, secretHash: 'b'.repeat(32), sealedSecret: 'sealed again' });
    expect(rotated).toEqual({ id, previous_secret_until: world.clock.now + DAY, sealed_secret: 'sealed again' });
    const { read, tables } = world.store;
    expect(await read.select().from(tables.client)).toMatchObject([
      { secretHash: 'b'.repeat(32), previousSecretHash: 'a'.repeat(32), previousSecretUntil: world.clock.now + DAY },
    ]);
  });

  it('is revoked for good', async () => {
    const world = await openWorld();
    const { id } = await world.must(createClient, make(world.wanhe, tillOf(world)));
    await world.must(revokeClient, { by: world.wanhe, id });
    expect(await refusedAlone(world, revokeClient, { by: world.wanhe, id }, 'client_revoked')).toEqual({ client_id: id });
    await refusedAlone(world, rotateClient, { by: world.wanhe, id, ...secret }, 'client_revoked');
  });

  it('of another community is not there', async () => {
    const world = await openWorld();
    const { id } = await world.must(createClient, make(world.wanhe, tillOf(world)));
    expect(await refusedAlone(world, rotateClient, { by: world.gexiang, id, ...secret }, 'client_not_found')).toEqual({ client_id: id });
    await refusedAlone(world, revokeClient, { by: street, id: nobody('cli') }, 'client_not_found');
  });
});
