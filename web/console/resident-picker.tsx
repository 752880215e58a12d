import { useQuery } from '@tanstack/react-query';
import { type SelectProps } from 'antd';
import type { RefSelectProps } from 'antd/es/select';
import { type Ref, useEffect, useRef, useState } from 'react';
import { answer, api, ApiProblem } from '../api/client.ts';
import { Select } from './select.tsx';
import { isPhone } from '../shared/bounds.ts';
import { visible } from '../../src/text/index.ts';
import { useConsole } from './words.ts';

/** A resident who was found; the label is for the officer alone. */
export type Picked = { readonly value: string; readonly label: string };

const PAUSE_MS = 200;

/** Whether a resident is sought by phone: no name begins with a digit. */
function isByPhone(sought: string): boolean {
  return /^[+(\d]/.test(visible(sought).trim());
}

/** Finds residents: of any community by the whole phone number, of the officer's own, or of the street office's, by a part of the name. */
async function findResidents(sought: string): Promise<Picked[]> {
  if (isByPhone(sought)) {
    if (!isPhone(sought)) return [];
    try {
      const found = await answer(api.POST('/v1/residents/lookup', { body: { phone: sought } }));
      return 'items' in found ? [] : [{ value: found.id, label: `${found.name} ${found.phone}` }];
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 404) return [];
      throw error;
    }
  }
  const found = await answer(api.POST('/v1/residents/lookup', { body: { name: sought } }));
  return 'items' in found ? found.items.map(({ id, name, phone }) => ({ value: id, label: `${name} ${phone}` })) : [];
}

type PickerProps = Pick<SelectProps<Picked>, 'id' | 'disabled' | 'allowClear'> & {
  readonly value?: Picked | undefined;
  readonly onChange?: (picked: Picked | undefined) => void;
  readonly ref?: Ref<RefSelectProps>;
};

/**
 * A field for a phone number or a name, in which Enter chooses the resident. A fast typist need not wait for the list: Enter or Tab before
 * it is there chooses the resident, if only one is found. The typed text is in no URL.
 */
export function ResidentPicker({ value, onChange, ref, ...field }: PickerProps) {
  const words = useConsole().picker;
  const [typed, setTyped] = useState('');
  const sought = usePaused(typed.trim());
  const found = useQuery({
    queryKey: ['lookup', sought],
    queryFn: () => findResidents(sought),
    enabled: sought !== '',
    retry: false,
    gcTime: 0,
  });
  const waiting = typed.trim() !== sought || (sought !== '' && found.isFetching);
  const choose = (picked: Picked | undefined) => {
    setTyped('');
    onChange?.(picked && { value: picked.value, label: picked.label });
  };
  const ahead = useAhead(choose);
  const unsaid = sought === '' || waiting || (isByPhone(sought) && !isPhone(sought));
  const said = found.isError ? words.failed : unsaid ? words.hint : words.none;
  return (
    <>
      <Select<Picked>
        {...field}
        ref={ref}
        labelInValue
        defaultActiveFirstOption
        showSearch={{ filterOption: false, onSearch: setTyped, searchValue: typed }}
        placeholder={words.placeholder}
        value={value ?? null}
        options={waiting ? [] : (found.data ?? []).map((each) => ({ ...each }))}
        loading={waiting || ahead.state === 'seeking'}
        notFoundContent={<span role="status">{said}</span>}
        onChange={(picked: Picked | undefined) => {
          ahead.forget();
          choose(picked);
        }}
        onInputKeyDown={({ key }) => {
          const sent = key === 'Enter' || key === 'Tab';
          if (!sent) ahead.forget();
          // Also when it is there but not drawn yet; what is chosen from the list comes first.
          else if (typed.trim() !== '') void ahead.seek(typed.trim(), waiting ? undefined : found.data);
        }}
      />
      <span role="status">{ahead.state === 'missed' && words.notAlone(ahead.sought)}</span>
    </>
  );
}

type Ahead = { readonly state: 'idle' | 'seeking' | 'missed'; readonly sought: string };

/** Chooses who is found by what was typed, if it is one resident, once the answer is there; unless something else is typed meanwhile. */
function useAhead(choose: (picked: Picked) => void) {
  const [now, setNow] = useState<Ahead>({ state: 'idle', sought: '' });
  const latest = useRef('');
  const forget = () => {
    latest.current = '';
    setNow({ state: 'idle', sought: '' });
  };
  const seek = async (sought: string, known?: readonly Picked[]) => {
    if (latest.current === sought) return;
    latest.current = sought;
    setNow({ state: 'seeking', sought });
    const found = known ?? (await findResidents(sought).catch(() => []));
    await Promise.resolve();
    if (latest.current !== sought) return;
    const [only, ...others] = found;
    if (only === undefined || others.length > 0) {
      setNow({ state: 'missed', sought });
    } else {
      forget();
      choose(only);
    }
  };
  return { ...now, seek, forget };
}

/** The typed text, once nothing has been typed for `PAUSE_MS`; a whole phone number at once. */
function usePaused(typed: string): string {
  const [paused, setPaused] = useState(typed);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(typed), isPhone(typed) ? 0 : PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return paused;
}
