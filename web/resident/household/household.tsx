import { Button } from 'antd-mobile';
import { useLocation } from 'wouter';
import { keyed, useAttempt } from '../../api/attempt.ts';
import { answer, api } from '../../api/client.ts';
import { Outcome } from '../../mobile/outcome.tsx';
import { Failed, Loading } from '../../mobile/states.tsx';
import { dayOf } from '../../shared/format.ts';
import { useRefresh } from '../data.ts';
import { usePeopleWords } from '../people-words.ts';
import { useResident } from '../resident.ts';
import { Screen } from '../screen.tsx';
import { Stale } from '../stale.tsx';
import { useWords } from '../words.ts';
import { type Household as HouseholdOf, useHousehold } from './data.ts';
import { HouseholdSheet } from './sheets.tsx';

type HouseholdProps = {
  /** The sheet above it: `leave`, `end` or `head`, and for that the member who is to be the head. */
  readonly sheet: string | undefined;
  readonly memberId: string | undefined;
};

/** My household and its members; for whoever is in none, the two ways into one. */
export function Household({ sheet, memberId }: HouseholdProps) {
  const words = useWords();
  const household = useHousehold();
  return (
    <Screen title={words.household} parent="/me">
      <Stale query={household} />
      {household.data === undefined ? (
        household.isError ? (
          <Failed error={household.error} retry={() => void household.refetch()} />
        ) : (
          <Loading />
        )
      ) : household.data === null ? (
        <NoHousehold />
      ) : (
        <>
          <Members household={household.data} />
          {sheet !== undefined && <HouseholdSheet household={household.data} sheet={sheet} memberId={memberId} />}
        </>
      )}
    </Screen>
  );
}

function NoHousehold() {
  const words = usePeopleWords();
  const { offline } = useResident();
  const [, navigate] = useLocation();
  const refresh = useRefresh();
  const { now, send } = useAttempt(async (_: undefined, key) => {
    await answer(api.POST('/v1/me/household', { ...keyed(key), body: {} }));
    refresh();
  });
  return (
    <>
      <p>{words.householdWhat}</p>
      <div className="actions">
        <Button block color="primary" size="large" disabled={offline} onClick={() => navigate('/me/household/join')}>
          {words.join}
        </Button>
        <p className="note">{words.joinNote}</p>
        <Button block size="large" disabled={offline} loading={now.state === 'sending'} onClick={() => void send(undefined)}>
          {words.found}
        </Button>
        <p className="note">{words.foundNote}</p>
      </div>
      <Outcome now={now} />
    </>
  );
}

function Members({ household }: { readonly household: HouseholdOf }) {
  const words = usePeopleWords();
  const { residentId, offline } = useResident();
  const [, navigate] = useLocation();
  const isHead = household.head_id === residentId;
  return (
    <>
      <section className="card">
        <h2>{words.members(household.members.length)}</h2>
        <ul className="lines">
          {household.members.map(({ resident_id: id, name, since }) => (
            <li key={id}>
              <span className="line">
                <strong>{name}</strong>
                <span className="badges">
                  {id === household.head_id && <span className="badge">{words.head}</span>}
                  {id === residentId && <span className="badge">{words.myself}</span>}
                </span>
              </span>
              <span className="note">{words.since(dayOf(since))}</span>
              {isHead && id !== residentId && (
                <Button
                  className="beside"
                  fill="outline"
                  color="primary"
                  disabled={offline}
                  aria-label={words.makeHeadOf(name)}
                  onClick={() => navigate(`/me/household/head/${id}`)}
                >
                  {words.makeHead}
                </Button>
              )}
            </li>
          ))}
        </ul>
      </section>
      <div className="actions">
        {isHead && (
          <Button block color="primary" size="large" disabled={offline} onClick={() => navigate('/me/household/code')}>
            {words.invite}
          </Button>
        )}
        <Button
          block
          size="large"
          color="danger"
          fill="outline"
          disabled={offline}
          onClick={() => navigate(`/me/household/${isHead ? 'end' : 'leave'}`)}
        >
          {isHead ? words.endHousehold : words.leaveHousehold}
        </Button>
      </div>
    </>
  );
}
