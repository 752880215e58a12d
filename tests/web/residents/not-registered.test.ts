import { expect, it } from 'vitest';
import { needsAttention, notRegistered } from '../../../web/community/residents/list-file/not-registered.ts';
import type { Line } from '../../../web/community/residents/list-file/send.ts';

const headings = { line: '行', result: '结果', detail: '说明' };
const said = ({ result }: Line) => ({ result, detail: '请核实' });

function lineOf(line: number, result: Line['result']): Line {
  return {
    line,
    name: null,
    phone: null,
    result,
    resident_id: null,
    earlier_line: null,
    same_name_ids: [],
    same_name_lines: [],
    errors: [],
  };
}

const list = '志愿者名单\n姓名,手机号,备注\n王一,13800000001,\n=1+1,13800000002,@x\n\n赵三,138,\n';

it('the lines that were not registered are there as they were, with what became of them', async () => {
  const lines = [lineOf(3, 'registered'), lineOf(4, 'phone_taken'), lineOf(6, 'faulty')];
  const text = await notRegistered({ bytes: new TextEncoder().encode(list) }, lines, headings, said);
  expect(text).toBe(
    '\uFEFF姓名,手机号,备注,行,结果,说明\r\n"\'=1+1",13800000002,"\'@x",4,phone_taken,请核实\r\n赵三,138,,6,faulty,请核实\r\n',
  );
});

it('somebody who is registered already needs nothing', () => {
  const results = [
    'would_register',
    'registered',
    'already_registered',
    'phone_taken',
    'twice_in_file',
    'same_person_question',
    'faulty',
  ] as const;
  expect(results.filter((result) => needsAttention({ result }))).toEqual([
    'phone_taken',
    'twice_in_file',
    'same_person_question',
    'faulty',
  ]);
});
