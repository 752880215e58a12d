import { Form, Input } from 'antd';
import { useState } from 'react';
import { useAttempt } from '../../api/attempt.ts';
import { putSessionTotp } from '../../api/bounds.ts';
import { answer, api } from '../../api/client.ts';
import { digitsOf } from '../../../src/text/index.ts';
import { useSession, useSignedIn } from '../../shared/session.tsx';
import { useShared } from '../../shared/words.ts';
import { AttemptButton } from '../attempt-button.tsx';
import { Qr } from '../qr.tsx';
import { Secret } from '../secret.tsx';
import { TextItem } from '../text-item.tsx';
import { useConsole } from '../words.ts';
import { WriteForm } from '../write-form.tsx';

type Begun = { readonly secret: string; readonly uri: string };

/** Turns the second step of signing in on and off. */
export function TwoSteps() {
  const { account: words } = useConsole();
  const { totp } = useSignedIn();
  const [begun, setBegun] = useState<Begun>();
  const begin = useAttempt(() => answer(api.POST('/v1/session/totp', { body: {} })));
  if (totp) return <Remove />;
  if (begun) return <Confirm begun={begun} />;
  return (
    <>
      <p>{words.totpOff}</p>
      <AttemptButton attempt={begin} input={undefined} done={setBegun}>
        {words.totpBegin}
      </AttemptButton>
    </>
  );
}

function Confirm({ begun: { secret, uri } }: { readonly begun: Begun }) {
  const { account: words } = useConsole();
  const shared = useShared();
  const { take } = useSession();
  return (
    <>
      <p>{words.totpScan}</p>
      <Qr text={uri} label={words.totpQr} />
      <Secret title={words.totp} parts={[{ label: words.totpSecret, value: secret }]} />
      <WriteForm
        name="confirm-totp"
        secret
        initial={{ code: '' }}
        write={(body: { readonly code: string }) => answer(api.PUT('/v1/session/totp', { body }))}
        at={{ sign_in_failed: 'code', totp_code_wrong: 'code' }}
        said={() => words.totpConfirmed}
        done={take}
        submit={words.totpConfirm}
      >
        <TextItem
          name="code"
          label={words.totpCode}
          bound={putSessionTotp.code}
          wrong={shared.codeWrong}
          sent={digitsOf}
          input={{ inputMode: 'numeric', autoComplete: 'one-time-code' }}
        />
      </WriteForm>
    </>
  );
}

function Remove() {
  const { account: words } = useConsole();
  const shared = useShared();
  const { take } = useSession();
  return (
    <>
      <p>{words.totpOn}</p>
      <WriteForm
        name="remove-totp"
        secret
        initial={{ password: '' }}
        write={(body: { readonly password: string }) => answer(api.POST('/v1/session/totp/removal', { body }))}
        at={{ sign_in_failed: 'password' }}
        said={() => words.totpRemoved}
        done={take}
        submit={words.totpRemove}
        danger
      >
        <Form.Item name="password" label={shared.password} rules={[{ required: true }]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
      </WriteForm>
    </>
  );
}
