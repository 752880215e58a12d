import { Card } from 'antd';
import { timeOf } from '../../shared/format.ts';
import { useSignedIn } from '../../shared/session.tsx';
import { Facts } from '../facts.tsx';
import { Page } from '../page.tsx';
import { useConsole } from '../words.ts';
import { ChangePassword } from './password.tsx';
import { Sessions } from './sessions.tsx';
import { TwoSteps } from './totp.tsx';

/** One's own login: password, authenticator app, sessions. */
export function AccountPage() {
  const { account: words } = useConsole();
  const { person_name: name, login, started_at: at } = useSignedIn();
  return (
    <Page title={words.title}>
      <Card className="gap">
        <Facts
          items={[
            [words.name, name],
            [words.login, login],
            [words.startedAt, timeOf(at)],
          ]}
        />
      </Card>
      <div className="cards">
        <Card className="gap" title={<h2>{words.password}</h2>}>
          <ChangePassword />
        </Card>
        <Card className="gap" title={<h2>{words.totp}</h2>}>
          <TwoSteps />
        </Card>
      </div>
      <h2>{words.sessions}</h2>
      <Sessions />
    </Page>
  );
}
