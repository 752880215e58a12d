import { useQueryClient } from '@tanstack/react-query';
import { Space } from 'antd';
import { keyedAt } from '../../../api/attempt.ts';
import { answer, api } from '../../../api/client.ts';
import { FormDialog, ReasonDialog } from '../../../console/dialog.tsx';
import { useWords } from '../../words.ts';
import { Namesakes, NAMESAKES_AT, useNamesakes } from '../desk/namesakes.tsx';

type DecideProps = { readonly residentId: string; readonly name: string };

/** Confirms or declines a registration that somebody made on their own phone. */
export function DecideRegistration({ residentId: id, name }: DecideProps) {
  const words = useWords().people.waiting;
  const queries = useQueryClient();
  const namesakes = useNamesakes(name);
  const done = () => void queries.invalidateQueries();
  return (
    <Space wrap>
      <FormDialog<{ readonly different_person?: string }, unknown>
        name={`confirm-${id}`}
        label={words.confirm}
        title={words.confirmTitle(name)}
        button={{ size: 'small', type: 'primary' }}
        initial={{ different_person: '' }}
        at={NAMESAKES_AT}
        write={({ different_person: why = '' }, key) =>
          namesakes.asking(
            answer(
              api.POST('/v1/registrations/{resident_id}/confirmation', {
                ...keyedAt(key, { resident_id: id }),
                body: why.trim() === '' ? {} : { different_person: why.trim() },
              }),
            ),
          )
        }
        said={() => words.confirmed(name)}
        done={done}
      >
        <p>{words.confirmHint}</p>
        <Namesakes ids={namesakes.ids} />
      </FormDialog>
      <ReasonDialog
        name={`decline-${id}`}
        label={words.decline}
        title={words.declineTitle(name)}
        danger
        write={(body, key) => answer(api.POST('/v1/registrations/{resident_id}/decline', { ...keyedAt(key, { resident_id: id }), body }))}
        done={done}
      />
    </Space>
  );
}
