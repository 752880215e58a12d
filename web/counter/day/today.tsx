import { useWords } from '../words.ts';
import { TodayList } from './today-list.tsx';

export function TodayScreen() {
  const words = useWords();
  return (
    <section className="card">
      <h1>{words.today}</h1>
      <TodayList />
    </section>
  );
}
