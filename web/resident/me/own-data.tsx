import { Button } from 'antd-mobile';
import { Link } from 'wouter';
import { answer, api } from '../../api/client.ts';
import { today } from '../../shared/format.ts';
import { useDoing } from '../../shared/use-doing.ts';
import { usePeopleWords } from '../people-words.ts';
import { useResident } from '../resident.ts';
import { Screen } from '../screen.tsx';
import { Notice } from '../sign-in/notice.tsx';

const INDENT = 2;

/** The data that is held about me, to take away; the notice that tells why; and the way to leave. */
export function OwnData() {
  const words = usePeopleWords();
  const { offline } = useResident();
  const taking = useDoing();
  const take = () =>
    void taking.run(async () => {
      const data = await answer(api.GET('/v1/me/data'));
      saveAs(`${words.dataFile}-${today()}.json`, JSON.stringify(data, undefined, INDENT));
    });
  return (
    <Screen title={words.ownData} parent="/me">
      <p>{words.ownDataWhat}</p>
      <Button block color="primary" size="large" disabled={offline} loading={taking.busy} onClick={take}>
        {words.takeData}
      </Button>
      <p className="note">{words.takeDataNote}</p>
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
function saveAs(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
