import { rowByKey, type View } from '../store/index.ts';
import { type Call, type Command, type Decision, type Facts, one, put, SYSTEM_CLIENT, type Want } from '../ledger/index.ts';
import { firstPolicy, type PolicyName, policyNames, type PolicyValue } from './policies.ts';
import { refuse } from './refusals.ts';

/** First values of policies that are not the usual ones: of a demo, of measurements. */
type EstablishSchemeInput = { readonly policies?: { readonly [N in PolicyName]?: PolicyValue<N> } };

type EstablishSchemeReply = { founded_at: number };

/** Establishes the scheme: sets its first policies, once. */
export const establishScheme: Command<EstablishSchemeInput, EstablishSchemeReply> = {
  name: 'found-scheme',
  load: loadEstablishScheme,
  decide: decideEstablishScheme,
};

function loadEstablishScheme(): readonly Want[] {
  return [one('scheme', 'founded_at')];
}

function decideEstablishScheme(facts: Facts, { policies: own = {} }: EstablishSchemeInput, { at }: Call): Decision<EstablishSchemeReply> {
  const founded = facts.get('scheme', 'founded_at');
  if (founded) return refuse('scheme_founded', { founded_at: Number(founded.value) });
  const by = { setAt: at, proposedBy: SYSTEM_CLIENT, approvedBy: SYSTEM_CLIENT };
  const policies = policyNames.map((name) =>
    put('policy', { name, policyVersion: 1, value: JSON.stringify(own[name] ?? firstPolicy(name)), effectiveFrom: at, ...by }),
  );
  return { rows: [put('scheme', { name: 'founded_at', value: String(at) }), ...policies], reply: { founded_at: at } };
}

/** Whether the demo made this scheme: everybody in it is made up. */
export async function isDemo(view: Pick<View, 'read' | 'tables'>): Promise<boolean> {
  return (await rowByKey(view, 'scheme', 'demo')) !== undefined;
}
