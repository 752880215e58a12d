import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Card } from 'antd';
import type { ReactNode } from 'react';
import { useParams } from 'wouter';
import { keyed, keyedAt } from '../../api/attempt.ts';
import { answer, api, type Schemas } from '../../api/client.ts';
import { column, figures, Rows } from '../../console/data-table.tsx';
import { ReasonDialog } from '../../console/dialog.tsx';
import { Facts } from '../../console/facts.tsx';
import { Page } from '../../console/page.tsx';
import { Shown } from '../../console/states.tsx';
import { points, timeOf } from '../../shared/format.ts';
import { useSignedIn } from '../../shared/session.tsx';
import { GrantsTable } from '../grants.tsx';
import { useCommunityName } from '../names.ts';
import { useWords } from '../words.ts';
import { Standing } from './standing.tsx';
import { Vouchers } from './vouchers.tsx';

type Resident = Schemas['Resident'];
type Lot = Schemas['Wallet']['lots'][number];

export function ResidentPage() {
  const words = useWords().residents;
  const { id } = useParams<{ readonly id: string }>();
  const resident = useResident(id);
  return (
    <Page title={resident.data?.name ?? words.one} actions={resident.data && <Actions resident={resident.data} />}>
      <Shown query={resident}>
        {(found) => (
          <>
            <Card className="gap">
              <Facts items={Object.values(factsOf(found, words))} />
            </Card>
            <Wallet residentId={id} />
            <Vouchers residentId={id} />
            <h2>{words.grants}</h2>
            <GrantsTable residentId={id} />
          </>
        )}
      </Shown>
    </Page>
  );
}

type Fact = readonly [term: string, value: ReactNode];
/** Not facts: what the page is of, why a resident is suspended, which stands with the status, and the erasure, which is no fact of the register. */
type NoFact = 'id' | 'community_id' | 'name' | 'status_reason' | 'erasure_id';

/** The facts about a resident by field; the type asks for every field of the API's answer. */
function factsOf(
  found: Resident,
  words: ReturnType<typeof useWords>['residents'],
): Readonly<Record<Exclude<keyof Resident, NoFact>, Fact>> {
  return {
    phone: [words.phone, found.phone],
    status: [words.status, <Standing key="status" status={found.status} reason={found.status_reason} />],
    registered_at: [words.registeredAt, timeOf(found.registered_at)],
  };
}

export function useResident(id: string) {
  return useQuery({
    queryKey: ['residents', id],
    queryFn: () => answer(api.GET('/v1/residents/{id}', { params: { path: { id } } })),
  });
}

function Actions({ resident }: { readonly resident: Resident }) {
  return (
    <>
      <Standings resident={resident} />
      <Leaving resident={resident} />
    </>
  );
}

/** A resident who asks for it at the counter is erased by two officers, after a week in which it can be withdrawn. */
function Leaving({ resident: { id, status, name, erasure_id: erasureId } }: { readonly resident: Resident }) {
  const words = useWords().residents;
  const queries = useQueryClient();
  const { scopes } = useSignedIn();
  if (!scopes.includes('proposals:write') || status === 'ended' || erasureId !== null) return null;
  return (
    <ReasonDialog
      name={`erasure-${id}`}
      label={words.leave}
      title={words.leaveTitle(name)}
      danger
      write={({ reason }, key) =>
        answer(api.POST('/v1/proposals', { ...keyed(key), body: { command: 'erasure', input: { resident_id: id }, reason } }))
      }
      said={() => words.leaveDone}
      done={() => void queries.invalidateQueries({ queryKey: ['proposals'] })}
    >
      <p>{words.leaveHint}</p>
    </ReasonDialog>
  );
}

function Standings({ resident: { id, status, name } }: { readonly resident: Resident }) {
  const words = useWords().residents;
  const queries = useQueryClient();
  const { scopes } = useSignedIn();
  if (!scopes.includes('residents:write') || status === 'ended') return null;
  const next = status === 'active' ? 'suspended' : 'active';
  return (
    <ReasonDialog
      key={next}
      name={`resident-${next}-${id}`}
      label={words.set[next]}
      title={words.setTitle[next](name)}
      danger={next === 'suspended'}
      write={({ reason }, key) => answer(api.PUT('/v1/residents/{id}/status', { ...keyedAt(key, { id }), body: { status: next, reason } }))}
      done={() => void queries.invalidateQueries({ queryKey: ['residents'] })}
    />
  );
}

function Wallet({ residentId }: { readonly residentId: string }) {
  const words = useWords().residents;
  const community = useCommunityName();
  const wallet = useQuery({
    queryKey: ['wallet', residentId],
    queryFn: () => answer(api.GET('/v1/residents/{id}/wallet', { params: { path: { id: residentId } } })),
  });
  return (
    <>
      <h2>{words.wallet}</h2>
      <Shown query={wallet}>
        {({ points: all, lots }) => (
          <>
            <p className="figures">{words.spendable(points(all))}</p>
            <Rows<Lot>
              label={words.wallet}
              rows={lots}
              rowKey={({ community_id: id, expires_on: day }) => `${id} ${day}`}
              empty={words.noPoints}
              columns={[
                column(words.issuer, ({ community_id: id }) => community(id)),
                column(words.expiresOn, ({ expires_on: day }) => day),
                figures(words.points, ({ points: n }) => points(n)),
              ]}
            />
          </>
        )}
      </Shown>
    </>
  );
}
