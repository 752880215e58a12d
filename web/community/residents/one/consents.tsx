import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keyedAt } from '../../../api/attempt.ts';
import { answer, api, type Schemas } from '../../../api/client.ts';
import { column, Rows } from '../../../console/data-table.tsx';
import { FormDialog } from '../../../console/dialog.tsx';
import { timeOf } from '../../../shared/format.ts';
import { useSignedIn } from '../../../shared/session.tsx';
import { isGone } from './gone.ts';
import { useOfficerName } from '../../names.ts';
import { useWords } from '../../words.ts';
import { ConsentDetails, type ConsentEntered, ConsentHow, consentOf, noConsent } from '../desk/consent-fields.tsx';

type Consent = Schemas['Consent'];
type Resident = Schemas['ResidentWithConsents'];

/** A resident's consents to the privacy notice, and a form to record one. */
export function Consents({ resident }: { readonly resident: Resident }) {
  const words = useWords().people.consent;
  const officer = useOfficerName();
  const mayWrite = useSignedIn().scopes.includes('residents:write') && !isGone(resident);
  return (
    <>
      <div className="page-head">
        <h2>{words.title}</h2>
        {mayWrite && <Record resident={resident} />}
      </div>
      <Rows<Consent>
        label={words.title}
        rows={resident.consents}
        rowKey={({ notice_version: version }) => String(version)}
        empty={words.none}
        columns={[
          column(words.version, ({ notice_version: version }) => words.versionNo(version)),
          column(words.how, ({ how }) => words.hows[how]),
          column(words.paperNumber, ({ paper_number: number }) => number),
          column(words.guardian, ({ guardian }) => guardian),
          column(words.at, ({ at }) => timeOf(at)),
          column(words.by, ({ taken_by: by }) => (by === null ? words.oneself : officer(by))),
        ]}
      />
    </>
  );
}

function Record({ resident: { id, name } }: { readonly resident: Resident }) {
  const words = useWords().people.consent;
  const queries = useQueryClient();
  const [entered, setEntered] = useState(noConsent);
  return (
    <FormDialog<ConsentEntered, Consent>
      name={`consent-${id}`}
      label={words.record}
      title={words.recordTitle(name)}
      button={{ size: 'small' }}
      initial={noConsent}
      watch={(values) => setEntered({ ...noConsent, ...values })}
      write={(values, key) => answer(api.POST('/v1/residents/{id}/consents', { ...keyedAt(key, { id }), body: consentOf(values) }))}
      done={() => void queries.invalidateQueries({ queryKey: ['residents'] })}
    >
      <ConsentHow />
      <ConsentDetails entered={entered} />
    </FormDialog>
  );
}
