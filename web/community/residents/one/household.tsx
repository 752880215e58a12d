import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Space } from 'antd';
import { Link } from 'wouter';
import { keyed, keyedAt } from '../../../api/attempt.ts';
import { answer, api, type Schemas } from '../../../api/client.ts';
import { column, Rows } from '../../../console/data-table.tsx';
import { ReasonDialog } from '../../../console/dialog.tsx';
import { Mark } from '../../../console/mark.tsx';
import { Shown } from '../../../console/states.tsx';
import { dayOf } from '../../../shared/format.ts';
import { useSignedIn } from '../../../shared/session.tsx';
import { useCommunityName, useOwn } from '../../names.ts';
import { useWords } from '../../words.ts';
import { AddMember } from './add-member.tsx';

type Found = Schemas['Household'];
type Member = Found['members'][number];

type HouseholdProps = { readonly residentId: string; readonly name: string };

/** The household that a resident is in, with everybody who is or was in it; or a button to found one. `gone`: nothing is done any more. */
export function Household({ residentId: id, name, gone }: HouseholdProps & { readonly gone: boolean }) {
  const words = useWords().people.household;
  const mayWrite = useSignedIn().scopes.includes('residents:write') && !gone;
  const found = useQuery({
    queryKey: ['residents', id, 'household'],
    queryFn: () => answer(api.GET('/v1/residents/{id}/household', { params: { path: { id } } })),
  });
  return (
    <Shown query={found}>
      {({ household }) =>
        household ? (
          <Living household={household} residentId={id} />
        ) : (
          <>
            <div className="page-head">
              <h2>{words.title}</h2>
              {mayWrite && <FoundOne residentId={id} name={name} />}
            </div>
            <p>{words.none}</p>
          </>
        )
      }
    </Shown>
  );
}

function FoundOne({ residentId: id, name }: HouseholdProps) {
  const words = useWords().people.household;
  const queries = useQueryClient();
  return (
    <ReasonDialog
      name={`found-household-${id}`}
      label={words.found}
      title={words.foundTitle(name)}
      write={({ reason }, key) => answer(api.POST('/v1/households', { ...keyed(key), body: { resident_id: id, reason } }))}
      said={() => words.founded}
      done={() => void queries.invalidateQueries({ queryKey: ['residents'] })}
    />
  );
}

/** `residentId`: a resident of the officer's own community, whose household it is, though it may be another community's. */
function Living({ household, residentId }: { readonly household: Found; readonly residentId: string }) {
  const words = useWords().people.household;
  const queries = useQueryClient();
  const own = useOwn();
  const community = useCommunityName();
  const isOwn = household.community_id === own;
  const mayServe = useSignedIn().scopes.includes('residents:write');
  const mayWrite = mayServe && isOwn;
  const { id } = household;
  return (
    <>
      <div className="page-head">
        <h2>{words.title}</h2>
        {mayWrite && (
          <Space wrap>
            <AddMember householdId={id} />
            <ReasonDialog
              name={`end-household-${id}`}
              label={words.end}
              title={words.endTitle}
              danger
              write={(body, key) => answer(api.POST('/v1/households/{id}/ending', { ...keyedAt(key, { id }), body }))}
              done={() => void queries.invalidateQueries({ queryKey: ['residents'] })}
            >
              <p>{words.endHint}</p>
            </ReasonDialog>
          </Space>
        )}
      </div>
      <p>
        {words.foundedAt(dayOf(household.founded_at))} {!isOwn && words.servedBy(community(household.community_id))}
      </p>
      <Rows<Member>
        label={words.title}
        rows={household.members}
        rowKey={({ resident_id: member, since }) => `${member} ${since}`}
        columns={[
          column(words.name, (member) => <Name member={member} head={isHead(household, member)} />),
          column(words.since, ({ since }) => dayOf(since)),
          column(words.until, ({ until }) => until !== null && dayOf(until)),
          column(words.how, ({ how }) => words.hows[how]),
          column(words.by, ({ by_name: by }) => by),
          column(words.reason, ({ reason }) => <span className="prose">{reason}</span>),
          column(
            words.actions,
            (member) =>
              (mayWrite || (mayServe && member.resident_id === residentId)) && (
                <Acts household={household} member={member} mayMakeHead={mayWrite} />
              ),
          ),
        ]}
      />
    </>
  );
}

function isHead({ head_id: head }: Found, { resident_id: id, until }: Member): boolean {
  return id === head && until === null;
}

/** The page of a resident is read by the officers of their community alone. */
function Name({ member: { resident_id: id, name, community_id: home }, head }: { readonly member: Member; readonly head: boolean }) {
  const words = useWords().people.household;
  const community = useCommunityName();
  const own = useOwn();
  return (
    <span className="prose">
      {home === own ? <Link href={`/residents/${id}`}>{name}</Link> : `${name} ${community(home)}`} {head && <Mark>{words.head}</Mark>}
    </span>
  );
}

type ActsProps = { readonly household: Found; readonly member: Member; readonly mayMakeHead: boolean };

/** Takes a member out, or makes them the head. The head stays while others are in it. */
function Acts({ household, member, mayMakeHead }: ActsProps) {
  const words = useWords().people.household;
  const queries = useQueryClient();
  const { resident_id: id, name, until } = member;
  const done = () => void queries.invalidateQueries({ queryKey: ['residents'] });
  if (until !== null || isHead(household, member)) return null;
  return (
    <Space wrap>
      {mayMakeHead && (
        <ReasonDialog
          name={`head-${household.id}-${id}`}
          label={words.makeHead}
          title={words.makeHeadTitle(name)}
          write={({ reason }, key) =>
            answer(api.POST('/v1/households/{id}/hand-over', { ...keyedAt(key, { id: household.id }), body: { resident_id: id, reason } }))
          }
          done={done}
        />
      )}
      <ReasonDialog
        name={`leave-${id}`}
        label={words.remove}
        title={words.removeTitle(name)}
        danger
        write={(body, key) => answer(api.POST('/v1/residents/{id}/household/leaving', { ...keyedAt(key, { id }), body }))}
        done={done}
      />
    </Space>
  );
}
