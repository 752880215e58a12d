import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { keyedAt, useAttempt } from '../../../api/attempt.ts';
import { postResidentsMoves } from '../../../api/bounds.ts';
import { answer, api } from '../../../api/client.ts';
import { AttemptButton } from '../../../console/attempt-button.tsx';
import { FormDialog, ReasonDialog } from '../../../console/dialog.tsx';
import { TextItem } from '../../../console/text-item.tsx';
import { digitsOf } from '../../../../src/text/index.ts';
import { useShared } from '../../../shared/words.ts';
import { useWords } from '../../words.ts';

type MoveHereProps = { readonly id: string; readonly name: string };

/** Takes in a resident of another community: by a code to their phone, or at the counter with a reason. */
export function MoveHere({ id, name }: MoveHereProps) {
  const words = useWords().people.move;
  const queries = useQueryClient();
  const [, go] = useLocation();
  const done = () => {
    void queries.invalidateQueries();
    go(`/residents/${id}`);
  };
  return (
    <>
      <FormDialog
        name={`move-${id}`}
        label={words.byCode}
        title={words.byCodeTitle(name)}
        button={{ size: 'small' }}
        initial={{ code: '' }}
        secret
        at={{ phone_code_wrong: 'code' }}
        write={({ code }, key) =>
          answer(api.POST('/v1/residents/{id}/moves', { ...keyedAt(key, { id }), body: { how: 'code', code: digitsOf(code) } }))
        }
        said={() => words.moved}
        done={done}
      >
        <p>{words.byCodeHint}</p>
        <SendCode id={id} />
        <CodeItem bound={postResidentsMoves.code.code} />
      </FormDialog>
      <ReasonDialog
        name={`move-at-counter-${id}`}
        label={words.atCounter}
        title={words.atCounterTitle(name)}
        write={({ reason }, key) =>
          answer(api.POST('/v1/residents/{id}/moves', { ...keyedAt(key, { id }), body: { how: 'counter', reason } }))
        }
        said={() => words.moved}
        done={done}
      >
        <p>{words.atCounterHint}</p>
      </ReasonDialog>
    </>
  );
}

function SendCode({ id }: Pick<MoveHereProps, 'id'>) {
  const words = useWords().people.move;
  const [sent, setSent] = useState(false);
  const attempt = useAttempt((of: string, key: string) =>
    answer(api.POST('/v1/residents/{id}/move-codes', { ...keyedAt(key, { id: of }), body: {} })),
  );
  return (
    <p>
      <AttemptButton attempt={attempt} input={id} type="default" done={() => setSent(true)}>
        {words.sendCode}
      </AttemptButton>{' '}
      <span role="status">{sent && words.sent}</span>
    </p>
  );
}

/** A field for a code of six digits that came to a phone. */
export function CodeItem({ bound }: { readonly bound: Parameters<typeof TextItem>[0]['bound'] }) {
  const words = useShared();
  return (
    <TextItem
      name="code"
      label={words.code}
      bound={bound}
      wrong={words.codeWrong}
      sent={digitsOf}
      input={{ inputMode: 'numeric', autoComplete: 'one-time-code' }}
    />
  );
}
