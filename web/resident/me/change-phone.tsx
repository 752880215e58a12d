import { Button } from 'antd-mobile';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { digitsOf, phoneOf } from '../../../src/text/index.ts';
import { putMePhone } from '../../api/bounds.ts';
import { keyed, useAttempt } from '../../api/attempt.ts';
import { answer, api } from '../../api/client.ts';
import { CodeField, SendButton } from '../../mobile/code-field.tsx';
import { Field } from '../../mobile/field.tsx';
import { Form } from '../../mobile/form.tsx';
import { fits } from '../../shared/bounds.ts';
import { useMe, useRefresh } from '../data.ts';
import { usePeopleWords } from '../people-words.ts';
import { useResident } from '../resident.ts';
import { Screen } from '../screen.tsx';
import { useCodedPhone } from '../use-coded-phone.ts';
import { useTold } from '../use-told.ts';

type Change = { readonly phone: string; readonly code: string; readonly new_code: string };

/** Changes one's number, by a code to the old number and one to the new. */
export function ChangePhone() {
  const words = usePeopleWords();
  const [, navigate] = useLocation();
  const refresh = useRefresh();
  const attempt = useAttempt(async (body: Change, key) => {
    const changed = await answer(api.PUT('/v1/me/phone', { ...keyed(key), body }));
    refresh();
    return changed;
  });
  const { now } = attempt;
  return (
    <Screen title={words.changePhone} parent="/me">
      {now.state === 'done' ? (
        <>
          <div className="card" role="status">
            <p className="big-line">{words.phoneChanged}</p>
            <p>{words.phoneChangedTo(now.reply.phone)}</p>
            <p className="note">{words.phoneChangedMore}</p>
          </div>
          <Button block color="primary" size="large" onClick={() => navigate('/me', { replace: true })}>
            {words.done}
          </Button>
        </>
      ) : (
        <ChangeForm now={now} send={attempt.send} />
      )}
    </Screen>
  );
}

const isWhole = (code: string) => fits(putMePhone.code, digitsOf(code));

type Changing = ReturnType<typeof useAttempt<Change, { phone: string }>>;

function ChangeForm({ now, send }: Pick<Changing, 'now' | 'send'>) {
  const words = usePeopleWords();
  const { offline } = useResident();
  const { data: me } = useMe();
  const told = useTold(now);
  const [phone, setPhone] = useState('');
  const coded = useCodedPhone(phone, (number) => answer(api.POST('/v1/me/phone-codes', { body: { phone: number } })));
  const { sentTo, doing: asking, setWrong } = coded;
  const [typed, setTyped] = useState({ code: '', new_code: '' });
  const enter = () => {
    if (sentTo === undefined) return coded.send();
    if (phoneOf(phone) !== phoneOf(sentTo)) return setWrong({ at: 'phone', why: words.codesOfOther });
    if (![typed.code, typed.new_code].every(isWhole)) return setWrong({ at: 'code', why: words.bothCodes });
    setWrong(undefined);
    void send({ phone, ...typed });
  };
  const message = coded.problem('code') ?? asking.message ?? told;
  const locked = now.state === 'unknown';
  return (
    <>
      <p>{words.changePhoneLead}</p>
      <Form
        busy={asking.busy || now.state === 'sending'}
        message={message}
        enter={enter}
        submit={sentTo === undefined ? words.sendBoth : words.changePhoneConfirm}
        disabled={offline}
      >
        <Field
          label={words.newPhone}
          problem={coded.problem('phone') ?? asking.fields['phone']}
          type="tel"
          inputMode="tel"
          autoComplete="off"
          readOnly={locked}
          value={phone}
          change={setPhone}
          {...(sentTo !== undefined && { beside: <SendButton wait={coded.wait} busy={asking.busy} ask={coded.send} /> })}
        />
        {sentTo !== undefined && (
          <>
            <CodeField
              label={words.codeOfOld}
              hint={words.sentToOld(me?.phone ?? '')}
              value={typed.code}
              change={(code) => setTyped({ ...typed, code })}
            />
            <CodeField
              label={words.codeOfNew}
              hint={words.sentToNew(sentTo)}
              value={typed.new_code}
              change={(code) => setTyped({ ...typed, new_code: code })}
            />
          </>
        )}
      </Form>
      <p className="note">{words.withoutOld}</p>
    </>
  );
}
