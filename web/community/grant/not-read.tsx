import { Alert } from 'antd';
import type { Deeds } from '../../shared/lists/deeds.ts';
import { useWords } from '../words.ts';

/** The lines of the file that are no rows, and the columns that are not read. */
export function NotRead({ deeds: { excluded, passedOver } }: { readonly deeds: Deeds }) {
  const words = useWords().batch;
  return (
    <>
      {excluded.length > 0 && (
        <Alert
          type="info"
          showIcon
          className="gap"
          title={words.excluded(excluded.length)}
          description={
            <ul className="plain">
              {excluded.map(({ line, why, text }) => (
                <li key={line}>{words.excludedLine(line, words.excludedAs[why], text)}</li>
              ))}
            </ul>
          }
        />
      )}
      {passedOver.length > 0 && <p>{words.passedOver(passedOver.map(({ column: n, heading }) => heading || words.columnNo(n)))}</p>}
    </>
  );
}
