import { Alert, Button, Form, Input, Progress, Space, Upload } from 'antd';
import { Link } from 'wouter';
import { Page } from '../../console/page.tsx';
import { Failed, Shown } from '../../console/states.tsx';
import { useDraft } from '../../shared/draft.ts';
import { today } from '../../shared/format.ts';
import { isUnreadable, listText } from '../../shared/lists/sheet.ts';
import { useRules } from '../names.ts';
import { useWords } from '../words.ts';
import { CheckedList } from './checked-list.tsx';
import { isCommendation, type Rule } from './entered.ts';
import { RuleField } from './grant-fields.tsx';
import { type Entered, PART_MAX, type Progressed, useCheck, useSending } from './use-batch.ts';

function nothing(): Entered {
  return { action_rule_id: null, occurred_on: today(), lines: '' };
}

/** Many deeds at once: checked, and then granted or proposed. Nothing is sent before it is known which way the list goes. */
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
  const { draft, setDraft } = useDraft<Entered>('batch', nothing());
  const [form] = Form.useForm<Entered>();
  const check = useCheck(rules);
  const sending = useSending();
  const locked = sending.now.state === 'unknown' || sending.now.state === 'sending';
  const begin = () => {
    sending.forget();
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
      <HowFar progress={check.progress ?? sending.progress} />
      {check.checked && (
        <CheckedList
          check={check}
          checked={check.checked}
          rule={rules.find(({ id }) => id === draft.action_rule_id)!}
          sending={sending}
          nextPart={() => {
            sending.forget();
            void check.next(draft);
          }}
          retry={(numbers) => {
            sending.forget();
            void check.retry(numbers, draft);
          }}
          nextList={() => enter({ ...nothing(), action_rule_id: draft.action_rule_id })}
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
      <Form.Item name="lines" label={words.lines} extra={words.linesHint(PART_MAX)} rules={[{ required: true }]}>
        <Input.TextArea rows={8} placeholder={words.example} />
      </Form.Item>
    </>
  );
}

function WhyNotChecked({ unread, changed }: Pick<ReturnType<typeof useCheck>, 'unread' | 'changed'>) {
  const words = useWords().batch;
  return (
    <div role="alert">
      {unread && <Alert type="error" showIcon title={words.unreadable[unread.unreadable](unread.line ?? 0)} />}
      {changed && <Alert type="warning" showIcon title={words.changed} />}
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
