/** The form to sign in with at a desk, and the one to set a password of one's own. */
import { Alert, Button, Card, Form, Input } from 'antd';
import { useState } from 'react';
import { answer, api, ApiProblem } from '../api/client.ts';
import { told } from '../shared/problem-text.ts';
import { useSession } from '../shared/session.tsx';
import { useLanguage } from '../shared/text.tsx';
import { useShared } from '../shared/words.ts';
import { useConsole } from './words.ts';

const PASSWORD_MIN = 10;

/** Does something that may fail, once at a time, and tells why it did. */
function useDoing() {
  const { language } = useLanguage();
  const words = useShared();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  return {
    busy,
    code: error instanceof ApiProblem ? error.code : undefined,
    message: error === undefined ? undefined : told(error, language, words).message,
    async run(work: () => Promise<void>) {
      setBusy(true);
      setError(undefined);
      try {
        await work();
      } catch (failure) {
        setError(failure);
      } finally {
        setBusy(false);
      }
    },
  };
}

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
          <Input inputMode="numeric" autoComplete="one-time-code" maxLength={6} />
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
        <SignInForm />
        <p>{help}</p>
        <Button block type="text" onClick={() => choose(language === 'zh' ? 'en' : 'zh')}>
          {words.language}
        </Button>
      </Card>
    </main>
  );
}

type NewPassword = { readonly current: string; readonly password: string; readonly again: string };

/** For a password that somebody else has seen. */
export function SetPasswordPage() {
  const words = useShared();
  const { take } = useSession();
  const doing = useDoing();
  const set = ({ current, password }: NewPassword) =>
    doing.run(async () => take(await answer(api.PUT('/v1/session/password', { body: { current_password: current, password } }))));
  return (
    <main className="sign-in">
      <Card>
        <h1>{words.setPassword}</h1>
        <p>{words.setPasswordHint}</p>
        <Form layout="vertical" requiredMark={false} onFinish={(entered: NewPassword) => void set(entered)}>
          <Form.Item name="current" label={words.currentPassword} rules={[{ required: true }]}>
            <Input.Password autoComplete="current-password" />
          </Form.Item>
          <Form.Item
            name="password"
            label={words.newPassword}
            rules={[{ required: true, min: PASSWORD_MIN, message: words.passwordShort }]}
          >
            <Input.Password autoComplete="new-password" />
          </Form.Item>
          <Form.Item
            name="again"
            label={words.newPasswordAgain}
            dependencies={['password']}
            rules={[
              ({ getFieldValue }) => ({
                validator: (_rule, value) =>
                  value === getFieldValue('password') ? Promise.resolve() : Promise.reject(new Error(words.passwordsDiffer)),
              }),
            ]}
          >
            <Input.Password autoComplete="new-password" />
          </Form.Item>
          {doing.message !== undefined && <Alert type="error" showIcon title={doing.message} className="gap" />}
          <Button block type="primary" htmlType="submit" size="large" loading={doing.busy}>
            {words.save}
          </Button>
        </Form>
      </Card>
    </main>
  );
}
