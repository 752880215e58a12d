/** The communities: opened, renamed, succeeded by others. */
import { useQueryClient } from '@tanstack/react-query';
import { Card, Form, Input, Space } from 'antd';
import { Select } from '../../console/select.tsx';
import { keyed } from '../../api/attempt.ts';
import { postCommunities, putCommunitiesName } from '../../api/bounds.ts';
import { answer, api } from '../../api/client.ts';
import { column, Rows } from '../../console/data-table.tsx';
import { FormDialog } from '../../console/dialog.tsx';
import { Page } from '../../console/page.tsx';
import { Shown } from '../../console/states.tsx';
import { TextItem } from '../../console/text-item.tsx';
import { digitsOf } from '../../../src/text/index.ts';
import { dayOf } from '../../shared/format.ts';
import { propose, useProposed } from '../proposals/propose.ts';
import { ReasonItem } from '../proposals/reason-item.tsx';
import { type Community, useCommunities, useNames } from '../queries.ts';
import { useWords } from '../words.ts';
import { Officers } from './officers.tsx';

export function PeoplePage() {
  const { people: words } = useWords();
  const names = useNames();
  return (
    <Page title={words.title} actions={<OpenCommunity />}>
      <Card className="gap" title={<h2>{words.communities}</h2>}>
        <Shown query={useCommunities()}>
          {(communities) => (
            <Rows<Community>
              label={words.communities}
              rows={communities}
              rowKey={({ id }) => id}
              columns={[
                column(words.name, ({ name }) => name),
                column(words.id, ({ id }) => id),
                column(words.code, ({ code }) => code ?? '–'),
                column(words.openedAt, ({ opened_at: at }) => dayOf(at)),
                column(words.successor, ({ successor_id: id, succeeded_from: from }) =>
                  id === null ? '–' : words.succeededBy(names.of(id), from ?? ''),
                ),
                column(words.act, (community) => (
                  <Space>
                    <Rename community={community} />
                    {community.successor_id === null && <Succession community={community} />}
                  </Space>
                )),
              ]}
            />
          )}
        </Shown>
      </Card>
      <Officers />
    </Page>
  );
}

function useAskAgain() {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ queryKey: ['communities'] });
}

function OpenCommunity() {
  const { people: words } = useWords();
  return (
    <FormDialog
      name="community-open"
      label={words.open}
      title={words.openTitle}
      initial={{ id: '', name: '', code: '' }}
      at={{ community_exists: 'id' }}
      write={({ id, name, code: typed }, key) => {
        const code = typed.trim();
        return answer(api.POST('/v1/communities', { ...keyed(key), body: { id: id.trim(), name, ...(code !== '' && { code }) } }));
      }}
      done={useAskAgain()}
    >
      <TextItem name="name" label={words.name} bound={postCommunities.name} />
      <TextItem
        name="id"
        label={words.id}
        extra={words.idHint}
        bound={postCommunities.id}
        wrong={words.idHint}
        input={{ autoCapitalize: 'off' }}
      />
      <TextItem
        name="code"
        label={words.code}
        extra={words.codeHint}
        bound={postCommunities.code}
        wrong={words.codeHint}
        sent={digitsOf}
        input={{ inputMode: 'numeric' }}
      />
    </FormDialog>
  );
}

function Rename({ community }: { readonly community: Community }) {
  const { people: words } = useWords();
  return (
    <FormDialog
      name={`rename-${community.id}`}
      label={words.rename}
      title={words.renameTitle(community.name)}
      button={{ size: 'small' }}
      initial={{ name: community.name }}
      next={(typed) => typed}
      write={({ name }, key) =>
        answer(api.PUT('/v1/communities/{id}/name', { params: { ...keyed(key).params, path: { id: community.id } }, body: { name } }))
      }
      done={useAskAgain()}
    >
      <p>{words.renameHint}</p>
      <TextItem name="name" label={words.name} bound={putCommunitiesName.name} />
    </FormDialog>
  );
}

function Succession({ community }: { readonly community: Community }) {
  const { people: words } = useWords();
  const { all } = useNames();
  const proposed = useProposed();
  const others = all.filter(({ id, successor_id: successor }) => id !== community.id && successor === null);
  return (
    <FormDialog
      name={`succession-${community.id}`}
      label={words.succeed}
      title={words.succeedTitle(community.name)}
      submit={words.propose}
      button={{ size: 'small' }}
      initial={{ successor_id: undefined as string | undefined, effective_from: '', reason: '' }}
      write={({ successor_id: successor, effective_from, reason }, key) =>
        propose({ command: 'successor', input: { community_id: community.id, successor_id: successor!, effective_from }, reason }, key)
      }
      said={() => words.proposed}
      done={proposed}
    >
      <p>{words.succeedHint}</p>
      <Form.Item name="successor_id" label={words.successor} rules={[{ required: true }]}>
        <Select options={others.map(({ id, name }) => ({ value: id, label: name }))} />
      </Form.Item>
      <Form.Item name="effective_from" label={words.fromDay} rules={[{ required: true }]}>
        <Input type="date" />
      </Form.Item>
      <ReasonItem />
    </FormDialog>
  );
}
