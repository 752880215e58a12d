import { useQueryClient } from '@tanstack/react-query';
import { Space } from 'antd';
import { keyed, keyedAt } from '../../../api/attempt.ts';
import { postProposals, putResidentsName } from '../../../api/bounds.ts';
import { answer, api, type Schemas } from '../../../api/client.ts';
import { FormDialog, ReasonDialog } from '../../../console/dialog.tsx';
import { TextItem } from '../../../console/text-item.tsx';
import { useConsole } from '../../../console/words.ts';
import { useSignedIn } from '../../../shared/session.tsx';
import { useWords } from '../../words.ts';
import { PhoneItem } from '../desk/phone-item.tsx';
import { Leaving } from './leaving.tsx';
import { useIsProposed } from './proposed.tsx';
import { DecideRegistration } from '../waiting/decide.tsx';

type Resident = Schemas['ResidentWithConsents'];
type ActsProps = { readonly resident: Resident };

/** The acts of an officer on a resident's entry in the register, as it stands. */
export function Acts({ resident }: ActsProps) {
  const { scopes } = useSignedIn();
  const { id, name, status } = resident;
  if (!scopes.includes('residents:write')) return null;
  if (status === 'unconfirmed') return <DecideRegistration residentId={id} name={name} />;
  if (status !== 'active' && status !== 'suspended') return null;
  return (
    <Space wrap>
      <CorrectName resident={resident} />
      {scopes.includes('proposals:write') && <ChangePhone resident={resident} />}
      <Standings id={id} name={name} next={status === 'active' ? 'suspended' : 'active'} />
      <Leaving resident={resident} />
    </Space>
  );
}

type StandingsProps = Pick<Resident, 'id' | 'name'> & { readonly next: 'active' | 'suspended' };

function Standings({ id, name, next }: StandingsProps) {
  const words = useWords().residents;
  const queries = useQueryClient();
  return (
    <ReasonDialog
      key={next}
      name={`resident-${next}-${id}`}
      label={words.set[next]}
      title={words.setTitle[next](name)}
      danger={next === 'suspended'}
      write={({ reason }, key) => answer(api.PUT('/v1/residents/{id}/status', { ...keyedAt(key, { id }), body: { status: next, reason } }))}
      done={() => void queries.invalidateQueries({ queryKey: ['residents'] })}
    />
  );
}

function CorrectName({ resident: { id, name } }: ActsProps) {
  const words = useWords().people.resident;
  const shared = useConsole();
  const queries = useQueryClient();
  return (
    <FormDialog<{ readonly name: string; readonly reason: string }, unknown>
      name={`name-${id}`}
      label={words.correct}
      title={words.correctTitle(name)}
      button={{ size: 'small' }}
      initial={{ name, reason: '' }}
      at={{ name_unchanged: 'name' }}
      next={(typed) => ({ name: typed.name.trim(), reason: '' })}
      write={(typed, key) =>
        answer(
          api.PUT('/v1/residents/{id}/name', { ...keyedAt(key, { id }), body: { name: typed.name.trim(), reason: typed.reason.trim() } }),
        )
      }
      said={(_made, typed) => words.corrected(typed.name.trim())}
      done={() => void queries.invalidateQueries()}
    >
      <TextItem name="name" label={words.newName} bound={putResidentsName.name} />
      <TextItem name="reason" label={shared.reason} extra={shared.reasonHint} bound={putResidentsName.reason} rows={3} />
    </FormDialog>
  );
}

/** Proposes another number for somebody who no longer has the old one: a second officer approves it. */
function ChangePhone({ resident: { id, name } }: ActsProps) {
  const words = useWords().people.resident;
  const { reason } = useConsole();
  const queries = useQueryClient();
  const bounds = postProposals.phone;
  const waits = useIsProposed(id, 'phone');
  return (
    <FormDialog<{ readonly phone: string; readonly reason: string }, unknown>
      name={`phone-${id}`}
      label={words.changePhone}
      title={words.changePhoneTitle(name)}
      button={{ size: 'small', disabled: waits }}
      initial={{ phone: '', reason: '' }}
      at={{ phone_taken: 'phone', phone_unchanged: 'phone' }}
      write={(typed, key) =>
        answer(
          api.POST('/v1/proposals', {
            ...keyed(key),
            body: { command: 'phone', input: { resident_id: id, phone: typed.phone }, reason: typed.reason.trim() },
          }),
        )
      }
      said={() => words.phoneProposed}
      done={() => void queries.invalidateQueries({ queryKey: ['proposals'] })}
    >
      <p>{words.changePhoneHint}</p>
      <PhoneItem label={words.newPhone} bound={bounds.input.phone} />
      <TextItem name="reason" label={reason} extra={words.phoneReason} bound={bounds.reason} rows={3} />
    </FormDialog>
  );
}
