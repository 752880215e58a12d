/** The form by which residents sign in: phone and code, and after a long silence the registered name too. */
import { Button } from 'antd-mobile';
import { useState } from 'react';
import { digitsOf, isNamed } from '../../../src/text/index.ts';
import { postSessions } from '../../api/bounds.ts';
import { answer, api, ApiProblem } from '../../api/client.ts';
import { CodeField } from '../../mobile/code-field.tsx';
import { Field } from '../../mobile/field.tsx';
import { Form } from '../../mobile/form.tsx';
import { fits, isPhone } from '../../shared/bounds.ts';
import { useSession } from '../../shared/session.tsx';
import { useDoing } from '../../shared/use-doing.ts';
import { useShared } from '../../shared/words.ts';
import { useCodedPhone } from '../use-coded-phone.ts';
import { useWords } from '../words.ts';

export function PhoneSignIn() {
  const words = useShared();
  const { signIn } = useSession();
  const [phone, setPhone] = useState('');
  const coded = useCodedPhone(phone, (number) => answer(api.POST('/v1/sign-in-codes', { body: { phone: number } })));
  const { doing: signing, setWrong } = coded;
  const [code, setCode] = useState('');
  const [naming, setNaming] = useState(false);

  const enter = () => {
    if (!isPhone(phone)) return setWrong({ at: 'phone', why: words.phoneWrong });
    if (!fits(postSessions.code, digitsOf(code))) return setWrong({ at: 'code', why: words.codeWrong });
    setWrong(undefined);
    void signing.run(async () => {
      try {
        await signIn({ phone, code });
      } catch (error) {
        if (!(error instanceof ApiProblem && error.code === 'name_required')) throw error;
        setNaming(true);
      }
    });
  };
  const anew = () => {
    setNaming(false);
    setCode('');
  };
  if (naming) return <NameStep phone={phone} code={code} anew={anew} />;
  return (
    <Form busy={signing.busy} message={signing.message} enter={enter} submit={words.signIn}>
      <Field
        label={words.phone}
        problem={coded.problem('phone')}
        type="tel"
        inputMode="tel"
        autoComplete="tel-national"
        value={phone}
        change={setPhone}
      />
      <CodeField
        problem={coded.problem('code')}
        hint={coded.sentTo === undefined ? words.codeHint : words.codeSent}
        value={code}
        change={setCode}
        send={{ wait: coded.wait, busy: signing.busy, ask: coded.send }}
      />
    </Form>
  );
}

const focused = (input: HTMLInputElement | null) => input?.focus();

/** The code was right, and nobody signed in with the number for long: it asks for the name. The code stays. */
function NameStep({ phone, code, anew }: { readonly phone: string; readonly code: string; readonly anew: () => void }) {
  const words = useWords();
  const shared = useShared();
  const { signIn } = useSession();
  const signing = useDoing();
  const [name, setName] = useState('');
  const [missing, setMissing] = useState(false);
  const enter = () => {
    const named = isNamed(name);
    setMissing(!named);
    if (named) void signing.run(() => signIn({ phone, code, name }));
  };
  const message = signing.code === 'sign_in_failed' ? words.nameWrong : signing.message;
  return (
    <>
      <p className="step">{words.nameStep}</p>
      <Form busy={signing.busy} message={message} enter={enter} submit={shared.signIn}>
        <Field
          label={words.registeredName}
          hint={words.registeredNameHint}
          problem={missing ? words.nameMissing : undefined}
          autoComplete="name"
          inputRef={focused}
          value={name}
          change={setName}
        />
      </Form>
      <Button block fill="none" color="primary" onClick={anew}>
        {words.codeAnew}
      </Button>
    </>
  );
}
