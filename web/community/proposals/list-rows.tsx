/** The rows of a proposed list of grants: the largest first, and all of them on demand. */
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'wouter';
import type { Schemas } from '../../api/client.ts';
import { column, figures, Rows } from '../../console/data-table.tsx';
import type { Inputs } from '../../console/matters.ts';
import { points } from '../../shared/format.ts';
import { useWords } from '../words.ts';

type Row = Inputs['grant_list']['largest'][number];

type ListRowsProps = { readonly input: Inputs['grant_list']; readonly names: Schemas['Proposal']['names'] };

export function ListRows({ input: { largest, rows }, names }: ListRowsProps) {
  const words = useWords().proposals.list;
  const [all, setAll] = useState(false);
  const more = rows && rows.length > largest.length;
  const shown = all && rows ? rows : largest;
  const title = all || !more ? words.rows(shown.length) : words.largest(shown.length);
  return (
    <>
      <h2>{title}</h2>
      <Rows<Row>
        label={title}
        rows={shown}
        rowKey={({ external_reference: reference }) => reference ?? ''}
        columns={[
          column(words.resident, ({ resident_id: id }) => <Link href={`/residents/${id}`}>{names[id] ?? words.nobody}</Link>),
          column(words.rule, ({ action_rule_id: id }) => names[id] ?? id),
          figures(words.quantity, ({ quantity }) => points(quantity)),
          column(words.occurredOn, ({ occurred_on: day }) => day),
          column(words.description, ({ description }) => <span className="prose">{description}</span>),
          figures(words.points, ({ worth }) => points(worth)),
        ]}
      />
      {more && !all && (
        <p>
          <Button onClick={() => setAll(true)}>{words.showAll(rows.length)}</Button>
        </p>
      )}
    </>
  );
}
