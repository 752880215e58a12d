/** The names behind the ids of what is proposed: who approves it reads names. */
import type { FastifyRequest } from 'fastify';
import { actionRuleNames, type NamedResident } from '../../communities/index.ts';
import { rowsById, type View } from '../../store/index.ts';
import { officerNames } from '../office.ts';
import { residentNameFor } from '../office.ts';
import type { Proposed } from './proposed-wire.ts';

/** The ids that a proposal's input names; communities are known to everybody. */
function idsIn({ command, input }: Proposed): string[] {
  switch (command) {
    case 'grant':
      return [input.ruleId, input.residentId];
    case 'clawback':
      return [input.grantId];
    case 'credential':
      return [input.binding.officerId];
    case 'login':
      return [input.officerId];
    case 'adjustment':
      return input.right ? [input.right.merchantId] : [];
    case 'policy':
    case 'officer':
    case 'successor':
      return [];
  }
}

/** Gives the names of what each of these proposals names, by id. What is not there has none. */
export async function namesInProposals(request: FastifyRequest, view: View, proposals: readonly Proposed[]) {
  const ids = proposals.flatMap(idsIn);
  const of = (prefix: string) => ids.filter((id) => id.startsWith(prefix));
  const [rules, grants, merchants, officerName] = await Promise.all([
    actionRuleNames(view, of('rul_')),
    rowsById(view, 'grant', of('grt_')),
    rowsById(view, 'merchant', of('mer_')),
    officerNames(request, view, of('off_')),
  ]);
  const holders = [...grants.values()].map(({ residentId }) => residentId);
  const residents = await rowsById(view, 'resident', [...of('res_'), ...holders]);
  const residentName = (resident: NamedResident | undefined) => resident && residentNameFor(request, resident);

  const nameOf = (id: string): string | null | undefined => {
    const holder = grants.get(id)?.residentId;
    return residentName(residents.get(holder ?? id)) ?? rules.get(id) ?? merchants.get(id)?.name ?? officerName(id);
  };
  return (proposed: Proposed): Record<string, string> =>
    Object.fromEntries(idsIn(proposed).flatMap((id) => (nameOf(id) ? [[id, nameOf(id)!]] : [])));
}
