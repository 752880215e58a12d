import { describe, expect, it } from 'vitest';
import {
  type Acting,
  type Binding,
  createClient,
  grantableScopes,
  revokeClient,
  rotateClient,
  type Scope,
} from '../../src/communities/index.ts';
import { refusedAlone } from '../support/refused-alone.ts';
import { officerOf } from '../support/two-officers.ts';
import { openWorld, street, type World } from '../support/world.ts';

const DAY = 86_400_000;
const secret = { secretHash: 'a'.repeat(32), sealedSecret: 'sealed' };
const nobody = (prefix: string) => `${prefix}_${'0'.repeat(32)}`;

function make(by: Acting, binding: Binding, scopes: readonly Scope[] | null = null) {
  return { by, name: '收银机', binding, scopes, ...secret };
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

  it('of an officer is made by the street alone', async () => {
    const world = await openWorld();
    const colleague = await officerOf(world, 'gexiang');
    const binding = { kind: 'officer', officerId: colleague.id } as const;
    expect(await refusedAlone(world, createClient, make(world.gexiang, binding), 'street_only')).toEqual({});
    expect(await world.must(createClient, make(street, binding))).toMatchObject({ kind: 'officer', community_id: 'gexiang' });
  });

  it('of an officer is rotated and revoked by that officer and the street, and not by a colleague', async () => {
    const world = await openWorld();
    const colleague = await officerOf(world, 'gexiang');
    const { id } = await world.must(createClient, make(street, { kind: 'officer', officerId: colleague.id }));
    await refusedAlone(world, rotateClient, { by: world.gexiang, id, ...secret }, 'street_only');
    await refusedAlone(world, revokeClient, { by: world.gexiang, id }, 'street_only');
    await world.must(rotateClient, { by: colleague, id, ...secret });
    await world.must(revokeClient, { by: street, id });
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
