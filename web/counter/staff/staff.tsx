import { Button } from 'antd-mobile';
import { useState } from 'react';
import { Link } from 'wouter';
import { useSession } from '../../shared/session.tsx';
import { useLanguage } from '../../shared/text.tsx';
import { useShared } from '../../shared/words.ts';
import { useCounter } from '../context.tsx';
import { isSilent, setSilent } from '../sound.ts';
import { useWords } from '../words.ts';
import { PasswordForm } from './password-form.tsx';
import { Totp } from './totp.tsx';

/** The person behind the counter: what this device does, password, sign-out. */
export function StaffScreen({ changeStore }: { readonly changeStore: (() => void) | undefined }) {
  const words = useWords();
  const shared = useShared();
  const { known } = useSession();
  const { place } = useCounter();
  const { language, choose } = useLanguage();
  return (
    <>
      <section className="card staff">
        <h1>{words.staff}</h1>
        <p>
          <strong>{known.state === 'somebody' ? known.signedIn.person_name : ''}</strong> {place.merchant} · {place.store.name}
        </p>
        {changeStore && <Button onClick={changeStore}>{words.changeStore}</Button>}
        <Silence />
        <Button onClick={() => choose(language === 'zh' ? 'en' : 'zh')}>{shared.language}</Button>
        <Link href="/practice" className="adm-link">
          {words.toPractice}
        </Link>
      </section>
      {known.state === 'somebody' && <Account />}
    </>
  );
}

function Silence() {
  const words = useWords();
  const [silent, setNow] = useState(isSilent);
  const change = (sounds: boolean) => {
    setSilent(!sounds);
    setNow(!sounds);
  };
  return (
    <label className="switch">
      <input type="checkbox" checked={!silent} onChange={({ target }) => change(target.checked)} /> {words.sound}
    </label>
  );
}

function Account() {
  const words = useWords();
  const shared = useShared();
  const { signOut } = useSession();
  const [changed, setChanged] = useState(false);
  return (
    <section className="card staff">
      <h2>{words.account}</h2>
      <details>
        <summary>{words.changePassword}</summary>
        {changed ? <p role="status">{words.passwordChanged}</p> : <PasswordForm done={() => setChanged(true)} />}
      </details>
      <Totp />
      <Button block size="large" onClick={() => void signOut()}>
        {shared.signOut}
      </Button>
    </section>
  );
}
