/** A checked list: its lines, what it comes to, which way it goes, and the button that sends it that way. */
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Checkbox, Space } from 'antd';
import { Link } from 'wouter';
import { answer, api } from '../../api/client.ts';
import { AttemptSaid } from '../../console/attempt-button.tsx';
import { points, yuanFixed } from '../../shared/format.ts';
import { useWords } from '../words.ts';
import type { Previewed } from './batch-preview.ts';
import type { Judged } from './batch-judged.ts';
import type { Result, Sent } from './batch-send.ts';
import { BatchTable } from './batch-table.tsx';
import { ListWay } from './list-way.tsx';
import type { Rule } from './entered.ts';
import { NotRead } from './not-read.tsx';
import { type Checked, PART_MAX, partsOf, type useCheck, type useSending } from './use-batch.ts';

type CheckedListProps = {
  readonly check: ReturnType<typeof useCheck>;
  readonly checked: Checked;
  readonly rule: Rule;
  readonly sending: ReturnType<typeof useSending>;
  /** Checks the next part of this list. */
  readonly nextPart: () => void;
  /** Checks once more the lines with these numbers, which were not granted. */
  readonly retry: (numbers: ReadonlySet<number>) => void;
  /** Begins another list. */
  readonly nextList: () => void;
};

export function CheckedList({ check, checked, rule, sending, nextPart, retry, nextList }: CheckedListProps) {
  const { batch } = useWords();
  const { deeds, part, lines, differing, previewed } = checked;
  const { now } = sending;
  const unlike = lines.filter(({ name, item }) => item && name === 'different').length;
  const begun = now.state !== 'idle' && now.state !== 'refused';
  const isLast = part + 1 >= partsOf(deeds);
  const left = now.state === 'done' ? leftOut(checked, now.reply, sending.results) : noLines;
  return (
    <>
      <NotRead deeds={deeds} />
      <Parts checked={checked} />
      <BatchTable judged={previewed.judged} rule={rule} results={sending.results} />
      {now.state !== 'done' && <Totals previewed={previewed} />}
      {unlike > 0 && (
        <p>
          <Checkbox
            checked={differing}
            disabled={begun || check.progress !== undefined}
            onChange={({ target }) => void check.setDiffering(target.checked)}
          >
            {batch.alsoDiffering(unlike)}
          </Checkbox>
        </p>
      )}
      {now.state === 'done' && <Done sent={now.reply} />}
      {now.state !== 'done' && previewed.whole && (
        <ListWay
          previewed={previewed}
          whole={previewed.whole}
          sending={sending}
          confirm={check.confirm}
          checking={check.progress !== undefined}
        />
      )}
      <AttemptSaid now={now} />
      {(now.state === 'done' || (!isLast && !previewed.whole)) && (
        <Space wrap>
          {left.size > 0 && <Button onClick={() => retry(left)}>{batch.retry(left.size)}</Button>}
          {isLast ? <Button onClick={nextList}>{batch.next}</Button> : <Button onClick={nextPart}>{batch.nextPart}</Button>}
        </Space>
      )}
    </>
  );
}

const noLines: ReadonlySet<number> = new Set();

/** The numbers of the lines of a part that was sent which were neither granted nor proposed. */
function leftOut({ previewed: { judged } }: Checked, sent: Sent, results: ReadonlyMap<number, Result>): ReadonlySet<number> {
  const isSent = ({ line, judgement }: Judged) =>
    sent.kind === 'proposed' ? judgement.state === 'ready' : results.get(line.row.line)?.status === 'granted';
  return new Set(judged.filter((each) => !isSent(each)).map(({ line }) => line.row.line));
}

/** Says before anything is sent that a long list goes in parts, and which part this is. */
function Parts({ checked: { deeds, part, lines } }: { readonly checked: Checked }) {
  const { batch } = useWords();
  const parts = partsOf(deeds);
  if (parts <= 1) return null;
  const from = part * PART_MAX;
  return (
    <Alert
      type="info"
      showIcon
      className="gap"
      title={batch.parts(deeds.rows.length, PART_MAX, parts)}
      description={batch.part(part + 1, parts, from + 1, from + lines.length)}
    />
  );
}

function Done({ sent }: { readonly sent: Sent }) {
  const { batch } = useWords();
  if (sent.kind === 'proposed') {
    return (
      <Alert
        role="status"
        type="success"
        showIcon
        title={batch.proposed(sent.rows, points(sent.points))}
        description={<Link href={`/proposals/${sent.id}`}>{batch.toProposals}</Link>}
      />
    );
  }
  return (
    <Alert
      role="status"
      type={sent.refused > 0 ? 'warning' : 'success'}
      showIcon
      title={batch.done(sent.granted, points(sent.points), sent.refused)}
      description={<Link href="/grants">{batch.toGrants}</Link>}
    />
  );
}

/** The sum of the list in points and yuan, the points that the community may grant after it, and the number of lines that are left out. */
function Totals({ previewed: { judged, ready, whole } }: { readonly previewed: Previewed }) {
  const words = useWords().batch;
  const policies = useQuery({ queryKey: ['policies'], queryFn: () => answer(api.GET('/v1/policies')) });
  const rate = policies.data?.items.find(({ name }) => name === 'rate')?.current.value as { points: number; fen: number } | undefined;
  const out = judged.length - ready.length;
  return (
    <div role="status">
      {whole && (
        <p className="big">
          <strong>{words.sum(ready.length, points(whole.points))}</strong>
          {rate && <span>{words.sumYuan(yuanFixed(Math.ceil((whole.points * rate.fen) / rate.points)))}</span>}
          <span>{words.availableAfter(points(whole.limit.effective.available_points - whole.points))}</span>
        </p>
      )}
      {out > 0 && <Alert type="warning" showIcon className="gap" title={words.notGranted(out)} />}
    </div>
  );
}
