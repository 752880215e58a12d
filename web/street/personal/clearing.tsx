/** Empties a text that names somebody, by the line with which `callmi find NAME` found it. */
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Card, Form, Input } from 'antd';
import { useState } from 'react';
import { keyed, useAttempt } from '../../api/attempt.ts';
import { answer, api } from '../../api/client.ts';
import type { paths } from '../../api/contract.d.ts';
import { Facts } from '../../console/facts.tsx';
import { AttemptButton, SubmitButton } from '../../console/attempt-button.tsx';
import { useWords } from '../words.ts';
import { type FoundText, foundIn } from './found.ts';

type Line = { readonly line: string };
type Sent = paths['/v1/blanked-texts']['post']['requestBody']['content']['application/json'];

export function Clearing() {
  const { personal: words } = useWords();
  const queries = useQueryClient();
  const [form] = Form.useForm<Line>();
  const [found, setFound] = useState<FoundText>();
  const [cleared, setCleared] = useState<FoundText>();
  return (
    <Card className="gap" title={<h2>{words.clearing}</h2>}>
      <p className="lead">{words.clearingLead}</p>
      <Form<Line>
        form={form}
        layout="vertical"
        requiredMark={false}
        name="clear-text"
        initialValues={{ line: '' }}
        onValuesChange={() => {
          setFound(undefined);
          setCleared(undefined);
        }}
        onFinish={({ line }) => setFound(foundIn(line))}
      >
        <Form.Item
          name="line"
          label={words.line}
          validateTrigger="onSubmit"
          rules={[{ validator: (_rule, line: string) => (foundIn(line) ? Promise.resolve() : Promise.reject(new Error(words.lineWrong))) }]}
        >
          <Input.TextArea rows={2} autoComplete="off" spellCheck={false} />
        </Form.Item>
        {!found && (
          <Form.Item>
            <SubmitButton now={{ state: 'idle' }}>{words.check}</SubmitButton>
          </Form.Item>
        )}
      </Form>
      {found && (
        <Clear
          found={found}
          done={() => {
            void queries.invalidateQueries();
            form.resetFields();
            setFound(undefined);
            setCleared(found);
          }}
        />
      )}
      <p role="status">{cleared && words.cleared(cleared.table, cleared.column)}</p>
    </Card>
  );
}

function Clear({ found, done }: { readonly found: FoundText; readonly done: () => void }) {
  const { personal: words } = useWords();
  const attempt = useAttempt((text: FoundText, key: string) =>
    // The API knows which tables and columns there are.
    answer(api.POST('/v1/blanked-texts', { ...keyed(key), body: { ...text, key: [...text.key] } as Sent })),
  );
  return (
    <section aria-label={words.willClear}>
      <h3>{words.willClear}</h3>
      <Facts
        items={[
          [words.table, found.table],
          [words.key, found.key.join(' ')],
          [words.column, found.column],
        ]}
      />
      <Alert type="warning" showIcon className="gap" title={words.clearQuestion} />
      <AttemptButton attempt={attempt} input={found} done={done} danger>
        {words.clear}
      </AttemptButton>
    </section>
  );
}
