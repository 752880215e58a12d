import { Button } from 'antd-mobile';
import { useState } from 'react';
import { Link } from 'wouter';
import { NoAnswer } from '../../api/client.ts';
import { Failed, Loading } from '../../mobile/states.tsx';
import { told } from '../../shared/problem-text.ts';
import { useSession } from '../../shared/session.tsx';
import { useLanguage } from '../../shared/text.tsx';
import { useShared } from '../../shared/words.ts';
import { useMe, useNewMessages } from '../data.ts';
import { useResident } from '../resident.ts';
import { Screen } from '../screen.tsx';
import { useWords } from '../words.ts';

/** The resident's own details, the ways to the messages, the statement and the sessions, the language, and sign-out. */
export function Me() {
  const words = useWords();
  const shared = useShared();
  const me = useMe();
  const isNew = useNewMessages();
  const { language, choose } = useLanguage();
  return (
    <Screen title={words.mine}>
      <section className="card">
        <h2>{words.profile}</h2>
        {me.data ? (
          <dl className="facts">
            <div>
              <dt>{words.name}</dt>
              <dd>{me.data.name}</dd>
            </div>
            <div>
              <dt>{words.phone}</dt>
              <dd>{me.data.phone}</dd>
            </div>
            <div>
              <dt>{words.community}</dt>
              <dd>{me.data.community.name}</dd>
            </div>
          </dl>
        ) : me.isError ? (
          <Failed error={me.error} retry={() => void me.refetch()} />
        ) : (
          <Loading />
        )}
      </section>
      <nav className="card menu" aria-label={words.mine}>
        <Link to="/me/messages">
          {words.messages}
          {isNew && <span className="dot" role="img" aria-label={words.newMessages} />}
        </Link>
        <Link to="/me/household">{words.household}</Link>
        <Link to="/me/statement">{words.statement}</Link>
        <Link to="/me/phone">{words.changePhone}</Link>
        <Link to="/me/sessions">{words.sessions}</Link>
        <Link to="/me/data">{words.ownData}</Link>
        <button type="button" lang={language === 'zh' ? 'en' : 'zh-CN'} onClick={() => choose(language === 'zh' ? 'en' : 'zh')}>
          {shared.language}
        </button>
      </nav>
      <SignOut />
    </Screen>
  );
}

function SignOut() {
  const words = useWords();
  const shared = useShared();
  const { language } = useLanguage();
  const { signOut } = useSession();
  const { offline } = useResident();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const leave = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await signOut();
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  const problem = error === undefined ? undefined : error instanceof NoAnswer ? words.signOutFailed : told(error, language, shared).message;
  return (
    <section>
      <Button block size="large" loading={busy} disabled={offline} onClick={() => void leave()}>
        {shared.signOut}
      </Button>
      <p className="note">{words.signOutHint}</p>
      <p className="problem" role="alert">
        {problem}
      </p>
    </section>
  );
}
