/** Which days are looked at: a month, or any days. */
import { Input, Segmented, Space } from 'antd';
import { useState } from 'react';
import type { Range } from '../queries.ts';
import { useWords } from '../words.ts';
import { daysOfMonth, monthOf } from './months.ts';

type RangeFormProps = { readonly range: Range; readonly choose: (range: Range) => void };

export function RangeForm({ range, choose }: RangeFormProps) {
  const { flows: words } = useWords();
  const [by, setBy] = useState(monthOf(range) === undefined ? 'days' : 'month');
  const day = (which: 'from' | 'through', label: string) => (
    <Input
      type="date"
      aria-label={label}
      value={range[which]}
      onChange={({ target: { value } }) => {
        if (value === '') return;
        const next = { ...range, [which]: value };
        choose(next.through < next.from ? { from: value, through: value } : next);
      }}
    />
  );
  return (
    <Space wrap>
      <Segmented
        aria-label={words.by}
        options={[
          { label: words.byMonth, value: 'month' },
          { label: words.byDays, value: 'days' },
        ]}
        value={by}
        onChange={(next) => {
          setBy(next);
          if (next === 'month') choose(daysOfMonth(range.through.slice(0, 7)));
        }}
      />
      {by === 'month' ? (
        <Input
          type="month"
          aria-label={words.month}
          value={range.through.slice(0, 7)}
          onChange={({ target: { value } }) => value !== '' && choose(daysOfMonth(value))}
        />
      ) : (
        <Space>
          {day('from', words.from)}
          <span aria-hidden="true">–</span>
          {day('through', words.through)}
        </Space>
      )}
    </Space>
  );
}
