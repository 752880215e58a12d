/** The form to sign in with at a desk, and the one to set a password of one's own. */
import { Alert, Button, Card, Form, Input } from 'antd';
import { useState } from 'react';
import { useSession } from '../shared/session.tsx';
import { useLanguage } from '../shared/text.tsx';
import { useDoing } from '../shared/use-doing.ts';
import { useShared } from '../shared/words.ts';
import { NotReady } from './not-ready.tsx';
import { PasswordForm } from './account/password.tsx';
import { useConsole } from './words.ts';

type Entered = { readonly login: string; readonly password: string; readonly totp?: string };

export function SignInForm() {
  const words = useShared();
  const { signIn } = useSession();
  const doing = useDoing();
  const [totp, setTotp] = useState(false);
  const enter = async ({ login, password, totp: code }: Entered) => {
    await doing.run(() => signIn({ login: login.trim(), password, ...(code && { totp: code }) }));
  };
  const withTotp = totp || doing.code === 'totp_required';
  if (withTotp && !totp) setTotp(true);
  return (
    <Form layout="vertical" requiredMark={false} onFinish={(entered: Entered) => void enter(entered)}>
      <Form.Item name="login" label={words.login} rules={[{ required: true }]}>
        <Input autoComplete="username" autoCapitalize="off" />
      </Form.Item>
      <Form.Item name="password" label={words.password} rules={[{ required: true }]}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      {withTotp && (
        <Form.Item name="totp" label={words.totp} extra={words.totpHint}>
          <Input inputMode="numeric" autoComplete="one-time-code" />
        </Form.Item>
      )}
      {doing.message !== undefined && <Alert type="error" showIcon title={doing.message} className="gap" />}
      <Button block type="primary" htmlType="submit" size="large" loading={doing.busy}>
        {words.signIn}
      </Button>
    </Form>
  );
}

export function SignInPage({ title }: { readonly title: string }) {
  const words = useShared();
  const { help } = useConsole();
  const { language, choose } = useLanguage();
  return (
    <main className="sign-in">
      <Card>
        <img src="/icon.svg" alt="" width="56" height="56" />
        <h1>{title}</h1>
        <NotReady />
        <SignInForm />
        <p>{help}</p>
        <Button block type="text" onClick={() => choose(language === 'zh' ? 'en' : 'zh')}>
          {words.language}
        </Button>
      </Card>
    </main>
  );
}

/** For a password that somebody else has seen. */
export function SetPasswordPage() {
  const words = useShared();
  return (
    <main className="sign-in">
      <Card>
        <h1>{words.setPassword}</h1>
        <p>{words.setPasswordHint}</p>
        <PasswordForm submit={words.save} />
      </Card>
    </main>
  );
}
