import { Form, Input } from 'antd';
import { answer, api } from '../../api/client.ts';
import { useSession } from '../../shared/session.tsx';
import { useShared } from '../../shared/words.ts';
import { useConsole } from '../words.ts';
import { WriteForm } from '../write-form.tsx';

const PASSWORD_MIN = 10;

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
      <Form.Item name="password" label={words.newPassword} rules={[{ required: true, min: PASSWORD_MIN, message: words.passwordShort }]}>
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
