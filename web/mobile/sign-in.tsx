/** The parts of the pages to sign in on, on a phone or at a counter. */
import { Button } from 'antd-mobile';
import { type ReactNode, useState } from 'react';
import { useSession } from '../shared/session.tsx';
import { useLanguage } from '../shared/text.tsx';
import { useDoing } from '../shared/use-doing.ts';
import { useShared } from '../shared/words.ts';
import { Field } from './field.tsx';
import { Form } from './form.tsx';

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
    <Form busy={signing.busy} message={signing.message} enter={enter} submit={words.signIn}>
      <Field label={words.login} autoComplete="username" autoCapitalize="off" value={login} change={setLogin} />
      <Field label={words.password} type="password" autoComplete="current-password" value={password} change={setPassword} />
      {withTotp && (
        <Field label={words.totp} hint={words.totpHint} inputMode="numeric" autoComplete="one-time-code" value={totp} change={setTotp} />
      )}
    </Form>
  );
}
