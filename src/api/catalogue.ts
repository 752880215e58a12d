/** Everything a caller may be told that is not a success: one entry a code. `docs/errors.md` is held equal to it by a test. */
import { clearingCatalogue } from './catalogue/clearing.ts';
import { communitiesCatalogue } from './catalogue/communities.ts';
import type { CatalogueEntry } from './catalogue/entry.ts';
import { httpCatalogue } from './catalogue/http.ts';
import { ledgerCatalogue } from './catalogue/ledger.ts';
import { redeemCatalogue } from './catalogue/redeem.ts';

const entries = { ...httpCatalogue, ...ledgerCatalogue, ...communitiesCatalogue, ...clearingCatalogue, ...redeemCatalogue };

export type Code = keyof typeof entries;

export const catalogue: Readonly<Record<Code, CatalogueEntry>> = entries;

/** Whether a refusal's code is of the catalogue; a type check holds every folder's codes in it. */
export function isCode(text: string): text is Code {
  return Object.hasOwn(entries, text);
}
