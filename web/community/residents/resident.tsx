import { Alert, Card } from 'antd';
import type { ReactNode } from 'react';
import { Link, useParams } from 'wouter';
import type { Schemas } from '../../api/client.ts';
import { Facts } from '../../console/facts.tsx';
import { Page } from '../../console/page.tsx';
import { Shown } from '../../console/states.tsx';
import { timeOf } from '../../shared/format.ts';
import { GrantsTable } from '../grants.tsx';
import { type Words } from '../text/zh.ts';
import { useWords } from '../words.ts';
import { Acts } from './one/acts.tsx';
import { Changes } from './one/changes.tsx';
import { Consents } from './one/consents.tsx';
import { isGone } from './one/gone.ts';
import { Household } from './one/household.tsx';
import { Going } from './one/leaving.tsx';
import { Proposed } from './one/proposed.tsx';
import { useResident } from './one/use-resident.ts';
import { Wallet } from './one/wallet.tsx';
import { Standing } from './standing.tsx';
import { Vouchers } from './vouchers.tsx';

type Resident = Schemas['ResidentWithConsents'];

export function ResidentPage() {
  const words = useWords();
  const { id } = useParams<{ readonly id: string }>();
  const resident = useResident(id);
  return (
    <Page title={resident.data?.name ?? words.residents.one} actions={resident.data && <Acts resident={resident.data} />}>
      <Shown query={resident}>
        {(found) => (
          <>
            <SamePerson ids={found.same_person_ids} />
            <Going resident={found} />
            <Proposed residentId={id} />
            <Card className="gap">
              <Facts items={Object.values(factsOf(found, words))} />
            </Card>
            <Wallet residentId={id} />
            <Vouchers residentId={id} gone={isGone(found)} />
            <Household residentId={id} name={found.name} gone={isGone(found)} />
            <Consents resident={found} />
            <Changes residentId={id} />
            <h2>{words.residents.grants}</h2>
            <GrantsTable residentId={id} />
          </>
        )}
      </Shown>
    </Page>
  );
}

type Fact = readonly [term: string, value: ReactNode];
/** Not facts: the subject of the page, why a resident is suspended, which stands with the status, and what has a part of its own. */
type NoFact = 'id' | 'community_id' | 'name' | 'status_reason' | 'erasure_id' | 'consents' | 'same_person_ids';

/** The facts about a resident by field; the type asks for every field of the API's answer. */
function factsOf(found: Resident, { residents: words, people }: Words): Readonly<Record<Exclude<keyof Resident, NoFact>, Fact>> {
  return {
    phone: [words.phone, found.phone],
    status: [words.status, <Standing key="status" status={found.status} reason={found.status_reason} />],
    registered_at: [words.registeredAt, timeOf(found.registered_at)],
    spends_from: [people.resident.spendsFrom, spendingOf(found, people.resident)],
  };
}

/** Whether points can be spent now, and if a change of the number forbids it, from when on. */
function spendingOf({ status, spends_from: from }: Resident, words: Words['people']['resident']): string {
  if (status !== 'active') return words.spendsNot;
  return from !== null && Date.parse(from) > Date.now() ? words.closedUntil(timeOf(from)) : words.spends;
}

/** Other registrations of the same person. */
function SamePerson({ ids }: { readonly ids: readonly string[] }) {
  const words = useWords().people.resident;
  if (ids.length === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      className="gap"
      title={words.samePerson}
      description={
        <ul className="plain">
          {ids.map((id) => (
            <Other key={id} id={id} />
          ))}
        </ul>
      }
    />
  );
}

function Other({ id }: { readonly id: string }) {
  const { data } = useResident(id);
  return (
    <li>
      <Link href={`/residents/${id}`}>{data?.name ?? id}</Link> {data?.phone}
    </li>
  );
}
