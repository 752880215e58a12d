import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Radio, Space, Upload } from 'antd';
import { useState } from 'react';
import { Link } from 'wouter';
import { useAttempt } from '../../../api/attempt.ts';
import type { ApiProblem } from '../../../api/client.ts';
import { AttemptSaid, SubmitButton } from '../../../console/attempt-button.tsx';
import { Page } from '../../../console/page.tsx';
import { Loading } from '../../../console/states.tsx';
import { download } from '../../../shared/download.ts';
import { useShared } from '../../../shared/words.ts';
import { useWords } from '../../words.ts';
import { Lines, useSaid } from './lines.tsx';
import { notRegistered } from './not-registered.ts';
import { type Chosen, type How, registerList, type ResidentList, tryList } from './send.ts';

/** Registers the people of a file: tried first, then done with the same bytes. */
export function ResidentListPage() {
  const words = useWords().people.file;
  const list = useList();
  return (
    <Page title={words.title} actions={<Link href="/residents/register">{words.toDesk}</Link>}>
      <p>{words.intro}</p>
      {list.chosen === undefined ? <Choose how={list.how} setHow={list.setHow} take={list.take} /> : <ChosenList list={list} />}
    </Page>
  );
}

type Registering = { readonly chosen: Chosen; readonly sha256: string };

/** A list on its way from the file to the register. */
function useList() {
  const queries = useQueryClient();
  const [how, setHow] = useState<How>('paper');
  const [chosen, setChosen] = useState<Chosen>();
  const trial = useAttempt((of: Chosen) => tryList(of));
  const registering = useAttempt(({ chosen: of, sha256 }: Registering, key: string) => registerList(of, sha256, key));
  return {
    how,
    setHow,
    chosen,
    trial: trial.now,
    registering: registering.now,
    take: async (file: File) => {
      const next = { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()), how };
      setChosen(next);
      await trial.send(next);
    },
    register: async (sha256: string) => {
      if (await registering.send({ chosen: chosen!, sha256 })) await queries.invalidateQueries();
    },
    begin: () => {
      trial.reset();
      registering.reset();
      setChosen(undefined);
    },
    tryAgain: () => trial.send(chosen!),
  };
}

type ChooseProps = { readonly how: How; readonly setHow: (how: How) => void; readonly take: (file: File) => Promise<void> };

function Choose({ how, setHow, take }: ChooseProps) {
  const { file: words, consent } = useWords().people;
  const options = (['paper', 'counter'] as const).map((value) => ({ value, label: consent.hows[value] }));
  return (
    <Form layout="vertical">
      <Form.Item label={consent.how}>
        <Radio.Group aria-label={consent.how} options={options} value={how} onChange={({ target }) => setHow(target.value as How)} />
      </Form.Item>
      <Upload.Dragger
        accept=".csv,.txt,.xlsx,text/csv"
        showUploadList={false}
        beforeUpload={(file) => {
          void take(file);
          return false;
        }}
      >
        {words.choose}
      </Upload.Dragger>
    </Form>
  );
}

type ListProps = { readonly list: ReturnType<typeof useList> };

function ChosenList({ list }: ListProps) {
  const words = useWords().people.file;
  const { chosen, trial, registering, begin } = list;
  const isTooLong = trial.state === 'refused' && trial.problem.code === 'payload_too_large';
  const done = registering.state === 'done' ? registering.reply : undefined;
  const shown = done ?? (trial.state === 'done' ? trial.reply : undefined);
  const another = registering.state !== 'sending' && registering.state !== 'unknown' && trial.state !== 'unknown';
  return (
    <>
      <Space wrap className="gap">
        <strong>{chosen!.name}</strong>
        {another && <Button onClick={begin}>{words.another}</Button>}
      </Space>
      {trial.state === 'sending' && (
        <>
          <p role="status">{words.trying}</p>
          <Loading />
        </>
      )}
      {isTooLong ? <Alert role="alert" type="error" showIcon title={words.tooLong} /> : <AttemptSaid now={trial} />}
      {/* Where the session had ended nothing was tried: the file is still here. */}
      {(trial.state === 'unknown' || trial.state === 'idle') && (
        <SubmitButton now={trial} htmlType="button" onClick={() => void list.tryAgain()}>
          {words.try}
        </SubmitButton>
      )}
      {trial.state === 'refused' && <WrongCells problem={trial.problem} />}
      {trial.state === 'done' && !done && <Submit list={list} tried={trial.reply} />}
      {done && <Done chosen={chosen!} list={done} />}
      {shown && <Lines list={shown} title={done ? words.countsDone : words.counts} />}
    </>
  );
}

function Submit({ list: { registering, register }, tried }: ListProps & { readonly tried: ResidentList }) {
  const words = useWords().people.file;
  const many = tried.counts['would_register'] ?? 0;
  return (
    <>
      {many === 0 ? (
        <Alert type="warning" showIcon title={words.nobody} />
      ) : (
        <SubmitButton now={registering} htmlType="button" onClick={() => void register(tried.sha256)}>
          {words.submit(many)}
        </SubmitButton>
      )}
      <AttemptSaid now={registering} />
    </>
  );
}

function Done({ chosen, list: { counts, lines } }: { readonly chosen: Chosen; readonly list: ResidentList }) {
  const words = useWords().people.file;
  const said = useSaid();
  const many = counts['registered'] ?? 0;
  const left = lines.length - many - (counts['already_registered'] ?? 0);
  const save = async () => {
    const text = await notRegistered(chosen, lines, words, (line) => ({
      result: words.results[line.result],
      detail: said(line).join('；'),
    }));
    download(words.downloadName, text);
  };
  return (
    <>
      <Alert role="status" type={left > 0 ? 'warning' : 'success'} showIcon className="gap" title={words.done(many)} />
      {left > 0 && (
        <p>
          <Button onClick={() => void save()}>{words.download}</Button> {words.downloadHint}
        </p>
      )}
    </>
  );
}

/** Which cells a refusal of the whole file is about, where the API says. */
function WrongCells({ problem: { body } }: { readonly problem: ApiProblem }) {
  const words = useWords().people.file;
  const shared = useShared();
  return (
    <ul className="plain">
      {(body.errors ?? []).map((error) => {
        const [, line = '', field = ''] = error.pointer.split('/');
        return <li key={error.pointer}>{words.faultOf(line, words.fields[field] ?? field, shared.fieldError(error))}</li>;
      })}
    </ul>
  );
}
