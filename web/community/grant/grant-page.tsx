import { useQueryClient } from '@tanstack/react-query';
import { Col, Row } from 'antd';
import type { RefSelectProps } from 'antd/es/select';
import { useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import { keyed } from '../../api/attempt.ts';
import { answer, api } from '../../api/client.ts';
import { Page } from '../../console/page.tsx';
import { Shown } from '../../console/states.tsx';
import { type Objection, WriteForm } from '../../console/write-form.tsx';
import { points } from '../../shared/format.ts';
import { useLanguage } from '../../shared/text.tsx';
import { useRules } from '../names.ts';
import { useWords } from '../words.ts';
import { deedOf, type Entered, isCommendation, nextOf, nothingEntered, type Rule } from './entered.ts';
import { GrantFields } from './grant-fields.tsx';
import { Preview } from './preview.tsx';
import { previewBody, previewOf, takesTwo, usePreview } from './previewed.ts';
import { said as saidOf } from './said.ts';

/** The outcome of sending the form: points at once, or a proposal. `who` is the resident's label in the form. */
type Outcome = { readonly id: string; readonly kind: 'granted' | 'proposed'; readonly points: number | null; readonly who: string };

const REFUSED_AT = {
  resident_not_found: 'resident',
  resident_suspended: 'resident',
  cap_exceeded: 'quantity',
  points_out_of_range: 'points',
  effective_date_out_of_range: 'occurred_on',
  action_rule_not_valid: 'occurred_on',
  second_officer_required: 'reason',
  grant_alone_exceeded: 'reason',
  officer_person_unstated: 'reason',
};

async function grant(entered: Entered, rule: Rule, key: string): Promise<Outcome> {
  const deed = deedOf(entered, rule)!;
  const who = entered.resident!.label;
  const commended = isCommendation(rule);
  // The form asks for a reason only where it takes a second officer.
  if (!commended && reasonIn(entered) === '') {
    const made = await answer(api.POST('/v1/grants', { ...keyed(key), body: deed }));
    return { id: made.id, kind: 'granted', points: made.points, who };
  }
  const given = commended ? entered.points : null;
  const input = { ...deed, ...(given !== null && { points: given }) };
  const body = { command: 'grant' as const, input, reason: commended ? deed.description : reasonIn(entered) };
  const made = await answer(api.POST('/v1/proposals', { ...keyed(key), body }));
  return { id: made.id, kind: 'proposed', points: given, who };
}

function reasonIn({ reason = '' }: Entered): string {
  return reason.trim();
}

/** Asks for the preview once more before anything is sent: what it knows is said before, and is no refusal afterwards. */
function useCheck(rules: readonly Rule[]) {
  const words = useWords().grant;
  const { language } = useLanguage();
  const queries = useQueryClient();
  return async (entered: Entered): Promise<Objection | undefined> => {
    const rule = rules.find(({ id }) => id === entered.action_rule_id);
    const body = previewBody(entered, rule);
    // Without a preview the API has the last word.
    const found = body && (await queries.fetchQuery(previewOf(body)).catch(() => undefined));
    if (found?.refusal) return { code: found.refusal.code, message: saidOf(found.refusal, language) };
    if (!found?.second_officer || isCommendation(rule) || reasonIn(entered) !== '') return undefined;
    return { code: 'second_officer_required', message: words.takesTwo };
  };
}

export function GrantPage() {
  const words = useWords().grant;
  const rules = useRules();
  return (
    <Page title={words.title} actions={<Link href="/grant/batch">{words.toBatch}</Link>}>
      <Shown query={rules}>{(found) => <Granting rules={found} />}</Shown>
    </Page>
  );
}

function Granting({ rules }: { readonly rules: readonly Rule[] }) {
  const words = useWords().grant;
  const queries = useQueryClient();
  const first = useRef<RefSelectProps>(null);
  const [entered, setEntered] = useState<Entered>(nothingEntered);
  const [made, setMade] = useState<readonly Outcome[]>([]);
  // The next of the list: nobody has to reach for the mouse.
  useEffect(() => first.current?.focus(), [made]);

  const rule = rules.find(({ id }) => id === entered.action_rule_id);
  const body = previewBody(entered, rule);
  const preview = usePreview(body);
  const second = takesTwo(rule, body && preview.data);
  const check = useCheck(rules);
  const done = (outcome: Outcome) => {
    setMade((before) => [outcome, ...before].slice(0, 30));
    for (const key of ['grants', 'limits', 'preview', 'proposals', 'wallet']) void queries.invalidateQueries({ queryKey: [key] });
  };
  const said = ({ kind, points: given, who }: Outcome) =>
    kind === 'granted' ? words.granted(who, points(given ?? 0)) : words.proposed(who);
  return (
    <Row gutter={[24, 24]}>
      <Col xs={24} lg={13}>
        <WriteForm<Entered, Outcome>
          name="grant"
          initial={nothingEntered()}
          watch={setEntered}
          check={check}
          write={(values, key) =>
            grant(
              values,
              rules.find(({ id }) => id === values.action_rule_id)!,
              key,
            )
          }
          at={REFUSED_AT}
          next={nextOf}
          said={said}
          done={done}
          submit={second ? words.propose : words.submit}
        >
          <GrantFields rules={rules} rule={rule} first={first} second={second} />
        </WriteForm>
        {made.length > 0 && <Made made={made} said={said} />}
      </Col>
      <Col xs={24} lg={11}>
        <Preview entered={entered} rule={rule} preview={body && preview} />
      </Col>
    </Row>
  );
}

type MadeProps = { readonly made: readonly Outcome[]; readonly said: (outcome: Outcome) => string };

/** The outcomes since the page was opened: grants apart from proposals, which still wait for a second officer. */
function Made({ made, said }: MadeProps) {
  const words = useWords().grant;
  const granted = made.filter(({ kind }) => kind === 'granted');
  const proposed = made.filter(({ kind }) => kind === 'proposed');
  return (
    <section aria-label={words.justNow}>
      <div role="log">
        {proposed.length > 0 && <Listed title={words.justProposedCount(proposed.length)} made={proposed} said={said} />}
        {granted.length > 0 && <Listed title={words.justNowCount(granted.length)} made={granted} said={said} />}
      </div>
      <Link href="/grants">{words.toGrants}</Link>
    </section>
  );
}

function Listed({ title, made, said }: MadeProps & { readonly title: string }) {
  return (
    <>
      <h2>{title}</h2>
      <ul className="plain">
        {made.map((outcome) => (
          <li key={outcome.id}>{said(outcome)}</li>
        ))}
      </ul>
    </>
  );
}
