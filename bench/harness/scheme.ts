/** The scheme that is measured: ten communities, 300 merchants with their tills, and as many residents as the vouchers need. */
import { randomBytes } from 'node:crypto';
import { communitySeeds } from '../../seeds/communities.ts';
import { grantsFreely } from '../../seeds/granting.ts';
import { approveProposal, propose } from '../../src/api/index.ts';
import { type Binding, createClient, system } from '../../src/access/index.ts';
import {
  addActionRule,
  addCommunity,
  addMerchant,
  addStore,
  addTerminal,
  appointOfficer,
  establishScheme,
  type PolicyName,
  registerResident,
} from '../../src/communities/index.ts';
import { addOffer } from '../../src/redeem/index.ts';
import type { Service } from '../../src/service.ts';
import { submit, submitAll } from './submit.ts';

const MERCHANTS_EACH = 30;
/** The first merchant has so many tills, for all that is redeemed at one place; the others have one. */
const TILLS_AT_FIRST = 8;
/** Residents with a credential of their own. */
const HOLDERS = 100;
/** Points a unit of the one rule that every community has. */
export const RULE_POINTS = 50;
export const VOUCHER_POINTS = 100;

export type Credential = { readonly clientId: string; readonly secret: string };

export type Till = Credential & {
  readonly community: string;
  readonly merchantId: string;
  readonly storeId: string;
  readonly terminalId: string;
};

/** An officer of a community, which grants by `ruleId`. */
export type Officer = Credential & { readonly id: string; readonly community: string; readonly ruleId: string };

/** A resident, and the two communities, in their order, that grant to them. */
export type Resident = { readonly id: string; readonly issuers: readonly [string, string] };
export type Holder = Resident & Credential;

export type Scheme = {
  readonly tills: readonly Till[];
  readonly officers: readonly Officer[];
  readonly residents: readonly Resident[];
  /** The first residents. */
  readonly holders: readonly Holder[];
  /** A machine of the street office. */
  readonly auditor: Credential;
  readonly offerId: string;
};

const communityIds = communitySeeds.map(({ id }) => id);

export async function establish(service: Service, residents: number): Promise<Scheme> {
  await submit(service, establishScheme, { policies: grantsFreely });
  await enact(service, 'code_validity', { seconds: 3_600 });
  await enact(service, 'exposure_limit', { points: 1_000_000_000_000, communities: {} });
  await submitAll(
    service,
    addCommunity,
    communitySeeds.map(({ id, name }) => ({ id, name, code: null })),
  );
  const officers = await Promise.all(communityIds.map((id) => officerOf(service, id)));
  const people = await register(service, residents);
  const first = people.slice(0, HOLDERS);
  const keys = await credentials(
    service,
    first.map(({ id }) => ({ kind: 'resident', residentId: id })),
  );
  const [auditor] = await credentials(service, [{ kind: 'machine', communityId: null }]);
  const offer = await submit(service, addOffer, { by: system, kind: 'cash', title: '10 元代金券', points: VOUCHER_POINTS });
  return {
    tills: await tillsOf(service),
    officers,
    residents: people,
    holders: first.map((resident, n) => ({ ...resident, ...keys[n]! })),
    auditor: auditor!,
    offerId: offer.id,
  };
}

/** Two officers of the street set a policy. */
async function enact(service: Service, name: PolicyName, value: object): Promise<void> {
  const [first, second] = await submitAll(service, appointOfficer, [
    { name: '王一', communityId: null, residentId: null },
    { name: '李二', communityId: null, residentId: null },
  ]);
  const by = { id: first!.id, communityId: null };
  const input = { name, value, effectiveFrom: null };
  const { id } = await submit(service, propose, { by, command: 'policy', input, reason: '压力测试' });
  const secret = freshSecret(service).kept;
  await submit(service, approveProposal, { by: { id: second!.id, communityId: null }, id, reason: null, secret });
}

async function officerOf(service: Service, community: string): Promise<Officer> {
  const { id } = await submit(service, appointOfficer, { name: '陈三', communityId: community, residentId: null });
  const [credential] = await credentials(service, [{ kind: 'officer', officerId: id }]);
  const terms = { name: '社区服务', per: 'event', points: RULE_POINTS, capDay: null, capMonth: null, capYear: null } as const;
  const rule = await submit(service, addActionRule, {
    by: { id, communityId: community },
    communityId: community,
    class: 'volunteer',
    terms: { ...terms, validFrom: '2020-01-01', validUntil: null },
  });
  return { ...credential!, id, community, ruleId: rule.id };
}

const atCounter = { consent: { how: 'counter', paperNumber: null, guardian: null }, differentPerson: null } as const;

async function register(service: Service, count: number): Promise<Resident[]> {
  const { secrets } = service;
  const homes = Array.from({ length: count }, (_, n) => communityIds[n % communityIds.length]!);
  const people = homes.map((communityId, n) => {
    const phone = `199${String(n).padStart(8, '0')}`;
    return {
      by: system,
      communityId,
      name: `葛小米${n}`,
      ...atCounter,
      phoneHash: secrets.hash('phone', phone),
      phoneSealed: secrets.seal(phone),
    };
  });
  const made = await submitAll(service, registerResident, people);
  return made.map(({ id }, n) => ({ id, issuers: pairOf(n) }));
}

/** Two communities, another pair for each of 90 residents. */
function pairOf(n: number): [string, string] {
  const one = n % communityIds.length;
  const other = (one + 1 + (Math.floor(n / communityIds.length) % (communityIds.length - 1))) % communityIds.length;
  const [a, b] = [communityIds[one]!, communityIds[other]!];
  return a < b ? [a, b] : [b, a];
}

async function tillsOf(service: Service): Promise<Till[]> {
  const communities = communityIds.flatMap((id) => Array.from({ length: MERCHANTS_EACH }, () => id));
  const merchants = await submitAll(
    service,
    addMerchant,
    communities.map((communityId, n) => ({ by: system, communityId, name: `商户${n}` })),
  );
  const stores = await submitAll(
    service,
    addStore,
    merchants.map(({ id }) => ({ by: system, merchantId: id, name: '一店' })),
  );
  const terminals = await submitAll(
    service,
    addTerminal,
    stores.map(({ id }) => ({ by: system, storeId: id, name: '1 号收银台' })),
  );
  const places = terminals.flatMap(({ id: terminalId, store_id: storeId, merchant_id: merchantId }, n) =>
    Array.from({ length: n === 0 ? TILLS_AT_FIRST : 1 }, () => ({ community: communities[n]!, merchantId, storeId, terminalId })),
  );
  const keys = await credentials(
    service,
    places.map(({ merchantId, storeId }) => ({ kind: 'till', merchantId, storeId })),
  );
  return places.map((place, n) => ({ ...place, ...keys[n]! }));
}

async function credentials(service: Service, bindings: readonly Binding[]): Promise<Credential[]> {
  const wanted = bindings.map((binding) => ({ binding, ...freshSecret(service) }));
  const made = await submitAll(
    service,
    createClient,
    wanted.map(({ binding, kept }) => ({ by: system, approvedBy: system.id, name: binding.kind, binding, scopes: null, ...kept })),
  );
  return made.map(({ id }, n) => ({ clientId: id, secret: wanted[n]!.secret }));
}

function freshSecret({ secrets }: Service) {
  const secret = randomBytes(32).toString('base64url');
  return { secret, kept: { secretHash: secrets.hash('client-secret', secret), sealedSecret: secrets.seal(secret) } };
}
