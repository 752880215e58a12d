import { Button } from 'antd-mobile';
import encodeQR from 'qr';
import { type FormEvent, useMemo, useState } from 'react';
import { answer, api } from '../../api/client.ts';
import { useSession, useSignedIn } from '../../shared/session.tsx';
import { useShared } from '../../shared/words.ts';
import { Field } from '../../mobile/field.tsx';
import { useWords } from '../words.ts';
import { useDoing } from '../../shared/use-doing.ts';

/** A second proof at sign-in, from an app on one's own phone: set up, or taken off. */
export function Totp() {
  const words = useWords();
  const { totp } = useSignedIn();
  return (
    <details>
      <summary>{totp ? words.totpOn : words.totpOff}</summary>
      {totp ? <RemoveTotp /> : <SetUpTotp />}
    </details>
  );
}

function SetUpTotp() {
  const words = useWords();
  const doing = useDoing();
  const [secret, setSecret] = useState<{ readonly secret: string; readonly uri: string }>();
  if (secret) return <ConfirmTotp {...secret} />;
  return (
    <>
      <p className="note">{words.totpWhy}</p>
      <p className="problem" role="alert">
        {doing.message}
      </p>
      <Button
        loading={doing.busy}
        onClick={() => void doing.run(async () => setSecret(await answer(api.POST('/v1/session/totp', { body: {} }))))}
      >
        {words.totpSetUp}
      </Button>
    </>
  );
}

function ConfirmTotp({ secret, uri }: { readonly secret: string; readonly uri: string }) {
  const words = useWords();
  const shared = useShared();
  const { take } = useSession();
  const doing = useDoing();
  const [code, setCode] = useState('');
  const picture = useMemo(() => `data:image/svg+xml,${encodeURIComponent(encodeQR(uri, 'svg'))}`, [uri]);
  const confirm = (event: FormEvent) => {
    event.preventDefault();
    void doing.run(async () => take(await answer(api.PUT('/v1/session/totp', { body: { code } }))));
  };
  return (
    <form className="fields" onSubmit={confirm} noValidate>
      <p>{words.totpScan}</p>
      <img className="qr" src={picture} alt={words.totpPicture} />
      <p className="secret">{secret}</p>
      <Field
        label={shared.totp}
        hint={shared.totpHint}
        problem={doing.message}
        inputMode="numeric"
        autoComplete="one-time-code"
        value={code}
        change={setCode}
      />
      <Button type="submit" color="primary" loading={doing.busy}>
        {shared.confirm}
      </Button>
    </form>
  );
}

function RemoveTotp() {
  const words = useWords();
  const shared = useShared();
  const { take } = useSession();
  const doing = useDoing();
  const [password, setPassword] = useState('');
  const remove = (event: FormEvent) => {
    event.preventDefault();
    void doing.run(async () => take(await answer(api.POST('/v1/session/totp/removal', { body: { password } }))));
  };
  return (
    <form className="fields" onSubmit={remove} noValidate>
      <Field
        label={shared.password}
        problem={doing.message}
        type="password"
        autoComplete="current-password"
        value={password}
        change={setPassword}
      />
      <Button type="submit" color="danger" loading={doing.busy}>
        {words.totpRemove}
      </Button>
    </form>
  );
}
