import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { answer, api } from '../../api/client.ts';
import { Failed, Loading } from '../../mobile/states.tsx';
import { usePeopleWords } from '../people-words.ts';
import { useWords } from '../words.ts';

type CommunityProps = { readonly value: string; readonly change: (id: string) => void; readonly problem: string | undefined };

/** The community in which somebody lives. The browser's own list: on a phone it is as large as the screen. */
export function Community({ value, change, problem }: CommunityProps) {
  const words = useWords();
  const peopleWords = usePeopleWords();
  const id = useId();
  const names = useQuery({ queryKey: ['community names'], queryFn: async () => (await answer(api.GET('/v1/community-names'))).items });
  if (!names.data) return names.isError ? <Failed error={names.error} retry={() => void names.refetch()} /> : <Loading />;
  return (
    <div className="field">
      <label htmlFor={id}>{words.community}</label>
      <div className="entry">
        <select
          id={id}
          value={value}
          onChange={({ target }) => change(target.value)}
          aria-describedby={`${id}-said`}
          aria-invalid={problem !== undefined}
        >
          <option value="">{peopleWords.chooseCommunity}</option>
          {names.data.map((each) => (
            <option key={each.id} value={each.id}>
              {each.name}
            </option>
          ))}
        </select>
      </div>
      <p id={`${id}-said`} className={problem === undefined ? 'note' : 'problem'}>
        {problem ?? peopleWords.communityHint}
      </p>
    </div>
  );
}
