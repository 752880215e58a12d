import { useQueryClient } from '@tanstack/react-query';
import { Form } from 'antd';
import type { ComponentProps } from 'react';
import { keyedAt } from '../../../api/attempt.ts';
import { postHouseholdsMembers } from '../../../api/bounds.ts';
import { answer, api } from '../../../api/client.ts';
import { FormDialog } from '../../../console/dialog.tsx';
import { TextItem } from '../../../console/text-item.tsx';
import { useConsole } from '../../../console/words.ts';
import { ResidentPicker } from '../../../console/resident-picker.tsx';
import { useWords } from '../../words.ts';

type Entered = { readonly resident: ComponentProps<typeof ResidentPicker>['value']; readonly reason: string };

const REFUSED_AT = { resident_not_found: 'resident', in_household_already: 'resident' };

/** Adds somebody to a household at a counter. */
export function AddMember({ householdId: id }: { readonly householdId: string }) {
  const words = useWords().people.household;
  const shared = useConsole();
  const queries = useQueryClient();
  return (
    <FormDialog<Entered, unknown>
      name={`add-member-${id}`}
      label={words.add}
      title={words.addTitle}
      button={{ size: 'small' }}
      initial={{ resident: undefined, reason: '' }}
      at={REFUSED_AT}
      write={({ resident, reason }, key) =>
        answer(
          api.POST('/v1/households/{id}/members', {
            ...keyedAt(key, { id }),
            body: { resident_id: resident!.value, reason: reason.trim() },
          }),
        )
      }
      said={() => words.added}
      done={() => void queries.invalidateQueries({ queryKey: ['residents'] })}
    >
      <Form.Item name="resident" label={words.member} rules={[{ required: true }]}>
        <ResidentPicker />
      </Form.Item>
      <TextItem name="reason" label={shared.reason} extra={shared.reasonHint} bound={postHouseholdsMembers.reason} rows={3} />
    </FormDialog>
  );
}
