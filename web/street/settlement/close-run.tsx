/** Closing a run, after it was said what that freezes. */
import { useQueryClient } from '@tanstack/react-query';
import { Alert } from 'antd';
import { keyed } from '../../api/attempt.ts';
import { answer, api } from '../../api/client.ts';
import { FormDialog } from '../../console/dialog.tsx';
import type { Run } from '../queries.ts';
import { useWords } from '../words.ts';

export function CloseRun({ run }: { readonly run: Run }) {
  const { runs: words } = useWords();
  const queries = useQueryClient();
  const write = (_nothing: object, key: string) =>
    answer(api.POST('/v1/settlement-runs/{id}/close', { params: { ...keyed(key).params, path: { id: run.id } }, body: {} }));
  return (
    <FormDialog
      name={`run-close-${run.number}`}
      label={words.close}
      title={words.closeTitle(run.number)}
      submit={words.closeNow}
      button={{ type: 'primary' }}
      initial={{}}
      write={write}
      done={() => void queries.invalidateQueries({ queryKey: ['runs'] })}
    >
      <p>{words.closeDays(run.from_day, run.through_day)}</p>
      <ul>
        {words.closeFreezes.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
      <Alert type="warning" showIcon title={words.closeForGood} className="gap" />
    </FormDialog>
  );
}
