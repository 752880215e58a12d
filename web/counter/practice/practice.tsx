import { Button } from 'antd-mobile';
import { useMemo, useState } from 'react';
import { CounterProvider, type Place } from '../context.tsx';
import { Frame } from '../frame.tsx';
import { grouped } from '../code.ts';
import { pageShelf } from '../queue/shelf.ts';
import { scan } from '../till/scans.ts';
import { useWords } from '../words.ts';
import { cases, codeOf, PRACTICE_PIN } from './cast.ts';
import { type PracticeTeller, practiceTeller } from './teller.ts';

/** The whole counter on test data. Nothing of it leaves the page, and it is forgotten with it. */
export default function Practice() {
  const [round, setRound] = useState(1);
  return <Round key={round} again={() => setRound(round + 1)} />;
}

function Round({ again }: { readonly again: () => void }) {
  const words = useWords();
  const [teller] = useState(() => practiceTeller(words.practiceVouchers));
  const [shelf] = useState(pageShelf);
  const place = useMemo<Place>(
    () => ({ key: 'practice', merchant: words.practiceMerchant, store: { id: 'practice', name: words.practiceStore } }),
    [words],
  );
  return (
    <CounterProvider place={place} teller={teller} shelf={shelf} practice>
      <Frame banner={words.practiceBanner} beside={<Codes teller={teller} again={again} />} />
    </CounterProvider>
  );
}

function Codes({ teller, again }: { readonly teller: PracticeTeller; readonly again: () => void }) {
  const words = useWords();
  const [network, setNetwork] = useState(true);
  const change = (on: boolean) => {
    teller.network = on;
    setNetwork(on);
  };
  return (
    <section className="card practice-codes">
      <h2>{words.practiceCodes}</h2>
      <p className="note">{words.practiceHint}</p>
      <ul>
        {cases.map((name) => (
          <li key={name}>
            <span>{words.practiceCases[name]}</span>
            <code>{grouped(codeOf(name))}</code>
            <Button size="small" aria-label={words.practiceScan(words.practiceCases[name])} onClick={() => scan(codeOf(name))}>
              {words.scan}
            </Button>
          </li>
        ))}
      </ul>
      <p>{words.practicePin(PRACTICE_PIN)}</p>
      <label className="switch">
        <input type="checkbox" checked={!network} onChange={({ target }) => change(!target.checked)} /> {words.practiceNoNetwork}
      </label>
      <Button onClick={again}>{words.practiceAgain}</Button>
    </section>
  );
}
