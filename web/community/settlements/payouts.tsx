import { useQueryClient } from '@tanstack/react-query';
import { Button, Space } from 'antd';
import { type ChangeEvent, useRef, useState } from 'react';
import { keyedAt, useAttempt } from '../../api/attempt.ts';
import { answer, api, type ApiProblem, type Schemas } from '../../api/client.ts';
import { AttemptSaid, SubmitButton } from '../../console/attempt-button.tsx';
import { column, DataTable, figures, pageAt, usePages } from '../../console/data-table.tsx';
import { ReasonDialog } from '../../console/dialog.tsx';
import { yuanFixed } from '../../shared/format.ts';
import { useSignedIn } from '../../shared/session.tsx';
import { textOf } from '../text-file.ts';
import { useOwn } from '../names.ts';
import { useShared } from '../../shared/words.ts';
import { useWords } from '../words.ts';
import { Mark } from '../../console/mark.tsx';

type Payout = Schemas['Payout'];

/** The community's payouts to its merchants for a run, with the file for the bank, and a form for the bank's answer. */
export function Payouts({ runId }: { readonly runId: string }) {
  const words = useWords().payouts;
  const own = useOwn();
  const mayWrite = useSignedIn().scopes.includes('settlements:write');
  const pages = usePages<Payout>(['payouts', runId], (cursor) =>
    answer(
      api.GET('/v1/settlement-runs/{id}/payouts', { params: { path: { id: runId }, query: { ...pageAt(cursor), community_id: own } } }),
    ),
  );
  return (
    <>
      <h2>{words.title}</h2>
      <Space wrap className="gap no-print" align="start">
        <a href={`/v1/settlement-runs/${runId}/payout-file`} download>
          {words.file}
        </a>
        {mayWrite && <BankAnswer runId={runId} />}
      </Space>
      <DataTable<Payout>
        label={words.title}
        pages={pages}
        rowKey={({ id }) => id}
        empty={words.none}
        columns={[
          column(words.merchant, ({ merchant_name: name }) => name),
          figures(words.amount, ({ fen }) => yuanFixed(fen)),
          column(words.state, ({ state }) => <Mark>{words.states[state]}</Mark>),
          column(words.reference, ({ bank_reference: reference, failure }) => reference ?? failure ?? ''),
          column(words.actions, (payout) => mayWrite && payout.state === 'failed' && <Carry runId={runId} payout={payout} />),
        ]}
      />
    </>
  );
}

function Carry({ runId, payout: { id, merchant_name: name } }: { readonly runId: string; readonly payout: Payout }) {
  const words = useWords().payouts;
  const queries = useQueryClient();
  return (
    <ReasonDialog
      name={`carry-${id}`}
      label={words.carry}
      title={words.carryTitle(name)}
      write={(body, key) =>
        answer(api.POST('/v1/settlement-runs/{id}/payouts/{payout_id}/carry', { ...keyedAt(key, { id: runId, payout_id: id }), body }))
      }
      done={() => void queries.invalidateQueries()}
    >
      <p>{words.carryHint}</p>
    </ReasonDialog>
  );
}

type Answered = { readonly text: string; readonly sha256: string; readonly name: string };

/** Takes the bank's answer out of a file, and sends it with its checksum. */
function BankAnswer({ runId }: { readonly runId: string }) {
  const words = useWords().payouts;
  const queries = useQueryClient();
  const field = useRef<HTMLInputElement>(null);
  const [chosen, setChosen] = useState<Answered>();
  const [said, setSaid] = useState<string>();
  const attempt = useAttempt(({ text, sha256 }: Answered, key: string) =>
    answer(
      api.POST('/v1/settlement-runs/{id}/payout-results', {
        params: { header: { 'Idempotency-Key': key, 'x-content-sha256': sha256 }, path: { id: runId } },
        headers: { 'content-type': 'text/csv; charset=utf-8' },
        body: text,
        bodySerializer: (body: string) => body,
      }),
    ),
  );
  const choose = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const [file] = target.files ?? [];
    setSaid(undefined);
    attempt.reset();
    setChosen(file && (await answeredIn(file)));
  };
  const send = async () => {
    const made = chosen && (await attempt.send(chosen));
    if (!made) return;
    setSaid(words.booked(made.changed, yuanFixed(made.paid_fen)));
    setChosen(undefined);
    if (field.current) field.current.value = '';
    await queries.invalidateQueries();
  };
  return (
    <div>
      <input ref={field} type="file" accept=".csv,text/csv" hidden aria-label={words.answerFile} onChange={(event) => void choose(event)} />
      <Space wrap>
        <Button disabled={attempt.now.state === 'unknown'} onClick={() => field.current?.click()}>
          {words.chooseAnswer}
        </Button>
        {chosen && (
          <>
            <span>{chosen.name}</span>
            <SubmitButton now={attempt.now} htmlType="button" onClick={() => void send()}>
              {words.sendAnswer}
            </SubmitButton>
          </>
        )}
        <span role="status">{said}</span>
      </Space>
      <AttemptSaid now={attempt.now} />
      {attempt.now.state === 'refused' && <WrongLines problem={attempt.now.problem} />}
    </div>
  );
}

/** Which lines of the bank's answer it is about, where the API says. */
function WrongLines({ problem: { body } }: { readonly problem: ApiProblem }) {
  const words = useWords().payouts;
  const about = body.details?.['line'];
  const shared = useShared();
  const errors = (body.errors ?? []).map((error) => {
    const [, line = '', name = ''] = error.pointer.split('/');
    return words.wrongCell(line, name, shared.fieldError(error));
  });
  const lines = typeof about === 'number' ? [words.wrongLine(about), ...errors] : errors;
  return (
    <ul className="plain">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

/** The text of a file, and the SHA-256 of how it is sent. */
async function answeredIn(file: File): Promise<Answered> {
  const text = await textOf(file);
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return { text, name: file.name, sha256: [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('') };
}
