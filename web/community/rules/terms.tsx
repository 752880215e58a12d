import { Form, Input } from 'antd';
import { NumberInput } from '../../console/number-input.tsx';
import { postActionRules } from '../../api/bounds.ts';
import type { Schemas } from '../../api/client.ts';
import { type Column, figures } from '../../console/data-table.tsx';
import { rangeOf } from '../../console/rules.ts';
import { TextItem } from '../../console/text-item.tsx';
import { points } from '../../shared/format.ts';
import { Select } from '../../console/select.tsx';
import type { Words } from '../text/zh.ts';
import { useWords } from '../words.ts';

type Version = Schemas['ActionRuleVersion'];

export type TermsEntered = {
  readonly name: string;
  readonly per: Version['per'];
  readonly points: number | null;
  readonly cap_day: number | null;
  readonly cap_month: number | null;
  readonly cap_year: number | null;
  readonly valid_from: string;
  readonly valid_until: string;
};

/** The terms of a rule as they are sent. */
export function termsOf({ name, per, points: earned, cap_day, cap_month, cap_year, valid_from, valid_until }: TermsEntered) {
  return { name, per, points: earned!, cap_day, cap_month, cap_year, valid_from, valid_until: valid_until === '' ? null : valid_until };
}

function shown(cap: number | null): string {
  return cap === null ? '—' : points(cap);
}

/** The caps of a rule, as columns. */
export function caps(words: Words['rules']): Column<Version>[] {
  return [
    figures<Version>(words.capDay, ({ cap_day: cap }) => shown(cap)),
    figures<Version>(words.capMonth, ({ cap_month: cap }) => shown(cap)),
    figures<Version>(words.capYear, ({ cap_year: cap }) => shown(cap)),
  ];
}

/** The fields of a rule's terms. */
export function Terms({ withClass = false }: { readonly withClass?: boolean }) {
  const { rules: words, units } = useWords();
  const classes = Object.entries(words.classes).map(([value, label]) => ({ value, label }));
  return (
    <>
      {withClass && (
        <Form.Item name="class" label={words.class} rules={[{ required: true }]}>
          <Select options={classes} />
        </Form.Item>
      )}
      <TextItem name="name" label={words.name} bound={postActionRules.name} />
      <div className="side-by-side">
        <Form.Item name="points" label={words.points} extra={words.pointsHint} rules={[{ required: true }]}>
          <NumberInput {...rangeOf(postActionRules.points)} />
        </Form.Item>
        <Form.Item name="per" label={words.per} rules={[{ required: true }]}>
          <Select options={Object.entries(units).map(([value, label]) => ({ value, label }))} />
        </Form.Item>
      </div>
      <div className="side-by-side">
        {(['cap_day', 'cap_month', 'cap_year'] as const).map((cap) => (
          <Form.Item key={cap} name={cap} label={words.caps[cap]}>
            <NumberInput {...rangeOf(postActionRules[cap])} placeholder={words.noCap} />
          </Form.Item>
        ))}
      </div>
      <div className="side-by-side">
        <Form.Item name="valid_from" label={words.from} rules={[{ required: true }]}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="valid_until" label={words.until} extra={words.untilHint}>
          <Input type="date" />
        </Form.Item>
      </div>
    </>
  );
}
