import { Failed, Loading } from '../../mobile/states.tsx';
import { timeOf } from '../../shared/format.ts';
import { usePeopleWords } from '../people-words.ts';
import { Screen } from '../screen.tsx';
import { useHousehold, useHouseholdCode } from './data.ts';

const GROUP = 4;

/** The code with which others join my household, large, with its end and what to do with it. */
export function HouseholdCode() {
  const words = usePeopleWords();
  const household = useHousehold();
  return (
    <Screen title={words.householdCode} parent="/me/household">
      {household.data ? (
        <Code householdId={household.data.id} />
      ) : household.isError ? (
        <Failed error={household.error} retry={() => void household.refetch()} />
      ) : (
        household.isPending && <Loading />
      )}
    </Screen>
  );
}

function Code({ householdId }: { readonly householdId: string }) {
  const words = usePeopleWords();
  const code = useHouseholdCode(householdId);
  if (!code.data) return code.isError ? <Failed error={code.error} retry={() => void code.refetch()} /> : <Loading />;
  const { code: characters, expires_at: end } = code.data;
  return (
    <>
      <p className="card household-code" aria-label={characters.split('').join(' ')} role="img">
        <span>{characters.slice(0, GROUP)}</span> <span>{characters.slice(GROUP)}</span>
      </p>
      <p>{words.codeGoodUntil(timeOf(end))}</p>
      <ol className="how">
        {words.codeHow.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <p className="note">{words.codeWarning}</p>
    </>
  );
}
