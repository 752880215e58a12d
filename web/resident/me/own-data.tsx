import { Button } from 'antd-mobile';
import { Link } from 'wouter';
import { answer, api } from '../../api/client.ts';
import { today } from '../../shared/format.ts';
import { useDoing } from '../../shared/use-doing.ts';
import { usePeopleWords } from '../people-words.ts';
import { useResident } from '../resident.ts';
import { Screen } from '../screen.tsx';
import { ownDataPage } from './own-data-page.ts';
import { Notice } from '../sign-in/notice.tsx';

const INDENT = 2;

const types = { html: 'text/html', json: 'application/json' } as const;

/** The data that is held about me, to take away; the notice that tells why; and the way to leave. */
export function OwnData() {
  const words = usePeopleWords();
  const { offline } = useResident();
  const taking = useDoing();
  const take = (how: 'html' | 'json') =>
    void taking.run(async () => {
      const data = await answer(api.GET('/v1/me/data'));
      const text = how === 'html' ? ownDataPage(data, words.dataPage) : JSON.stringify(data, undefined, INDENT);
      saveAs(`${words.dataFile}-${today()}.${how}`, text, types[how]);
    });
  return (
    <Screen title={words.ownData} parent="/me">
      <p>{words.ownDataWhat}</p>
      <Button block color="primary" size="large" disabled={offline} loading={taking.busy} onClick={() => take('html')}>
        {words.takeData}
      </Button>
      <p className="note">{words.takeDataNote}</p>
      <Button block size="large" disabled={offline || taking.busy} onClick={() => take('json')}>
        {words.takeDataToProcess}
      </Button>
      <p className="problem" role="alert">
        {taking.message}
      </p>
      <details className="card">
        <summary>{words.readNotice}</summary>
        <Notice />
      </details>
      <nav className="card menu" aria-label={words.ownData}>
        <Link to="/me/leave">{words.leave}</Link>
      </nav>
    </Screen>
  );
}

/** Has the browser save a text as a file. */
function saveAs(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
