import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Community, Officer, Scheme } from '../../../seeds/index.ts';
import { folderOf } from '../../store/index.ts';

/** The path of the demo's credentials: beside its database. */
export function credentialsPath(url: string): string {
  return join(folderOf(url), 'demo-credentials.json');
}

/** Writes the credentials for signing in, readable by the owner only. */
export function writeCredentials(url: string, scheme: Scheme): void {
  const path = credentialsPath(url);
  const draft = `${path}.${process.pid}`;
  mkdirSync(dirname(path), { recursive: true });
  rmSync(draft, { force: true });
  writeFileSync(draft, `${JSON.stringify(credentialsOf(scheme), null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  renameSync(draft, path);
}

function credentialsOf({ tills, street, communities, holders, cash, items, logins }: Scheme) {
  const officer = (of: Officer, office: Office) => ({
    ...of.credential,
    ...logins.get(of.id),
    officer_id: of.id,
    name: of.name,
    ...office,
  });
  return {
    note: 'Made by the demo for the database beside this file. Everybody and everything named here is made up.',
    tills: tills.map(({ credential, merchantId, merchant, storeId, store, terminalId, community }) => ({
      ...credential,
      ...logins.get(storeId),
      merchant_id: merchantId,
      merchant,
      store_id: storeId,
      store,
      terminal_id: terminalId,
      ...named(community),
    })),
    officers: [
      ...street.map((of) => officer(of, { community_id: null, community: '仓前街道' })),
      ...communities.flatMap((community) => community.officers.map((of) => officer(of, named(community)))),
    ],
    residents: holders.map(({ credential, id, name, phone, community }) => ({
      ...credential,
      resident_id: id,
      name,
      phone,
      ...named(community),
    })),
    offers: [
      { offer_id: cash.id, title: cash.title, points: cash.points, merchant_id: null },
      ...items.map(({ id, title, points, till }) => ({ offer_id: id, title, points, merchant_id: till?.merchantId ?? null })),
    ],
  };
}

type Office = { readonly community_id: string | null; readonly community: string };

function named({ id, name }: Community): Office {
  return { community_id: id, community: name };
}
