/** A form that writes: what is typed is kept, and what the API says of a field stands at the field. */
import { Alert, App, Form, type FormInstance } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useAttempt } from '../api/attempt.ts';
import type { ApiProblem } from '../api/client.ts';
import { useDraft } from '../shared/draft.ts';
import { told } from '../shared/problem-text.ts';
import { useLanguage } from '../shared/text.tsx';
import { useShared } from '../shared/words.ts';
import { AttemptSaid, SubmitButton } from './attempt-button.tsx';
import { useConsole } from './words.ts';

/** A reason not to send a form: a code, as of a refusal, and a sentence. */
export type Objection = { readonly code: string; readonly message: string };

export type WriteFormProps<V extends object, R> = {
  /** Names the form, and the draft of it. */
  readonly name: string;
  readonly initial: V;
  /** Whether no draft is kept, as for passwords. */
  readonly secret?: boolean;
  /** Asked before anything is sent, but for what is sent again because its outcome is unknown. */
  readonly check?: ((values: V) => Promise<Objection | undefined>) | undefined;
  readonly write: (values: V, key: string) => Promise<R>;
  readonly done?: ((reply: R, values: V) => void) | undefined;
  /** The values of the form after a success; the initial ones if left out. */
  readonly next?: (values: V) => V;
  /** The message after a success; a general one if left out. */
  readonly said?: ((reply: R, values: V) => string) | undefined;
  /** The button. */
  readonly submit: ReactNode;
  readonly danger?: boolean | undefined;
  /** At which field a refusal is shown, by its code. */
  readonly at?: Readonly<Record<string, string>>;
  readonly layout?: 'vertical' | 'inline' | undefined;
  readonly children: ReactNode | ((form: FormInstance<V>) => ReactNode);
  /** Called with what stands in the form, at first and whenever it changes. */
  readonly watch?: ((values: V) => void) | undefined;
};

export function WriteForm<V extends object, R>(props: WriteFormProps<V, R>) {
  const { name, initial, secret = false, check, write, done, next, said, submit, danger = false, at = {}, layout = 'vertical' } = props;
  const { children, watch } = props;
  const { message } = App.useApp();
  const words = useConsole();
  const [form] = Form.useForm<V>();
  const { draft, setDraft } = useDraft<V>(name, initial);
  const attempt = useAttempt(write);
  const showFields = useFieldErrors(form);
  const showProblem = useProblemAt(showFields, at);

  const { objection, checking, passes } = useObjection(check, (found) => showFields(at[found.code], found.message, []));

  const send = async (values: V) => {
    if (attempt.now.state !== 'unknown' && !(await passes(values))) return;
    const reply = await attempt.send(values);
    if (reply === undefined) return;
    const standing = next?.(values) ?? initial;
    form.resetFields();
    form.setFieldsValue(standing);
    if (!secret) setDraft(standing);
    watch?.(standing);
    void message.success(said?.(reply, values) ?? words.done);
    done?.(reply, values);
  };
  const problem = attempt.now.state === 'refused' ? attempt.now.problem : undefined;
  // Once for each problem: what is corrected afterwards is not wrong again.
  useEffect(() => problem && showProblem(problem), [problem]); // eslint-disable-line react/exhaustive-deps
  useEffect(() => watch?.(draft), []); // eslint-disable-line react/exhaustive-deps

  return (
    <Form<V>
      form={form}
      name={name}
      layout={layout}
      // A draft holds only the fields that were shown.
      initialValues={secret ? initial : { ...initial, ...draft }}
      disabled={attempt.now.state === 'unknown'}
      requiredMark={false}
      validateMessages={{ required: words.required }}
      scrollToFirstError={{ focus: true }}
      onValuesChange={(_changed, values) => {
        if (!secret) setDraft(values);
        watch?.(values);
      }}
      onFinish={(values) => void send(values)}
    >
      {typeof children === 'function' ? children(form) : children}
      <Form.Item>
        <SubmitButton now={checking ? { state: 'sending' } : attempt.now} danger={danger}>
          {submit}
        </SubmitButton>
      </Form.Item>
      {objection ? (
        <div role="alert" className="said">
          <Alert type="error" showIcon title={objection.message} />
        </div>
      ) : (
        <AttemptSaid now={attempt.now} />
      )}
    </Form>
  );
}

/** Asks for objections before sending, one at a time, so that a double click sends once. */
function useObjection<V>(check: ((values: V) => Promise<Objection | undefined>) | undefined, show: (found: Objection) => void) {
  const busy = useRef(false);
  const [checking, setChecking] = useState(false);
  const [objection, setObjection] = useState<Objection>();
  const passes = async (values: V): Promise<boolean> => {
    if (!check) return true;
    if (busy.current) return false;
    busy.current = true;
    setChecking(true);
    try {
      const found = await check(values);
      setObjection(found);
      if (found) show(found);
      return found === undefined;
    } finally {
      busy.current = false;
      setChecking(false);
    }
  };
  return { objection, checking, passes };
}

type ShowFields = (about: string | undefined, message: string, named: readonly (readonly [field: string, message: string])[]) => void;

/** Puts messages at the fields that they are about, as far as the form has these. */
function useFieldErrors<V extends object>(form: FormInstance<V>): ShowFields {
  return (about, message, named) => {
    const all = about === undefined ? named : [[about, message] as const, ...named];
    const known = all.filter(([field]) => form.getFieldInstance(field as never) !== undefined || field in form.getFieldsValue(true));
    form.setFields(known.map(([field, error]) => ({ name: field, errors: [error] })) as never);
    if (known[0]) form.focusField(known[0][0]);
  };
}

/** Puts what a problem says of fields, or is known to be about, at these fields. */
function useProblemAt(show: ShowFields, at: Readonly<Record<string, string>>) {
  const { language } = useLanguage();
  const shared = useShared();
  return (problem: ApiProblem) => {
    const { message, fields } = told(problem, language, shared);
    const named = Object.entries(fields).map(([pointer, detail]) => [pointer.split('/').at(-1)!, detail] as const);
    show(at[problem.code], message, named);
  };
}
