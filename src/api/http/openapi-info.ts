/** The head of the OpenAPI document: what the interface is, what it promises, and what its parts are for. */

const description = `Residents earn points for deeds, turn them into vouchers, and redeem these in any community. Amounts are whole points and fen.

**A till** gets a token (\`POST /oauth/token\`), and needs little more than \`POST /v1/redemptions\`, \`GET /v1/redemptions?request_no=\`, \`POST /v1/redemption-voids\` and \`GET /v1/reconciliations/{date}\`. The repository's \`docs/tills.md\` says when it sends which, and has cases to certify it by.

**Every write has an \`Idempotency-Key\`** that names the attempt for ever. If no answer comes, send the same again with the same key: it is carried out once, and the answer is the first one, marked \`Idempotency-Replayed: true\`.

**Every failure is a problem** (RFC 9457) with a \`code\`, which programs go by, a remedy (\`action\`), and a message for the cashier in Chinese. \`X-Request-Id\` is the id under which the service has logged the request.

**Changes within v1:** an answer may get further fields, a list of values (an \`enum\` of an answer, a \`code\`) further values, a request further optional fields, and the interface further routes, headers and codes. So ignore fields that you do not know, and treat an unknown value as one that you cannot act upon. No field, route or value is taken away or changes its meaning, no optional field becomes required, and no bound becomes narrower: that would be v2, beside v1.`;

/** `info` of the document of a service at `publicUrl`. */
export function infoOf(publicUrl: string) {
  return {
    title: 'CallMi',
    version: '1',
    summary: 'One points scheme for ten communities.',
    description,
    contact: { name: 'The street office that runs this service', url: publicUrl },
    license: { name: 'Apache 2.0', identifier: 'Apache-2.0' },
  };
}

/** Every tag that a route may have, in the order of the document. */
const tags: Readonly<Record<string, string>> = {
  access: 'Access tokens for programs.',
  'sign-in': "People's sessions, passwords and authenticator apps.",
  redemptions: 'For tills: a voucher is inspected, redeemed, reversed, voided, forwarded after a time offline, and reconciled.',
  tills: 'For tills: who they are, and a new secret.',
  me: "For residents: one's own points, vouchers and codes.",
  offers: 'The things that points buy.',
  vouchers: 'For officers who serve residents at the counter: vouchers, also on paper.',
  residents: 'The people who earn and spend points.',
  households: 'The residents who live together: nobody grants to the own household.',
  registrations: 'People who register on their own phone, and the officers who confirm them.',
  'list exports': 'Lists of people that officers take out of the service.',
  erasures: 'Residents who leave, and what is emptied with them.',
  grants: 'Points for deeds, one by one and in batches.',
  'action rules': 'The points that a kind of deed earns, with their versions.',
  proposals: 'Commands that take two officers of an office.',
  merchants: 'Merchants, their stores and terminals.',
  officers: 'The people who act for the street office and the communities.',
  clients: 'Credentials of tills and other programs.',
  logins: "People's logins with a password.",
  communities: 'The communities of the scheme.',
  policies: 'The rules of the scheme, with their versions.',
  limits: 'How much communities may grant.',
  funds: "The communities' money for vouchers.",
  figures: 'Points granted, spent and expired over time.',
  positions: 'The amounts that communities owe each other, live.',
  settlement: 'Clearing between communities, and payouts to merchants.',
  ledger: 'The double-entry books behind everything.',
  documents: 'Documents for programs and developers, and the privacy notice.',
  operating: 'Probes and figures for whoever runs the service.',
};

export const tagList = Object.entries(tags).map(([name, text]) => ({ name, description: text }));
