import { Button, Space } from 'antd';
import { Link } from 'wouter';
import { Page } from '../../console/page.tsx';
import { useSignedIn } from '../../shared/session.tsx';
import { useWords } from '../words.ts';
import { Search } from './search.tsx';
import { ToWaiting } from './waiting/to-waiting.tsx';

/** The register of the community: what waits, the search, and the ways to register. */
export function ResidentsPage() {
  const words = useWords().residents;
  const { scopes } = useSignedIn();
  return (
    <Page title={words.title} actions={scopes.includes('residents:write') && <Ways />}>
      <ToWaiting />
      <Search />
    </Page>
  );
}

function Ways() {
  const { desk, file, stop, taking } = useWords().people;
  return (
    <Space wrap>
      <Link href="/residents/stop-change">{stop.title}</Link>
      <Link href="/residents/list">{file.title}</Link>
      <Link href="/residents/taking">{taking.title}</Link>
      <Link href="/residents/register" asChild>
        <Button type="primary" href="#/residents/register">
          {desk.title}
        </Button>
      </Link>
    </Space>
  );
}
