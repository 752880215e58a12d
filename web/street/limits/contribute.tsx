/** Books what came in for a community's fund. */
import { useQueryClient } from '@tanstack/react-query';
import { Form, Input } from 'antd';
import { keyed } from '../../api/attempt.ts';
import { postFundsContributions } from '../../api/bounds.ts';
import { answer, api } from '../../api/client.ts';
import { FormDialog } from '../../console/dialog.tsx';
import { amountRule } from '../../console/rules.ts';
import { TextItem } from '../../console/text-item.tsx';
import { fenOf } from '../../shared/format.ts';
import { useWords } from '../words.ts';

export function Contribute({ id }: { readonly id: string }) {
  const { limits: words } = useWords();
  const queries = useQueryClient();
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
            body: { fen: fenOf(fen, postFundsContributions.fen)!, bank_reference },
          }),
        )
      }
      done={() => void Promise.all(['funds', 'limits'].map((key) => queries.invalidateQueries({ queryKey: [key] })))}
    >
      <p>{words.contributeHint}</p>
      <Form.Item name="fen" label={words.yuanTyped} rules={[{ required: true }, amountRule(postFundsContributions.fen, words.noAmount)]}>
        <Input inputMode="decimal" suffix={words.yuanUnit} />
      </Form.Item>
      <TextItem
        name="bank_reference"
        label={words.bankReference}
        extra={words.bankReferenceHint}
        bound={postFundsContributions.bank_reference}
      />
    </FormDialog>
  );
}
