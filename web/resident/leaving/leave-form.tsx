import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { digitsOf } from '../../../src/text/index.ts';
import { keyed, newKey, useAttempt } from '../../api/attempt.ts';
import { postMeErasures } from '../../api/bounds.ts';
import { allPages, answer, api, PAGE_MAX } from '../../api/client.ts';
import { CodeField } from '../../mobile/code-field.tsx';
import { Form } from '../../mobile/form.tsx';
import { Failed, Loading } from '../../mobile/states.tsx';
import { fits } from '../../shared/bounds.ts';
import { points } from '../../shared/format.ts';
import { pointsToLose } from '../../shared/points-to-lose.ts';
import { useOneTimeCodes } from '../../shared/one-time-codes.ts';
import { useDoing } from '../../shared/use-doing.ts';
import { useShared } from '../../shared/words.ts';
import { useMe, useRefresh } from '../data.ts';
import { usePeopleWords } from '../people-words.ts';
import { useResident } from '../resident.ts';
import { useTold } from '../use-told.ts';

/** Says what leaving takes away, sends a code, and requests it. */
export function LeaveForm() {
  const words = usePeopleWords();
  const lost = usePointsToLose();
  if (lost.data === undefined) return lost.isError ? <Failed error={lost.error} retry={() => void lost.refetch()} /> : <Loading />;
  return (
    <>
      <section className="card">
        <p className="big-line">{words.leaveLoses(points(lost.data))}</p>
        <ul className="how">
          {words.leaveMeans.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      </section>
      <CodeForm />
    </>
  );
}

function CodeForm() {
  const words = usePeopleWords();
  const shared = useShared();
  const { offline } = useResident();
  const { data: me } = useMe();
  const refresh = useRefresh();
  const asking = useDoing();
  const codes = useOneTimeCodes(() => answer(api.POST('/v1/me/erasure-codes', { ...keyed(newKey()), body: {} })));
  const [sent, setSent] = useState(false);
  const [code, setCode] = useState('');
  const [wrong, setWrong] = useState(false);
  const { now, send } = useAttempt(async (typed: string, key) => {
    const requested = await answer(api.POST('/v1/me/erasures', { ...keyed(key), body: { code: typed } }));
    refresh();
    return requested;
  });
  const told = useTold(now);
  const ask = () =>
    void asking.run(async () => {
      await codes.send(undefined);
      setSent(true);
    });
  const enter = () => {
    if (!sent) return ask();
    const isWhole = fits(postMeErasures.code, digitsOf(code));
    setWrong(!isWhole);
    if (isWhole) void send(code);
  };
  return (
    <Form
      busy={asking.busy || now.state === 'sending'}
      message={wrong ? shared.codeWrong : (asking.message ?? told)}
      enter={enter}
      submit={sent ? words.leaveForGood : words.leaveCode}
      disabled={offline}
      danger={sent}
    >
      {sent && (
        <CodeField
          hint={words.sentToOld(me?.phone ?? '')}
          value={code}
          change={setCode}
          send={{ wait: codes.wait, busy: asking.busy, ask }}
        />
      )}
    </Form>
  );
}

function usePointsToLose() {
  const { residentId } = useResident();
  return useQuery({
    queryKey: [residentId, 'points to lose'],
    async queryFn() {
      const [wallet, vouchers] = await Promise.all([
        answer(api.GET('/v1/me/wallet')),
        allPages((cursor) =>
          answer(api.GET('/v1/me/vouchers', { params: { query: { limit: PAGE_MAX, ...(cursor !== undefined && { cursor }) } } })),
        ),
      ]);
      return pointsToLose({ wallet, vouchers });
    },
  });
}
