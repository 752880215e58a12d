/** The scheme as it stands on its first day: communities, officers, rules, merchants, offers, residents. */
import type { Acting, Secrets } from '../src/access/index.ts';
import {
  addActionRule,
  addCommunity,
  addMerchant,
  addStore,
  addTerminal,
  appointOfficer,
  establishScheme,
  registerResident,
} from '../src/communities/index.ts';
import { contribute } from '../src/clearing/index.ts';
import { addOffer } from '../src/redeem/index.ts';
import { idOf } from '../src/store/index.ts';
import { type Chance, chanceOf } from './chance.ts';
import { type CommunitySeed, communitySeeds } from './communities.ts';
import { type CredentialMaker, credentialMaker } from './credentials.ts';
import { type RuleClass, ruleSeeds } from './deeds.ts';
import { assumed } from './figures.ts';
import { grantsFreely } from './granting.ts';
import { type Hand, system } from './hand.ts';
import { makeLogins } from './logins.ts';
import { personName, syntheticPhone } from './names.ts';
import type { Community, Holder, Offer, Officer, Resident, Scheme, Till } from './parties.ts';
import { items, placeOfShop, shopKinds } from './shops.ts';

type Desk = { readonly hand: Hand; readonly chance: Chance; readonly credential: CredentialMaker };

const streetOffice: Acting = { id: system.actor, communityId: null };
const stores = ['仓前街店', '高教路店', '良睦路店', '绿汀路店', '荆长路店'];

/** The residents whom the story is about come first in their communities. */
const cast: Readonly<Record<string, readonly string[]>> = {
  gexiang: ['葛小米'],
  wanhe: ['万小禾', '陆海明', '韩志刚', '邵平安'],
};

/** Everybody of the story signed a sheet, and those of one name were told apart. */
const onPaper = { consent: { how: 'paper', paperNumber: null, guardian: null }, differentPerson: '证件核对，同名不同人' } as const;

export type SchemeOptions = {
  readonly hand: Hand;
  readonly secrets: Secrets;
  readonly newSecret: () => string;
  readonly newPassword: () => string;
  readonly random: (bytes: number) => Uint8Array;
  /** The first day that deeds count. */
  readonly firstDay: string;
  /** Residents per resident of the published scheme. */
  readonly scale: number;
};

/** Establishes the scheme and fills its registers. */
export async function openScheme(options: SchemeOptions): Promise<Scheme> {
  const { hand, secrets, newSecret, firstDay, scale } = options;
  const desk = { hand, chance: chanceOf('people'), credential: credentialMaker(hand, secrets, newSecret, streetOffice) };
  hand.act(establishScheme, { policies: grantsFreely });
  const street = officersOf(desk, null, '仓前街道');
  const communities = communitySeeds.map((seed) => openCommunity(desk, seed, firstDay));
  for (const { id, residents: many } of communities) {
    const money = { communityId: id, fen: many * assumed.fundFenPerResident, bankReference: `资金${firstDay.replaceAll('-', '')}` };
    hand.act(contribute, { by: street[0]!, ...money });
  }
  const tills = communities.flatMap((community) => tillsOf(desk, community));
  const cash = { title: '10 元代金券', points: 100 };
  const cashId = idOf('ofr', hand.act(addOffer, { by: street[0]!, kind: 'cash', ...cash }));
  const residents = await residentsOf(desk, secrets, communities, scale);
  return {
    street,
    communities,
    tills,
    cash: { id: cashId, ...cash },
    items: tills.flatMap((till) => itemsOf(desk, till)),
    residents,
    holders: communities.map(({ id }) =>
      withCredential(
        desk,
        residents.find(({ community }) => community.id === id)!,
      ),
    ),
    logins: await makeLogins(options, { street, communities, tills }),
  };
}

function openCommunity(desk: Desk, seed: CommunitySeed, validFrom: string): Community {
  const { id, name } = seed;
  desk.hand.act(addCommunity, { id, name, code: null });
  const officers = officersOf(desk, id, name);
  const rule = (ruleClass: RuleClass) => {
    const terms = { ...ruleSeeds[ruleClass], validFrom, validUntil: null };
    return idOf('rul', desk.hand.act(addActionRule, { by: officers[0]!, communityId: id, class: ruleClass, terms }));
  };
  const rules = {
    volunteer: rule('volunteer'),
    deliberation: rule('deliberation'),
    civility: rule('civility'),
    commendation: rule('commendation'),
  };
  return { ...seed, officers, rules };
}

function officersOf({ hand, chance, credential }: Desk, communityId: string | null, office: string): Officer[] {
  return [1, 2].map(() => {
    const name = personName(chance);
    const id = idOf('off', hand.act(appointOfficer, { name, communityId, residentId: null }));
    return { id, communityId, name, credential: credential(`${office} ${name}`, { kind: 'officer', officerId: id }) };
  });
}

function tillsOf({ hand, chance, credential }: Desk, community: Community): Till[] {
  const by = community.officers[0]!;
  return shopKinds.slice(0, community.merchants).map(({ name: kind, popular }, n) => {
    const merchant = community.short + kind;
    const store = chance.pick(stores);
    const merchantId = idOf('mer', hand.act(addMerchant, { by, communityId: community.id, name: merchant }));
    const storeId = idOf('sto', hand.act(addStore, { by, merchantId, name: store, place: placeOfShop(community.middle, n, store) }));
    const terminalId = idOf('ter', hand.act(addTerminal, { by, storeId, name: '1 号收银台' }));
    const till = { kind: 'till', merchantId, storeId } as const;
    return {
      community,
      kind,
      popular,
      merchantId,
      merchant,
      storeId,
      store,
      terminalId,
      credential: credential(`${merchant} ${store}`, till),
    };
  });
}

function itemsOf({ hand }: Desk, till: Till): Offer[] {
  const item = items[till.kind];
  if (!item) return [];
  const { title, points } = item;
  const offer = { by: till.community.officers[0]!, kind: 'item', merchantId: till.merchantId, ...item } as const;
  return [{ id: idOf('ofr', hand.act(addOffer, offer)), title, points, till }];
}

async function residentsOf(
  { hand, chance }: Desk,
  secrets: Secrets,
  communities: readonly Community[],
  scale: number,
): Promise<Resident[]> {
  const residents: Resident[] = [];
  for (const community of communities) {
    const names = cast[community.id] ?? [];
    for (let n = 0; n < Math.max(5, Math.round(community.residents * scale)); n++) {
      const name = names[n] ?? personName(chance);
      const phone = syntheticPhone(residents.length + 1);
      const kept = { phoneHash: secrets.hash('phone', phone), phoneSealed: secrets.seal(phone) };
      const by = chance.pick(community.officers);
      const id = hand.act(registerResident, { by, communityId: community.id, name, ...onPaper, ...kept });
      residents.push({ id: idOf('res', id), name, phone, community });
      await hand.ready();
    }
  }
  return residents;
}

function withCredential({ credential }: Desk, resident: Resident): Holder {
  return { ...resident, credential: credential(resident.name, { kind: 'resident', residentId: resident.id }) };
}
