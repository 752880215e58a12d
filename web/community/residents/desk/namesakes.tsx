import { Alert } from 'antd';
import { useState } from 'react';
import { Link } from 'wouter';
import { postResidents } from '../../../api/bounds.ts';
import { ApiProblem } from '../../../api/client.ts';
import { TextItem } from '../../../console/text-item.tsx';
import { dayOf } from '../../../shared/format.ts';
import { useWords } from '../../words.ts';
import { useResident } from '../one/use-resident.ts';
import { Standing } from '../standing.tsx';

type Asked = { readonly name: string; readonly ids: readonly string[] };

/** The residents of the same name as the person in a form, once the API has asked whether it is one of them. */
export function useNamesakes(name: string) {
  const [asked, setAsked] = useState<Asked>();
  return {
    ids: asked?.name === name.trim() ? asked.ids : [],
    /** Sends, and keeps whom a refusal names. */
    async asking<T>(sent: Promise<T>): Promise<T> {
      try {
        return await sent;
      } catch (error) {
        if (error instanceof ApiProblem && error.code === 'same_person_question')
          setAsked({ name: name.trim(), ids: error.body.details?.['resident_ids'] as string[] });
        throw error;
      }
    },
  };
}

/** A refusal of the question stands at the field that answers it. */
export const NAMESAKES_AT = { same_person_question: 'different_person' };

/** Shows the namesakes, and asks why it is none of them. */
export function Namesakes({ ids }: { readonly ids: readonly string[] }) {
  const words = useWords().people.namesakes;
  if (ids.length === 0) return null;
  return (
    <>
      <Alert
        type="warning"
        showIcon
        className="gap"
        title={words.title}
        description={
          <>
            <ul className="plain">
              {ids.map((id) => (
                <Namesake key={id} id={id} />
              ))}
            </ul>
            {words.same}
          </>
        }
      />
      <TextItem name="different_person" label={words.other} extra={words.otherHint} bound={postResidents.different_person} required />
    </>
  );
}

function Namesake({ id }: { readonly id: string }) {
  const words = useWords().people.namesakes;
  const { data } = useResident(id);
  if (!data) return <li>{id}</li>;
  return (
    <li>
      <Link href={`/residents/${id}`}>{data.name}</Link> {data.phone} {words.registeredAt(dayOf(data.registered_at))}{' '}
      <Standing status={data.status} reason={data.status_reason} />
    </li>
  );
}
