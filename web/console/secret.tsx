import { Alert, Typography } from 'antd';
import { useConsole } from './words.ts';

type SecretProps = {
  /** Says that the secret is shown only this once, and for whom it is. */
  readonly title: string;
  readonly parts: readonly { readonly label: string; readonly value: string }[];
};

/** A secret that is shown once, to be copied: a password, a PIN, a client's secret. */
export function Secret({ title, parts }: SecretProps) {
  const words = useConsole();
  const list = (
    <dl className="facts">
      {parts.map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            <Typography.Text code copyable={{ text: value, tooltips: [words.copy, words.copied] }}>
              {value}
            </Typography.Text>
          </dd>
        </div>
      ))}
    </dl>
  );
  return <Alert role="status" type="warning" showIcon className="gap" title={title} description={list} />;
}

/** Until when the secret before the newest one is good; undefined: it is not. While it is, another rotation has to be forced. */
export function stillGood(previousUntil: string | null): string | undefined {
  return previousUntil !== null && Date.parse(previousUntil) > Date.now() ? previousUntil : undefined;
}
