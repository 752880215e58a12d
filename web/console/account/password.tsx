import { Form, Input } from 'antd';
import { putSessionPassword } from '../../api/bounds.ts';
import { answer, api } from '../../api/client.ts';
import { useSession } from '../../shared/session.tsx';
import { useShared } from '../../shared/words.ts';
import { textRules } from '../rules.ts';
import { useConsole } from '../words.ts';
import { WriteForm } from '../write-form.tsx';

type Entered = { readonly current_password: string; readonly password: string; readonly again: string };

export function ChangePassword() {
  const { account } = useConsole();
  return (
    <>
      <p>{account.passwordHint}</p>
      <PasswordForm submit={account.password} />
    </>
  );
}

/** Blanks around a password are part of it. */
const asTyped = (password: string) => password;

/** Sets another password of one's own. */
export function PasswordForm({ submit }: { readonly submit: string }) {
  const words = useShared();
  const { account } = useConsole();
  const { take } = useSession();
  return (
    <WriteForm
      name="change-password"
      secret
      initial={{ current_password: '', password: '', again: '' }}
      write={({ current_password, password }: Entered) => answer(api.PUT('/v1/session/password', { body: { current_password, password } }))}
      at={{ sign_in_failed: 'current_password' }}
      said={() => account.passwordChanged}
      done={take}
      submit={submit}
    >
      <Form.Item name="current_password" label={words.currentPassword} rules={[{ required: true }]}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Form.Item
        name="password"
        label={words.newPassword}
        rules={textRules(putSessionPassword.password, { wrong: words.passwordShort, sent: asTyped })}
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
    </WriteForm>
  );
}
