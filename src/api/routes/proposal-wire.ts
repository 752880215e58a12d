/** Proposals on the wire, with their results. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { actionRuleNames, type NamedResident, proposalStatus, proposalStatuses } from '../../communities/index.ts';
import { type Row, rowsById, type View } from '../../store/index.ts';
import type { Deps } from '../deps.ts';
import { codecOf } from '../http/codec.ts';
import { officerName, officerNames, residentNameFor } from '../office.ts';
import { approvedResult, matterName, matterOf, proposedInput } from './matters.ts';

const shown = codecOf('proposal', ['id', 'reason', 'proposedBy', 'proposedAt', 'decidedBy', 'decidedAt', 'decisionReason'], {
  communityId: 'The community whose officers decide; null: the street office.',
  lapsesAt: 'The time from which it can no longer be approved.',
});
export const proposal = z
  .strictObject({
    ...shown.shape,
    command: matterName,
    input: proposedInput,
    names: z.record(z.string(), z.string()).meta({
      description:
        'The names of the residents, rules, officers and merchants in the input, by id; for a grant, the name of its resident. Residents of another community are masked.',
    }),
    proposed_by_name: officerName,
    status: z.enum(proposalStatuses),
    decided_by_name: officerName,
    result: approvedResult.nullable().meta({ description: 'The result of the command, once it is approved.' }),
  })
  .meta({ id: 'Proposal' });

type Shown = Pick<Deps, 'store' | 'secrets'>;

/** Presents proposals as they stand at `at`, with the names behind the ids; `brief` for a list of them. */
export async function proposalsPresenter(
  deps: Shown,
  request: FastifyRequest,
  rows: readonly Row<'proposal'>[],
  at: number,
  brief = false,
) {
  const { store: view } = deps;
  const nameOf = await officerNames(
    request,
    view,
    rows.flatMap(({ proposedBy, decidedBy }) => [proposedBy, decidedBy]),
  );
  const namesOf = await namesInProposals(request, view, rows, brief);
  return (row: Row<'proposal'>): z.output<typeof proposal> => ({
    ...presentProposal(deps, row, at, brief),
    names: namesOf(row),
    proposed_by_name: nameOf(row.proposedBy),
    decided_by_name: nameOf(row.decidedBy),
  });
}

function presentProposal(deps: Shown, row: Row<'proposal'>, at: number, brief: boolean) {
  const { matter, inputOf, resultOf } = matterOf(row);
  return {
    ...shown.present(row),
    command: matter.name,
    input: inputOf(row, deps, brief),
    status: proposalStatus(row, at),
    result: resultOf(row),
  };
}

/** Returns the names behind the ids in these proposals, by id, for the officers who decide. An id that does not exist has no name. */
async function namesInProposals(request: FastifyRequest, view: View, rows: readonly Row<'proposal'>[], brief: boolean) {
  const idsIn = (row: Row<'proposal'>) => [...new Set(matterOf(row).idsIn(row, brief))];
  const ids = rows.flatMap(idsIn);
  const of = (prefix: string) => ids.filter((each) => each.startsWith(prefix));
  const [rules, grants, merchants, nameOfOfficer] = await Promise.all([
    actionRuleNames(view, of('rul_')),
    rowsById(view, 'grant', of('grt_')),
    rowsById(view, 'merchant', of('mer_')),
    officerNames(request, view, of('off_')),
  ]);
  const holders = [...grants.values()].map(({ residentId }) => residentId);
  const residents = await rowsById(view, 'resident', [...of('res_'), ...holders]);
  const residentName = (resident: NamedResident | undefined) => resident && residentNameFor(request, resident);

  const nameOf = (named: string): string | null | undefined => {
    const holder = grants.get(named)?.residentId;
    return residentName(residents.get(holder ?? named)) ?? rules.get(named) ?? merchants.get(named)?.name ?? nameOfOfficer(named);
  };
  return (row: Row<'proposal'>): Record<string, string> =>
    Object.fromEntries(idsIn(row).flatMap((named) => (nameOf(named) ? [[named, nameOf(named)!]] : [])));
}
