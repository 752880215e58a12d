import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Input, Progress, Space, Upload } from 'antd';
import { useState } from 'react';
import { Link } from 'wouter';
import { useAttempt } from '../../api/attempt.ts';
import { postGrantBatches } from '../../api/bounds.ts';
import { Page } from '../../console/page.tsx';
import { Failed, Shown } from '../../console/states.tsx';
import { useDraft } from '../../shared/draft.ts';
import { today } from '../../shared/format.ts';
import { deedsIn } from '../../shared/lists/deeds.ts';
import type { Unreadable } from '../../shared/lists/row.ts';
import { isUnreadable, listText } from '../../shared/lists/sheet.ts';
import { useOwn, useRules } from '../names.ts';
import { useWords } from '../words.ts';
import { checkedLines } from './batch-check.ts';
import { grantLines, type Numbered, type Result } from './batch-send.ts';
import { type Checked, CheckedList } from './batch-table.tsx';
import { isCommendation, type Rule } from './entered.ts';
import { RuleField } from './grant-fields.tsx';

const LINES_MAX = postGrantBatches.items.maxItems;

type Entered = { readonly action_rule_id: string | null; readonly occurred_on: string; readonly lines: string };

/** The lines that are done, of all. */
type Progressed = { readonly done: number; readonly of: number };

function nothing(): Entered {
  return { action_rule_id: null, occurred_on: today(), lines: '' };
}

/** Many deeds at once: checked line by line, then granted line by line. Nothing is sent before the check. */
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

/** The check of a list, and how far it is. A list that is changed has to be checked again. */
function useCheck(rules: readonly Rule[]) {
  const community = useOwn();
  const [checked, setChecked] = useState<Checked>();
  const [unread, setUnread] = useState<Unreadable>();
  const [tooMany, setTooMany] = useState<number>();
  const [progress, setProgress] = useState<Progressed>();
  const [error, setError] = useState<unknown>();
  const forget = () => {
    setChecked(undefined);
    setUnread(undefined);
    setTooMany(undefined);
    setError(undefined);
  };
  const check = async ({ lines, action_rule_id: id, occurred_on: day }: Entered) => {
    const deeds = await deedsIn(lines);
    if (isUnreadable(deeds)) return setUnread(deeds);
    if (deeds.rows.length > LINES_MAX) return setTooMany(deeds.rows.length);
    const rule = rules.find((each) => each.id === id)!;
    const of = deeds.rows.length;
    setProgress({ done: 0, of });
    try {
      setChecked({ deeds, lines: await checkedLines(deeds.rows, { rule, day, community }, (done) => setProgress({ done, of })) });
    } catch (failure) {
      setError(failure);
    } finally {
      setProgress(undefined);
    }
  };
  return { checked, unread, setUnread, tooMany, progress, error, forget, check };
}

/** The grants of a checked list, and how far they are. */
function useGranting() {
  const queries = useQueryClient();
  const [results, setResults] = useState<ReadonlyMap<number, Result>>(new Map());
  const [progress, setProgress] = useState<Progressed>();
  const attempt = useAttempt((lines: readonly Numbered[], key: string) =>
    grantLines(lines, key, (done, some) => {
      setProgress({ done, of: lines.length });
      setResults((before) => new Map([...before, ...some]));
    }),
  );
  const send = async (lines: readonly Numbered[]) => {
    if (await attempt.send(lines)) await queries.invalidateQueries();
    setProgress(undefined);
  };
  const forget = () => {
    setResults(new Map());
    attempt.reset();
  };
  return { now: attempt.now, results, progress, send, forget };
}

function Batch({ rules }: { readonly rules: readonly Rule[] }) {
  const words = useWords().batch;
  const { draft, setDraft } = useDraft<Entered>('batch', nothing());
  const [form] = Form.useForm<Entered>();
  const check = useCheck(rules);
  const granting = useGranting();
  const locked = granting.now.state === 'unknown' || granting.now.state === 'sending';
  const begin = () => {
    granting.forget();
    check.forget();
  };
  const enter = (values: Entered) => {
    form.setFieldsValue(values);
    setDraft(values);
    begin();
  };
  const read = async (file: File) => {
    const text = await listText(new Uint8Array(await file.arrayBuffer()));
    enter({ ...draft, lines: isUnreadable(text) ? '' : text });
    if (isUnreadable(text)) check.setUnread(text);
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
          begin();
        }}
        onFinish={(values) => {
          begin();
          void check.check(values);
        }}
      >
        <ListFields rules={rules} />
        <Space className="gap">
          <ListFile label={words.file} disabled={locked} read={read} />
          <Button htmlType="submit" loading={check.progress !== undefined}>
            {words.check}
          </Button>
        </Space>
      </Form>
      {check.error !== undefined && <Failed error={check.error} />}
      <WhyNotChecked {...check} />
      <HowFar progress={check.progress ?? granting.progress} />
      {check.checked && (
        <CheckedList
          checked={check.checked}
          rule={rules.find(({ id }) => id === draft.action_rule_id)!}
          results={granting.results}
          attempt={granting.now}
          send={(lines) => void granting.send(lines)}
          next={() => enter({ ...nothing(), action_rule_id: draft.action_rule_id })}
        />
      )}
    </>
  );
}

function ListFields({ rules }: { readonly rules: readonly Rule[] }) {
  const words = useWords().batch;
  return (
    <>
      <RuleField rules={rules} />
      <Form.Item name="occurred_on" label={words.occurredOn} extra={words.occurredOnHint} rules={[{ required: true }]}>
        <Input type="date" max={today()} />
      </Form.Item>
      <Form.Item name="lines" label={words.lines} extra={words.linesHint(LINES_MAX)} rules={[{ required: true }]}>
        <Input.TextArea rows={8} placeholder={words.example} />
      </Form.Item>
    </>
  );
}

function WhyNotChecked({ unread, tooMany }: Pick<ReturnType<typeof useCheck>, 'unread' | 'tooMany'>) {
  const words = useWords().batch;
  return (
    <div role="alert">
      {unread && <Alert type="error" showIcon title={words.unreadable[unread.unreadable](unread.line ?? 0)} />}
      {tooMany !== undefined && <Alert type="error" showIcon title={words.tooMany(tooMany, LINES_MAX)} />}
    </div>
  );
}

function HowFar({ progress }: { readonly progress: Progressed | undefined }) {
  const words = useWords().batch;
  return (
    <div role="status">
      {progress && (
        <Progress
          percent={Math.round((progress.done / Math.max(1, progress.of)) * 100)}
          format={() => words.progress(progress.done, progress.of)}
          aria-label={words.title}
        />
      )}
    </div>
  );
}

type ListFileProps = { readonly label: string; readonly disabled: boolean; readonly read: (file: File) => Promise<void> };

/** Takes a file into the field of the list, where it can be seen and corrected. It is sent nowhere. */
function ListFile({ label, disabled, read }: ListFileProps) {
  return (
    <Upload
      accept=".csv,.txt,.tsv,.xlsx,text/csv"
      showUploadList={false}
      disabled={disabled}
      beforeUpload={(file) => {
        void read(file);
        return false;
      }}
    >
      <Button disabled={disabled}>{label}</Button>
    </Upload>
  );
}
