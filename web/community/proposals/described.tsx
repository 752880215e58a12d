import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { answer, api, ApiProblem, type Schemas } from '../../api/client.ts';
import { points } from '../../shared/format.ts';
import { useRules } from '../names.ts';
import { useResident } from '../residents/resident.tsx';
import { useWords } from '../words.ts';

type Proposal = Schemas['Proposal'];

/** What is proposed, in a sentence. A community proposes grants and claw-backs. */
export function Described({ proposal: { command, input } }: { readonly proposal: Proposal }) {
  const words = useWords().proposals;
  if (command === 'grant') return <Granted input={input as Schemas['ProposedGrant']} />;
  if (command === 'clawback') return <ClawedBack grantId={(input as Schemas['ProposedClawBack']).grant_id} />;
  return <>{words.commands[command]}</>;
}

function Granted({ input }: { readonly input: Schemas['ProposedGrant'] }) {
  const words = useWords().proposals;
  const rules = useRules();
  const resident = useResident(input.resident_id);
  const rule = rules.data?.find(({ id }) => id === input.action_rule_id)?.name ?? '';
  const foreign = resident.error instanceof ApiProblem;
  return (
    <span className="prose">
      {resident.data ? <Link href={`/residents/${input.resident_id}`}>{resident.data.name}</Link> : foreign && words.foreignResident}
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

function ClawedBack({ grantId: id }: { readonly grantId: string }) {
  const words = useWords().proposals;
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
