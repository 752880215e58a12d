/** Books what came in for a community's fund. */
import { useQueryClient } from '@tanstack/react-query';
import { Form, Input } from 'antd';
import { keyed } from '../../api/attempt.ts';
import { answer, api } from '../../api/client.ts';
import { FormDialog } from '../../console/dialog.tsx';
import { fenOf } from '../../shared/format.ts';
import { useWords } from '../words.ts';

export function Contribute({ id }: { readonly id: string }) {
  const { limits: words } = useWords();
  const queries = useQueryClient();
  const isAmount = (_rule: unknown, typed: string) =>
    typed === '' || fenOf(typed) ? Promise.resolve() : Promise.reject(new Error(words.noAmount));
  return (
    <FormDialog
      name={`contribute-${id}`}
      label={words.contribute}
      title={words.contributeTitle}
      button={{ type: 'primary' }}
      initial={{ fen: '', bank_reference: '' }}
      at={{ bank_reference_used: 'bank_reference' }}
      write={({ fen, bank_reference }, key) =>
        answer(
          api.POST('/v1/funds/{community_id}/contributions', {
            params: { ...keyed(key).params, path: { community_id: id } },
            body: { fen: fenOf(fen)!, bank_reference },
          }),
        )
      }
      done={() => void Promise.all(['funds', 'limits'].map((key) => queries.invalidateQueries({ queryKey: [key] })))}
    >
      <p>{words.contributeHint}</p>
      <Form.Item name="fen" label={words.yuanTyped} rules={[{ required: true }, { validator: isAmount }]}>
        <Input inputMode="decimal" suffix={words.yuanUnit} />
      </Form.Item>
      <Form.Item name="bank_reference" label={words.bankReference} extra={words.bankReferenceHint} rules={[{ required: true, max: 64 }]}>
        <Input maxLength={64} autoComplete="off" />
      </Form.Item>
    </FormDialog>
  );
}
