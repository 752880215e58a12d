import { useState } from 'react';
import { useLocation } from 'wouter';
import { householdCodeOf } from '../../../src/text/index.ts';
import { keyed, useAttempt } from '../../api/attempt.ts';
import { answer, api } from '../../api/client.ts';
import { Field } from '../../mobile/field.tsx';
import { Form } from '../../mobile/form.tsx';
import { useRefresh } from '../data.ts';
import { usePeopleWords } from '../people-words.ts';
import { useResident } from '../resident.ts';
import { Screen } from '../screen.tsx';
import { useTold } from '../use-told.ts';

/** Joins a household with the code that its head shows. */
export function JoinHousehold() {
  const words = usePeopleWords();
  const { offline } = useResident();
  const [, navigate] = useLocation();
  const refresh = useRefresh();
  const [code, setCode] = useState('');
  const [wrong, setWrong] = useState(false);
  const { now, send } = useAttempt(async (typed: string, key) => {
    const joined = await answer(api.POST('/v1/me/household/joining', { ...keyed(key), body: { code: typed } }));
    refresh();
    return joined;
  });
  const told = useTold(now);
  const enter = async () => {
    const typed = householdCodeOf(code);
    setWrong(typed === undefined);
    if (typed !== undefined && (await send(typed))) navigate('/me/household', { replace: true });
  };
  return (
    <Screen title={words.join} parent="/me/household">
      <p>{words.joinLead}</p>
      <Form busy={now.state === 'sending'} message={told} enter={() => void enter()} submit={words.joinConfirm} disabled={offline}>
        <Field
          label={words.householdCode}
          hint={words.joinHint}
          problem={wrong ? words.householdCodeWrong : undefined}
          className="spaced"
          autoCapitalize="characters"
          autoComplete="off"
          spellCheck={false}
          readOnly={now.state === 'unknown'}
          value={code}
          change={setCode}
        />
      </Form>
      <p className="note">{words.joinShows}</p>
    </Screen>
  );
}
