import { Form, Input, type InputProps } from 'antd';
import type { ReactNode } from 'react';
import type { TextBound } from '../shared/bounds.ts';
import { textRules } from './rules.ts';

type TextItemProps = {
  readonly name: string;
  readonly label: string;
  readonly bound: TextBound;
  readonly extra?: ReactNode;
  /** The message for a text that is too short or does not match; antd's own words if left out. */
  readonly wrong?: string;
  /** Where the form asks for something else than the API does. */
  readonly required?: boolean;
  /** How a typed text is sent; trimmed if left out. */
  readonly sent?: (typed: string) => string;
  readonly input?: InputProps;
  /** For text that is longer than a line. */
  readonly rows?: number;
};

/** A field for a text, as the contract bounds it. */
export function TextItem({ name, label, bound, extra, wrong, required, sent, input, rows }: TextItemProps) {
  return (
    <Form.Item name={name} label={label} extra={extra} rules={textRules(bound, { wrong, required, sent })}>
      {rows === undefined ? <Input autoComplete="off" {...input} /> : <Input.TextArea rows={rows} />}
    </Form.Item>
  );
}
