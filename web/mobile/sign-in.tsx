/** The forms to sign in with on a phone or at a counter. */
import { Button } from 'antd-mobile';
import { type FormEvent, type ReactNode, useState } from 'react';
import { postSessions } from '../api/bounds.ts';
import { digitsOf } from '../../src/text/index.ts';
import { fits, isPhone } from '../shared/bounds.ts';
import { useSession } from '../shared/session.tsx';
import { useSignInCode } from '../shared/sign-in-code.ts';
import { useLanguage } from '../shared/text.tsx';
import { useDoing } from '../shared/use-doing.ts';
import { useShared } from '../shared/words.ts';
import { Field } from './field.tsx';

/** A page to sign in on: its title, whom it is for, the form, and the other language. */
export function SignInPage({ title, children, lead }: { readonly title: string; readonly children: ReactNode; readonly lead: string }) {
  const words = useShared();
  const { language, choose } = useLanguage();
  return (
    <main className="screen sign-in">
      <img src="/icon.svg" alt="" width="72" height="72" />
      <hgroup>
        <h1>{title}</h1>
        <p className="note">{lead}</p>
      </hgroup>
      {children}
      <Button fill="none" className="other-language" onClick={() => choose(language === 'zh' ? 'en' : 'zh')}>
        {words.language}
      </Button>
    </main>
  );
}

export function PhoneSignIn() {
  const words = useShared();
  const { signIn } = useSession();
  const signing = useDoing();
  const { wait, send } = useSignInCode();
  const [phone, setPhone] = useState('');
  const [code, setCode] = useState('');
  const [sent, setSent] = useState(false);
  const [wrong, setWrong] = useState<string>();

  const ask = () => {
    if (!isPhone(phone)) return setWrong(words.phoneWrong);
    setWrong(undefined);
    void signing.run(async () => {
      await send(phone);
      setSent(true);
    });
  };
  const enter = () => {
    if (!isPhone(phone)) return setWrong(words.phoneWrong);
    if (!fits(postSessions.code, digitsOf(code))) return setWrong(words.codeWrong);
    setWrong(undefined);
    void signing.run(() => signIn({ phone, code }));
  };
  const again = (
    <Button fill="outline" color="primary" disabled={wait > 0 || signing.busy} onClick={ask}>
      {wait > 0 ? words.sendCodeAgain(wait) : words.sendCode}
    </Button>
  );
  return (
    <SignInForm busy={signing.busy} message={wrong ?? signing.message} enter={enter}>
      <Field label={words.phone} type="tel" inputMode="tel" autoComplete="tel-national" value={phone} change={setPhone} />
      <Field
        label={words.code}
        hint={sent ? words.codeSent : words.codeHint}
        inputMode="numeric"
        autoComplete="one-time-code"
        value={code}
        change={setCode}
        beside={again}
      />
    </SignInForm>
  );
}

export function PasswordSignIn() {
  const words = useShared();
  const { signIn } = useSession();
  const signing = useDoing();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [totp, setTotp] = useState('');
  const withTotp = signing.code === 'totp_required' || totp !== '';
  const enter = () => void signing.run(() => signIn({ login: login.trim(), password, ...(totp !== '' && { totp }) }));
  return (
    <SignInForm busy={signing.busy} message={signing.message} enter={enter}>
      <Field label={words.login} autoComplete="username" autoCapitalize="off" value={login} change={setLogin} />
      <Field label={words.password} type="password" autoComplete="current-password" value={password} change={setPassword} />
      {withTotp && (
        <Field label={words.totp} hint={words.totpHint} inputMode="numeric" autoComplete="one-time-code" value={totp} change={setTotp} />
      )}
    </SignInForm>
  );
}

type SignInFormProps = {
  readonly busy: boolean;
  readonly message: string | undefined;
  readonly enter: () => void;
  readonly children: ReactNode;
};

function SignInForm({ busy, message, enter, children }: SignInFormProps) {
  const words = useShared();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    enter();
  };
  return (
    <form className="fields" onSubmit={submit} noValidate>
      {children}
      <p className="problem" role="alert">
        {message}
      </p>
      <Button block type="submit" color="primary" size="large" loading={busy}>
        {words.signIn}
      </Button>
    </form>
  );
}
