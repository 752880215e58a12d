/** The lists of people that left the service, and texts that are emptied by hand. */
import { ListsTaken } from '../../console/lists-taken.tsx';
import { Page } from '../../console/page.tsx';
import { useSignedIn } from '../../shared/session.tsx';
import { useNames } from '../queries.ts';
import { useWords } from '../words.ts';
import { Clearing } from './clearing.tsx';

export function PersonalPage() {
  const { personal: words } = useWords();
  const { scopes } = useSignedIn();
  const names = useNames();
  return (
    <Page title={words.title}>
      <p className="lead">{words.lead}</p>
      <ListsTaken communityOf={(id) => (id === null ? '–' : names.of(id))} />
      {scopes.includes('residents:write') && <Clearing />}
    </Page>
  );
}
