/** The parties of the demo's scheme, and the offers in it. */
import type { Acting } from '../src/access/index.ts';
import type { CommunitySeed } from './communities.ts';
import type { Credential } from './credentials.ts';
import type { RuleClass } from './deeds.ts';
import type { ShopKind } from './shops.ts';

export type Login = { readonly login: string; readonly password: string };

export type Officer = Acting & { readonly name: string; readonly credential: Credential };
/** The id of the rule of each class. */
type Rules = Readonly<Record<RuleClass, string>>;
export type Community = CommunitySeed & { readonly officers: readonly Officer[]; readonly rules: Rules };

export type Till = {
  readonly community: Community;
  readonly kind: ShopKind;
  readonly popular: number;
  readonly merchantId: string;
  readonly merchant: string;
  readonly storeId: string;
  readonly store: string;
  readonly terminalId: string;
  readonly credential: Credential;
};

export type Offer = {
  readonly id: string;
  readonly title: string;
  readonly points: number;
  /** The only till where it is good; undefined: any. */
  readonly till?: Till;
};

export type Resident = { readonly id: string; readonly name: string; readonly phone: string; readonly community: Community };
export type Holder = Resident & { readonly credential: Credential };

export type Scheme = {
  readonly street: readonly Officer[];
  readonly communities: readonly Community[];
  readonly tills: readonly Till[];
  readonly cash: Offer;
  readonly items: readonly Offer[];
  readonly residents: readonly Resident[];
  /** The first resident of every community has a credential. */
  readonly holders: readonly Holder[];
  /** The logins of officers and of stores' counters, by the id of the officer or the store. */
  readonly logins: ReadonlyMap<string, Login>;
};
