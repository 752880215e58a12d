import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { answer, api, ApiProblem, type Schemas } from '../../api/client.ts';
import { type Asked, askedIn, type CommunityCommand, type Inputs } from '../../console/matters.ts';
import { useConsole } from '../../console/words.ts';
import { points } from '../../shared/format.ts';
import { useRules } from '../names.ts';
import { Loss } from '../residents/one/losing.tsx';
import { useResident } from '../residents/one/use-resident.ts';
import { useWords } from '../words.ts';

type Proposal = Schemas['Proposal'];

/** The matters that communities propose, each told in a sentence. */
const matters: { readonly [C in CommunityCommand]: (input: Inputs[C], proposal: Proposal) => ReactNode } = {
  grant: (input) => <Granted input={input} />,
  grant_list: (input) => <Listed input={input} />,
  clawback: ({ grant_id: id }) => <ClawedBack grantId={id} />,
  erasure: ({ resident_id: id }, { names, status }) => <Leaves residentId={id} name={names[id]} open={status === 'open'} />,
  phone: (input, { names }) => <NewPhone input={input} names={names} />,
};

/** The digits of a list's hash that are shown: enough to compare by eye. */
const HASH_SHOWN = 8;

/** A proposal in a sentence; one about a matter of the street office is only named. */
export function Described({ proposal }: { readonly proposal: Proposal }) {
  const words = useConsole().matters;
  const asked = askedIn(matters, proposal);
  return <>{asked ? told(asked, proposal) : words[proposal.command].called}</>;
}

function told<C extends CommunityCommand>({ command, input }: Asked<C>, proposal: Proposal): ReactNode {
  return matters[command](input, proposal);
}

function Granted({ input }: { readonly input: Inputs['grant'] }) {
  const { foreignResident } = useWords().proposals;
  const words = useConsole().matters.grant;
  const rules = useRules();
  const resident = useResident(input.resident_id);
  const rule = rules.data?.find(({ id }) => id === input.action_rule_id)?.name ?? '';
  const foreign = resident.error instanceof ApiProblem;
  return (
    <span className="prose">
      {resident.data ? <Link href={`/residents/${input.resident_id}`}>{resident.data.name}</Link> : foreign && foreignResident}
      {' · '}
      {rule}
      {' · '}
      {input.points === null ? words.times(points(input.quantity)) : words.points(points(input.points))}
      {' · '}
      {input.occurred_on}
      <br />
      {input.description}
    </span>
  );
}

type LeavesProps = { readonly residentId: string; readonly name: string | undefined; readonly open: boolean };

/** While it is open, with the points that it would take: once it is approved, the resident's page tells those that it takes. */
function Leaves({ residentId, name, open }: LeavesProps) {
  const words = useConsole().matters.erasure;
  const { proposals } = useWords();
  return (
    <span className="prose">
      <Link href={`/residents/${residentId}`}>{words.leaves(name ?? proposals.list.nobody)}</Link>
      {open && (
        <>
          <br />
          <Loss residentId={residentId} />
        </>
      )}
    </span>
  );
}

function Listed({ input: { count, people, points: sum, hash } }: { readonly input: Inputs['grant_list'] }) {
  const words = useConsole().matters.grant_list;
  return (
    <span className="prose">
      {words.sum(points(count), points(people), points(sum))}
      <br />
      {words.hash(hash.slice(0, HASH_SHOWN))}
    </span>
  );
}

type NewPhoneProps = { readonly input: Inputs['phone']; readonly names: Proposal['names'] };

function NewPhone({ input: { resident_id: id, phone }, names }: NewPhoneProps) {
  const words = useConsole().matters.phone;
  return (
    <span className="prose">
      <Link href={`/residents/${id}`}>{words.to(names[id] ?? id, phone)}</Link>
      <br />
      {words.happens}
    </span>
  );
}

function ClawedBack({ grantId: id }: { readonly grantId: string }) {
  const words = useConsole().matters.clawback;
  const grant = useQuery({
    queryKey: ['grants', 'one', id],
    queryFn: () => answer(api.GET('/v1/grants/{id}', { params: { path: { id } } })),
  });
  if (!grant.data) return <>{id}</>;
  const { resident_name: name, points: given, action_rule_name: rule, occurred_on: day, description } = grant.data;
  return (
    <span className="prose">
      {words.takesBack(name, points(given))} · {rule} · {day}
      <br />
      {description}
    </span>
  );
}
