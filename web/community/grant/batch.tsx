import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Input, Progress } from 'antd';
import { type ChangeEvent, useState } from 'react';
import { Link } from 'wouter';
import { useAttempt } from '../../api/attempt.ts';
import { postGrantBatches } from '../../api/bounds.ts';
import { AttemptSaid, SubmitButton } from '../../console/attempt-button.tsx';
import { type Column, column, figures, Rows } from '../../console/data-table.tsx';
import { Page } from '../../console/page.tsx';
import { Failed, Shown } from '../../console/states.tsx';
import { useDraft } from '../../shared/draft.ts';
import { points, today } from '../../shared/format.ts';
import { type Language, useLanguage } from '../../shared/text.tsx';
import { textOf } from '../text-file.ts';
import { useRules } from '../names.ts';
import type { Words } from '../text/zh.ts';
import { useWords } from '../words.ts';
import { type Known, known, linesOf } from './batch-lines.ts';
import { grantLines, type Result } from './batch-send.ts';
import { isCommendation, type Rule } from './entered.ts';
import { RuleField } from './grant-fields.tsx';
import { Mark } from '../../console/mark.tsx';

const LINES_MAX = postGrantBatches.items.maxItems;

type Entered = { readonly action_rule_id: string | null; readonly occurred_on: string; readonly lines: string };

/** Many deeds at once: checked line by line, then granted line by line. */
export function BatchPage() {
  const words = useWords().batch;
  const rules = useRules();
  return (
    <Page title={words.title} actions={<Link href="/grant">{words.one}</Link>}>
      <p>{words.intro}</p>
      <Shown query={rules}>{(found) => <Batch rules={found.filter((rule) => !isCommendation(rule))} />}</Shown>
    </Page>
  );
}

function Batch({ rules }: { readonly rules: readonly Rule[] }) {
  const words = useWords().batch;
  const { language } = useLanguage();
  const queries = useQueryClient();
  const { draft, setDraft } = useDraft<Entered>('batch', { action_rule_id: null, occurred_on: today(), lines: '' });
  const [form] = Form.useForm<Entered>();
  const [checked, setChecked] = useState<readonly Known[]>();
  const [results, setResults] = useState<ReadonlyMap<number, Result>>(new Map());
  const [progress, setProgress] = useState<{ readonly done: number; readonly of: number }>();
  const [error, setError] = useState<unknown>();
  const attempt = useAttempt((lines: readonly Known[], key: string) =>
    grantLines({ lines, key, rule: rules.find(({ id }) => id === draft.action_rule_id)!, occurredOn: draft.occurred_on }, (done, some) => {
      setProgress({ done, of: lines.length });
      setResults((before) => new Map([...before, ...some]));
    }),
  );
  const locked = attempt.now.state === 'unknown' || attempt.now.state === 'sending';

  const check = async ({ lines: text }: Entered) => {
    const lines = linesOf(text);
    setResults(new Map());
    setChecked(undefined);
    setError(undefined);
    attempt.reset();
    const found: Known[] = [];
    try {
      for (const line of lines.slice(0, LINES_MAX)) {
        setProgress({ done: found.length, of: lines.length });
        found.push(await known(line));
      }
      setChecked(found);
    } catch (failure) {
      setError(failure);
    } finally {
      setProgress(undefined);
    }
  };
  const good = (checked ?? []).filter(({ found }) => typeof found === 'object');
  const send = async () => {
    if (await attempt.send(good)) await queries.invalidateQueries();
    setProgress(undefined);
  };
  const read = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const text = target.files?.[0] && (await textOf(target.files[0]));
    if (text === undefined) return;
    form.setFieldValue('lines', text);
    setDraft({ ...draft, lines: text });
  };
  return (
    <>
      <Form<Entered>
        form={form}
        layout="vertical"
        name="batch"
        requiredMark={false}
        disabled={locked}
        initialValues={draft}
        onValuesChange={(_changed, values) => {
          setDraft(values);
          setChecked(undefined);
        }}
        onFinish={(values) => void check(values)}
      >
        <RuleField rules={rules} />
        <Form.Item name="occurred_on" label={words.occurredOn} rules={[{ required: true }]}>
          <Input type="date" max={today()} />
        </Form.Item>
        <Form.Item name="lines" label={words.lines} extra={words.linesHint(LINES_MAX)} rules={[{ required: true }]}>
          <Input.TextArea rows={8} placeholder={words.example} />
        </Form.Item>
        <p>
          <label>
            {words.file} <input type="file" accept=".csv,.txt,text/csv" disabled={locked} onChange={(event) => void read(event)} />
          </label>
        </p>
        <Button htmlType="submit" loading={progress !== undefined && !checked}>
          {words.check}
        </Button>
      </Form>
      {error !== undefined && <Failed error={error} />}
      <div role="status">
        {progress && (
          <Progress
            percent={Math.round((progress.done / progress.of) * 100)}
            format={() => words.progress(progress.done, progress.of)}
            aria-label={words.title}
          />
        )}
      </div>
      {checked && (
        <>
          {checked.length > good.length && (
            <Alert type="warning" showIcon className="gap" title={words.notFound(checked.length - good.length)} />
          )}
          <Rows<Known>
            label={words.table}
            rows={checked}
            rowKey={({ line }) => String(line.number)}
            columns={columnsOf(results, words, language)}
          />
          <p>
            <SubmitButton now={attempt.now} htmlType="button" onClick={() => void send()}>
              {words.submit(good.length)}
            </SubmitButton>
          </p>
          <AttemptSaid now={attempt.now} />
          {attempt.now.state === 'done' && (
            <Alert role="status" type="success" showIcon title={words.done(attempt.now.reply.granted, attempt.now.reply.refused)} />
          )}
        </>
      )}
    </>
  );
}

function columnsOf(results: ReadonlyMap<number, Result>, words: Words['batch'], language: Language): Column<Known>[] {
  const outcome = ({ line, found }: Known) => {
    if (typeof found === 'string') return <Mark tone="bad">{words.faults[found]}</Mark>;
    const result = results.get(line.number);
    if (!result) return words.ready;
    if (result.status === 'granted') return <Mark tone="good">{words.granted(points(result.points))}</Mark>;
    const { cashier_message: chinese, detail, errors = [] } = result.problem;
    const fields = errors.map((each) => `${each.pointer.split('/').at(-1)} ${each.detail}`).join('; ');
    return (
      <span className="prose">
        <Mark tone="bad">{words.refused}</Mark>
        {language === 'zh' ? chinese : detail} {fields}
      </span>
    );
  };
  return [
    figures(words.line, ({ line }) => line.number),
    column(words.who, ({ line, found }) => (typeof found === 'object' ? found.label : line.who)),
    figures(words.quantity, ({ line }) => (Number.isNaN(line.quantity) ? '?' : line.quantity)),
    column(words.occurredOn, ({ line }) => line.occurredOn),
    column(words.description, ({ line }) => <span className="prose">{line.description}</span>),
    column(words.outcome, outcome),
  ];
}
