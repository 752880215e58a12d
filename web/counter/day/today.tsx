import { useState } from 'react';
import { today } from '../../shared/format.ts';
import { Field } from '../../mobile/field.tsx';
import { useWords } from '../words.ts';
import { TodayList } from './today-list.tsx';

/** Today's redemptions, and those of days before: what was redeemed last evening may still be undone. */
export function TodayScreen() {
  const words = useWords();
  const [day, setDay] = useState(today);
  return (
    <section className="card">
      <h1>{words.today}</h1>
      <Field label={words.businessDay} type="date" required value={day} max={today()} change={(next) => setDay(next || today())} />
      <TodayList day={day} />
    </section>
  );
}
