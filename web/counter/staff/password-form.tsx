import { Button } from 'antd-mobile';
import { type FormEvent, useState } from 'react';
import { putSessionPassword } from '../../api/bounds.ts';
import { answer, api } from '../../api/client.ts';
import { useSession } from '../../shared/session.tsx';
import { useShared } from '../../shared/words.ts';
import { Field } from '../../mobile/field.tsx';
import { useDoing } from '../../shared/use-doing.ts';

/** Sets a password of one's own. */
export function PasswordForm({ done }: { readonly done?: () => void }) {
  const words = useShared();
  const { take } = useSession();
  const doing = useDoing();
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [wrong, setWrong] = useState<{ readonly password?: string; readonly again?: string }>({});
  const set = (event: FormEvent) => {
    event.preventDefault();
    const found = {
      ...(password.length < putSessionPassword.password.minLength && { password: words.passwordShort }),
      ...(again !== password && { again: words.passwordsDiffer }),
    };
    setWrong(found);
    if (Object.keys(found).length > 0) return;
    void doing.run(async () => {
      take(await answer(api.PUT('/v1/session/password', { body: { current_password: current, password } })));
      done?.();
    });
  };
  return (
    <form className="fields" onSubmit={set} noValidate>
      <Field label={words.currentPassword} type="password" autoComplete="current-password" value={current} change={setCurrent} />
      <Field
        label={words.newPassword}
        hint={words.newPasswordHint}
        problem={wrong.password}
        type="password"
        autoComplete="new-password"
        value={password}
        change={setPassword}
      />
      <Field
        label={words.newPasswordAgain}
        problem={wrong.again}
        type="password"
        autoComplete="new-password"
        value={again}
        change={setAgain}
      />
      <p className="problem" role="alert">
        {doing.message}
      </p>
      <Button block type="submit" color="primary" size="large" loading={doing.busy}>
        {words.save}
      </Button>
    </form>
  );
}

/** For a password that somebody else has seen. */
export function FirstPassword() {
  const words = useShared();
  const { signOut } = useSession();
  return (
    <main className="screen sign-in">
      <h1>{words.setPassword}</h1>
      <p>{words.setPasswordHint}</p>
      <PasswordForm />
      <Button onClick={() => void signOut()}>{words.signOut}</Button>
    </main>
  );
}
