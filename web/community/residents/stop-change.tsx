import { useQueryClient } from '@tanstack/react-query';
import { Alert, Card, Form } from 'antd';
import { useState } from 'react';
import { Link } from 'wouter';
import { keyedAt, useAttempt } from '../../api/attempt.ts';
import { postPhoneChangesLookup, postPhoneChangesStop } from '../../api/bounds.ts';
import { answer, api, type Schemas } from '../../api/client.ts';
import { AttemptButton, AttemptSaid, SubmitButton } from '../../console/attempt-button.tsx';
import { Facts } from '../../console/facts.tsx';
import { Page } from '../../console/page.tsx';
import { WriteForm } from '../../console/write-form.tsx';
import { digitsOf } from '../../../src/text/index.ts';
import { timeOf } from '../../shared/format.ts';
import { useWords } from '../words.ts';
import { CodeItem } from './desk/move-here.tsx';
import { PhoneItem } from './desk/phone-item.tsx';

type Change = Schemas['PhoneChange'];

/** Stops a change of a number for whoever has the old one, of whatever community they are. */
export function StopChangePage() {
  const { stop: words, desk } = useWords().people;
  const [change, setChange] = useState<Change>();
  const [stopped, setStopped] = useState(false);
  return (
    <Page title={words.title} actions={<Link href="/residents">{desk.back}</Link>}>
      <p>{words.intro}</p>
      <Look
        found={(next) => {
          setChange(next);
          setStopped(false);
        }}
      />
      {stopped && <Alert role="status" type="success" showIcon title={words.stopped} />}
      {change && !stopped && <Stop key={change.id} change={change} done={() => setStopped(true)} />}
    </Page>
  );
}

/** Finds the change that took a number from its owner. It changes nothing. */
function Look({ found }: { readonly found: (change: Change | undefined) => void }) {
  const words = useWords().people.stop;
  const attempt = useAttempt((phone: string) => answer(api.POST('/v1/phone-changes/lookup', { body: { phone } })));
  return (
    <Form<{ readonly phone: string }>
      layout="vertical"
      className="narrow"
      requiredMark={false}
      name="stop-change"
      onFinish={({ phone }) => {
        found(undefined);
        void attempt.send(phone).then(found);
      }}
    >
      <PhoneItem label={words.oldPhone} bound={postPhoneChangesLookup.phone} />
      <Form.Item>
        <SubmitButton now={attempt.now}>{words.look}</SubmitButton>
      </Form.Item>
      <AttemptSaid now={attempt.now} />
    </Form>
  );
}

function Stop({ change, done }: { readonly change: Change; readonly done: () => void }) {
  const words = useWords().people.stop;
  const queries = useQueryClient();
  const [sent, setSent] = useState(false);
  const { id } = change;
  const asking = useAttempt((of: string, key: string) =>
    answer(api.POST('/v1/phone-changes/{id}/codes', { ...keyedAt(key, { id: of }), body: {} })),
  );
  return (
    <Card className="narrow" title={<h2>{words.found}</h2>}>
      <Facts items={factsOf(change, words)} />
      <p>
        <AttemptButton attempt={asking} input={id} type="default" done={() => setSent(true)}>
          {words.sendCode}
        </AttemptButton>{' '}
        <span role="status">{sent && words.sent}</span>
      </p>
      <WriteForm
        name={`stop-${id}`}
        initial={{ code: '' }}
        secret
        at={{ phone_code_wrong: 'code' }}
        write={({ code }, key) =>
          answer(api.POST('/v1/phone-changes/{id}/stop', { ...keyedAt(key, { id }), body: { code: digitsOf(code) } }))
        }
        submit={words.stop}
        danger
        said={() => words.stopped}
        done={() => {
          void queries.invalidateQueries();
          done();
        }}
      >
        <CodeItem bound={postPhoneChangesStop.code} />
      </WriteForm>
    </Card>
  );
}

function factsOf(
  { resident_name: name, changed_at: at, closed_until: until }: Change,
  words: ReturnType<typeof useWords>['people']['stop'],
) {
  return [
    [words.resident, name],
    [words.changedAt, timeOf(at)],
    [words.closedUntil, until === null ? '' : timeOf(until)],
  ] as const;
}
