import { useQueryClient } from '@tanstack/react-query';
import { Alert, Col, Form, Input, type InputRef, Row, Space } from 'antd';
import { type Ref, useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import { keyed } from '../../../api/attempt.ts';
import { postResidents } from '../../../api/bounds.ts';
import { answer, api, ApiProblem, type Schemas } from '../../../api/client.ts';
import { Page } from '../../../console/page.tsx';
import { textRules } from '../../../console/rules.ts';
import { WriteForm } from '../../../console/write-form.tsx';
import { useWords } from '../../words.ts';
import { ConsentDetails, type ConsentEntered, ConsentHow, consentOf, nextConsent, noConsent } from './consent-fields.tsx';
import { OfPhone } from './known.tsx';
import { Namesakes, NAMESAKES_AT, useNamesakes } from './namesakes.tsx';
import { Notice } from './notice.tsx';
import { PhoneItem } from './phone-item.tsx';

type Resident = Schemas['Resident'];

type Entered = ConsentEntered & { readonly name: string; readonly phone: string; readonly different_person?: string };

const nothing: Entered = { name: '', phone: '', different_person: '', ...noConsent };

async function register(entered: Entered, key: string): Promise<Resident> {
  const { name, phone, different_person: words = '' } = entered;
  const body = {
    name: name.trim(),
    phone,
    consent: consentOf(entered),
    ...(words.trim() !== '' && { different_person: words.trim() }),
  };
  return answer(api.POST('/v1/residents', { ...keyed(key), body }));
}

/** Registers one resident after another: Enter saves, and the cursor stands in the name of the next. */
export function RegisterPage() {
  const words = useWords().people.desk;
  const actions = (
    <Space>
      <Link href="/residents/list">{words.toList}</Link>
      <Link href="/residents">{words.back}</Link>
    </Space>
  );
  return (
    <Page title={words.title} actions={actions}>
      <p>{words.intro}</p>
      <Notice />
      <Registering />
    </Page>
  );
}

function Registering() {
  const words = useWords().people.desk;
  const queries = useQueryClient();
  const first = useRef<InputRef>(null);
  const [made, setMade] = useState<readonly Resident[]>([]);
  const [entered, setEntered] = useState<Entered>(nothing);
  const [taken, setTaken] = useState<string>();
  const namesakes = useNamesakes(entered.name);
  useEffect(() => first.current?.focus(), [made]);

  const write = async (values: Entered, key: string) => {
    try {
      return await namesakes.asking(register(values, key));
    } catch (error) {
      if (error instanceof ApiProblem && error.code === 'phone_taken') setTaken(values.phone);
      throw error;
    }
  };
  const done = (resident: Resident) => {
    setMade((before) => [resident, ...before]);
    void queries.invalidateQueries({ queryKey: ['residents'] });
  };
  return (
    <Row gutter={[24, 24]}>
      <Col xs={24} lg={12}>
        <WriteForm<Entered, Resident>
          name="register"
          initial={nothing}
          watch={(values) => setEntered({ ...nothing, ...values })}
          write={write}
          at={{ phone_taken: 'phone', ...NAMESAKES_AT }}
          next={(values) => ({ ...nothing, ...nextConsent(values) })}
          said={({ name }) => words.registered(name)}
          done={done}
          submit={words.submit}
        >
          <ConsentHow />
          <NameItem label={words.name} field={first} />
          <PhoneItem label={words.phone} bound={postResidents.phone} />
          {taken !== undefined && taken === entered.phone && <Taken phone={taken} />}
          <Namesakes ids={namesakes.ids} />
          <ConsentDetails entered={entered} counted />
        </WriteForm>
      </Col>
      <Col xs={24} lg={12}>
        {made.length > 0 && <Made made={made} />}
      </Col>
    </Row>
  );
}

function NameItem({ label, field }: { readonly label: string; readonly field: Ref<InputRef> }) {
  return (
    <Form.Item name="name" label={label} rules={textRules(postResidents.name)}>
      <Input ref={field} autoComplete="off" />
    </Form.Item>
  );
}

/** Offers to open whoever has the phone already. */
function Taken({ phone }: { readonly phone: string }) {
  const words = useWords().people.known;
  return <Alert type="warning" showIcon className="gap" title={words.taken} description={<OfPhone phone={phone} />} />;
}

/** Those who were registered since the page was opened. */
function Made({ made }: { readonly made: readonly Resident[] }) {
  const words = useWords().people.desk;
  return (
    <section aria-label={words.justNow(made.length)}>
      <h2>{words.justNow(made.length)}</h2>
      <p>{words.noUndo}</p>
      <div role="log">
        <ul className="plain">
          {made.map(({ id, name, phone }) => (
            <li key={id}>
              <Link href={`/residents/${id}`}>{name}</Link> {phone}
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
