/** Registering oneself: the notice is read and agreed to, then name and community, then the phone and its code. */
import { Button } from 'antd-mobile';
import { useId, useState } from 'react';
import { useLocation } from 'wouter';
import { digitsOf, isNamed } from '../../../src/text/index.ts';
import { postRegistrations } from '../../api/bounds.ts';
import { answer, api } from '../../api/client.ts';
import { CodeField } from '../../mobile/code-field.tsx';
import { Field } from '../../mobile/field.tsx';
import { Form } from '../../mobile/form.tsx';
import { fits, isPhone } from '../../shared/bounds.ts';
import { useDraft } from '../../shared/draft.ts';
import { useSession } from '../../shared/session.tsx';
import { useShared } from '../../shared/words.ts';
import { usePeopleWords } from '../people-words.ts';
import { Frame } from '../screen.tsx';
import { Notice } from './notice.tsx';
import { useCodedPhone } from '../use-coded-phone.ts';
import { Community } from './community.tsx';

type Who = { readonly name: string; readonly communityId: string };

type Draft = Who & {
  readonly phone: string;
  /** The version of the notice that was agreed to; null: none yet. */
  readonly version: number | null;
};

const nothing: Draft = { name: '', communityId: '', phone: '', version: null };

/** Shows the step of the address, or the first one whose answers are missing. */
export function Register({ step }: { readonly step: string | undefined }) {
  const [, navigate] = useLocation();
  // A phone may take the page away while its owner looks for the code: what was typed is there again.
  const { draft, setDraft, clear } = useDraft<Draft>('register', nothing);
  const { version } = draft;
  const change = (more: Partial<Draft>) => setDraft({ ...draft, ...more });
  if (step === undefined || version === null) {
    const agree = (agreed: number) => {
      change({ version: agreed });
      navigate('/register/who');
    };
    return <NoticeStep agree={agree} />;
  }
  if (step === 'who' || draft.name === '') return <WhoStep who={draft} change={change} next={() => navigate('/register/phone')} />;
  return <PhoneStep who={draft} version={version} change={change} done={clear} />;
}

function NoticeStep({ agree }: { readonly agree: (version: number) => void }) {
  const words = usePeopleWords();
  const id = useId();
  const [aged, setAged] = useState(false);
  const [missing, setMissing] = useState(false);
  return (
    <Frame title={words.register} parent="/">
      <p>{words.registerLead}</p>
      <Notice>
        {(version) => (
          <>
            <div className="choices">
              <label htmlFor={id}>
                <input id={id} type="checkbox" checked={aged} onChange={({ target }) => setAged(target.checked)} />
                {words.aged14}
              </label>
            </div>
            <p className="note">{words.under14}</p>
            <p className="problem" role="alert">
              {missing && !aged && words.tickAge}
            </p>
            <Button block color="primary" size="large" onClick={() => (aged ? agree(version) : setMissing(true))}>
              {words.agree}
            </Button>
          </>
        )}
      </Notice>
    </Frame>
  );
}

type WhoStepProps = { readonly who: Who; readonly change: (who: Who) => void; readonly next: () => void };

function WhoStep({ who, change, next }: WhoStepProps) {
  const words = usePeopleWords();
  const [looked, setLooked] = useState(false);
  const named = isNamed(who.name) && fits(postRegistrations.name, who.name);
  const enter = () => {
    setLooked(true);
    if (named && who.communityId !== '') next();
  };
  return (
    <Frame title={words.whoTitle} parent="/register">
      <Form busy={false} message={undefined} enter={enter} submit={words.next}>
        <Field
          label={words.name}
          hint={words.nameHint}
          problem={looked && !named ? (isNamed(who.name) ? words.nameTooLong : words.nameMissing) : undefined}
          autoComplete="name"
          value={who.name}
          change={(name) => change({ ...who, name })}
        />
        <Community
          value={who.communityId}
          change={(communityId) => change({ ...who, communityId })}
          problem={looked && who.communityId === '' ? words.communityMissing : undefined}
        />
      </Form>
    </Frame>
  );
}

type PhoneStepProps = {
  readonly who: Draft;
  readonly version: number;
  readonly change: (typed: Pick<Draft, 'phone'>) => void;
  readonly done: () => void;
};

function PhoneStep({ who, version, change, done }: PhoneStepProps) {
  const words = usePeopleWords();
  const shared = useShared();
  const [, navigate] = useLocation();
  const { take } = useSession();
  const { phone } = who;
  const coded = useCodedPhone(phone, (number) => answer(api.POST('/v1/registrations/codes', { body: { phone: number } })));
  const { doing, setWrong } = coded;
  const [code, setCode] = useState('');
  const enter = () => {
    if (!isPhone(phone)) return setWrong({ at: 'phone', why: shared.phoneWrong });
    if (!fits(postRegistrations.code, digitsOf(code))) return setWrong({ at: 'code', why: shared.codeWrong });
    setWrong(undefined);
    void doing.run(async () => {
      const consent = { notice_version: version, aged_14: true } as const;
      const body = { name: who.name, phone, code, community_id: who.communityId, consent };
      const { session } = await answer(api.POST('/v1/registrations', { body }));
      done();
      navigate('/', { replace: true });
      take(session);
    });
  };
  const message = doing.code === 'sign_in_failed' ? words.codeNotRight : doing.message;
  return (
    <Frame title={words.phoneTitle} parent="/register/who">
      <Form busy={doing.busy} message={message} enter={enter} submit={words.registerDone}>
        <Field
          label={shared.phone}
          problem={coded.problem('phone')}
          type="tel"
          inputMode="tel"
          autoComplete="tel-national"
          value={phone}
          change={(typed) => change({ phone: typed })}
        />
        <CodeField
          problem={coded.problem('code')}
          hint={coded.sentTo === undefined ? shared.codeHint : words.codeOnItsWay}
          value={code}
          change={setCode}
          send={{ wait: coded.wait, busy: doing.busy, ask: coded.send }}
        />
      </Form>
      {doing.code === 'phone_registered' && (
        <Button block size="large" className="below" onClick={() => navigate('/')}>
          {words.toSignIn}
        </Button>
      )}
      {doing.code === 'notice_outdated' && (
        <Button block size="large" className="below" onClick={() => navigate('/register')}>
          {words.noticeAgain}
        </Button>
      )}
    </Frame>
  );
}
