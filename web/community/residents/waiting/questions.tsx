import { useQueryClient } from '@tanstack/react-query';
import { Form, Radio } from 'antd';
import { Link } from 'wouter';
import { keyedAt } from '../../../api/attempt.ts';
import { putSamePersonQuestions } from '../../../api/bounds.ts';
import { answer, api, type Schemas } from '../../../api/client.ts';
import { column, DataTable, pageAt, usePages } from '../../../console/data-table.tsx';
import { FormDialog } from '../../../console/dialog.tsx';
import { TextItem } from '../../../console/text-item.tsx';
import { dayOf, timeOf } from '../../../shared/format.ts';
import { useSignedIn } from '../../../shared/session.tsx';
import { useCommunityName, useOwn } from '../../names.ts';
import { useWords } from '../../words.ts';
import { Standing } from '../standing.tsx';

type Question = Schemas['SamePersonQuestion'];

/** The open questions whether two registrations belong to one person, each to be answered in words. */
export function Questions() {
  const words = useWords().people.waiting;
  const mayWrite = useSignedIn().scopes.includes('residents:write');
  const pages = usePages<Question>(['waiting', 'questions'], (cursor) =>
    answer(api.GET('/v1/same-person-questions', { params: { query: pageAt(cursor) } })),
  );
  return (
    <>
      <h2>{words.questions}</h2>
      <p>{words.questionsHint}</p>
      <DataTable<Question>
        label={words.questions}
        pages={pages}
        rowKey={({ resident, other }) => `${resident.id} ${other.id}`}
        empty={words.noQuestions}
        columns={[
          column(words.one, ({ resident }) => <Person person={resident} />),
          column(words.other, ({ other }) => <Person person={other} />),
          column(words.why, ({ why }) => words.whys[why]),
          column(words.foundAt, ({ found_at: at }) => timeOf(at)),
          column(words.actions, (question) => mayWrite && <Answer question={question} />),
        ]}
      />
    </>
  );
}

function Person({ person: { id, name, phone, status, registered_at: at, community_id: home } }: { readonly person: Question['other'] }) {
  const { namesakes } = useWords().people;
  const community = useCommunityName();
  const own = useOwn();
  return (
    <span className="prose">
      {home === own ? <Link href={`/residents/${id}`}>{name}</Link> : name} {phone} {namesakes.registeredAt(dayOf(at))}
      {home !== own && ` ${community(home)}`} <Standing status={status} reason={null} />
    </span>
  );
}

type Entered = { readonly same: boolean | null; readonly answer: string };

function Answer({ question: { resident, other } }: { readonly question: Question }) {
  const words = useWords().people.waiting;
  const queries = useQueryClient();
  const place = { resident_id: resident.id, other_id: other.id };
  return (
    <FormDialog<Entered, unknown>
      name={`same-person-${resident.id}-${other.id}`}
      label={words.answer}
      title={words.answerTitle(resident.name, other.name)}
      button={{ size: 'small' }}
      initial={{ same: null, answer: '' }}
      write={({ same, answer: said }, key) =>
        answer(
          api.PUT('/v1/same-person-questions/{resident_id}/{other_id}', {
            ...keyedAt(key, place),
            body: { same: same!, answer: said.trim() },
          }),
        )
      }
      done={() => void queries.invalidateQueries()}
    >
      <Form.Item name="same" label={words.same} rules={[{ required: true }]}>
        <Radio.Group
          aria-label={words.same}
          options={[
            { value: false, label: words.isOther },
            { value: true, label: words.isSame },
          ]}
        />
      </Form.Item>
      <TextItem name="answer" label={words.words} extra={words.wordsHint} bound={putSamePersonQuestions.answer} rows={3} />
    </FormDialog>
  );
}
