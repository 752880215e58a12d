import { useQueryClient } from '@tanstack/react-query';
import { Alert, Card, Form, Radio } from 'antd';
import { useState } from 'react';
import { Link } from 'wouter';
import { BYTE_ORDER_MARK } from '../../../src/text/index.ts';
import { keyed } from '../../api/attempt.ts';
import { postListExports } from '../../api/bounds.ts';
import { answer, api } from '../../api/client.ts';
import { ListsTaken } from '../../console/lists-taken.tsx';
import { Page } from '../../console/page.tsx';
import { TextItem } from '../../console/text-item.tsx';
import { WriteForm } from '../../console/write-form.tsx';
import { download } from '../../shared/download.ts';
import { today } from '../../shared/format.ts';
import { useSignedIn } from '../../shared/session.tsx';
import { useWords } from '../words.ts';

/** Takes the list of residents out of the service, and shows who has taken it before. */
export function TakingPage() {
  const { taking: words, desk } = useWords().people;
  const { scopes } = useSignedIn();
  return (
    <Page title={words.title} actions={<Link href="/residents">{desk.back}</Link>}>
      {scopes.includes('residents:write') && <Take />}
      <ListsTaken />
    </Page>
  );
}

type Wanted = { readonly how: 'masked' | 'full'; readonly reason?: string };

function Take() {
  const words = useWords().people.taking;
  const queries = useQueryClient();
  const [how, setHow] = useState<Wanted['how']>('masked');
  const options = (['masked', 'full'] as const).map((value) => ({ value, label: words.hows[value] }));
  return (
    <Card className="gap">
      <p>{words.intro}</p>
      <Alert type="info" showIcon className="gap" title={words.kept} />
      <WriteForm<Wanted, string>
        name="list-export"
        initial={{ how: 'masked', reason: '' }}
        secret
        watch={(values) => setHow(values.how)}
        write={take}
        submit={words.submit}
        said={() => words.taken}
        done={(list, wanted) => {
          // The browser takes the mark off that tells a spreadsheet how the file is encoded.
          download(words.fileNames[wanted.how](today()), BYTE_ORDER_MARK + list);
          void queries.invalidateQueries({ queryKey: ['list-exports'] });
        }}
      >
        <Form.Item name="how" label={words.how}>
          <Radio.Group options={options} />
        </Form.Item>
        {how === 'full' && <TextItem name="reason" label={words.reason} bound={postListExports.reason} required rows={2} />}
      </WriteForm>
    </Card>
  );
}

function take({ how, reason }: Wanted, key: string): Promise<string> {
  const body = { what: 'residents' as const, ...(how === 'full' && { reason: reason!.trim() }) };
  return answer(api.POST('/v1/list-exports', { ...keyed(key), body, parseAs: 'text' }));
}
