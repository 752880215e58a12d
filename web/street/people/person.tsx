/** Which resident an officer is: shown, and stated by two officers of the street. */
import { useQuery } from '@tanstack/react-query';
import { Checkbox, Form } from 'antd';
import { answer, api, type Schemas } from '../../api/client.ts';
import { FormDialog } from '../../console/dialog.tsx';
import { type Picked, ResidentPicker } from '../../console/resident-picker.tsx';
import { dayOf } from '../../shared/format.ts';
import { propose, useProposed } from '../proposals/propose.ts';
import { ReasonItem } from '../proposals/reason-item.tsx';
import { useWords } from '../words.ts';

type Of = { readonly officer: Schemas['Officer'] };

/** The person as it stands in a form: a resident, or a tick that it is none; neither until somebody says so. */
type PersonEntered = { readonly resident: Picked | null; readonly none: boolean };

export const nobodyYet: PersonEntered = { resident: null, none: false };

/** The id of the resident that was entered; null: the officer is none. */
export function personIn({ resident, none }: PersonEntered): string | null {
  return none ? null : resident!.value;
}

/** The name of a resident; undefined until it is known, and where there is none. */
function useResidentName(id: string | null | undefined): string | undefined {
  const { data } = useQuery({
    queryKey: ['residents', id],
    queryFn: () => answer(api.GET('/v1/residents/{id}', { params: { path: { id: id! } } })),
    enabled: id != null,
    staleTime: 60_000,
  });
  return data?.name;
}

/** The resident who the officer is stated to be, and until when. */
export function PersonOf({ officer: { resident_id: id, person_stated: stated, person_until: until } }: Of) {
  const { people: words } = useWords();
  const name = useResidentName(id);
  if (until === null) return words.personMissing;
  const who = id == null ? words.personNone : (name ?? '…');
  return (stated ? words.personUntil : words.personEnded)(who, dayOf(until));
}

export function PersonItems() {
  const { people: words } = useWords();
  return (
    <>
      <Form.Item
        name="resident"
        label={words.person}
        extra={words.personHint}
        dependencies={['none']}
        rules={[
          ({ getFieldValue }) => ({
            validator: (_rule: unknown, picked: Picked | null) =>
              Boolean(picked) === Boolean(getFieldValue('none'))
                ? Promise.reject(new Error(picked ? words.personEither : words.personAsked))
                : Promise.resolve(),
          }),
        ]}
      >
        <ResidentPicker allowClear />
      </Form.Item>
      <Form.Item name="none" valuePropName="checked">
        <Checkbox>{words.personIsNone}</Checkbox>
      </Form.Item>
    </>
  );
}

export function StatePerson({ officer }: Of) {
  const { people: words } = useWords();
  const proposed = useProposed();
  return (
    <FormDialog
      name={`person-${officer.id}`}
      label={words.personState}
      title={words.personTitle(officer.name)}
      submit={words.propose}
      button={{ size: 'small' }}
      initial={{ ...nobodyYet, reason: '' }}
      write={({ reason, ...person }, key) =>
        propose({ command: 'officer_person', input: { officer_id: officer.id, resident_id: personIn(person) }, reason }, key)
      }
      said={() => words.proposed}
      done={proposed}
    >
      <PersonItems />
      <ReasonItem />
    </FormDialog>
  );
}
