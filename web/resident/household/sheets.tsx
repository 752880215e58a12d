/** Sheets that say what ends or changes a household, and then do it. */
import { keyed, useAttempt } from '../../api/attempt.ts';
import { answer, api } from '../../api/client.ts';
import { ConfirmSheet } from '../confirm-sheet.tsx';
import { useRefresh } from '../data.ts';
import { usePeopleWords } from '../people-words.ts';
import type { Household } from './data.ts';

type SheetProps = { readonly household: Household; readonly sheet: string; readonly memberId: string | undefined };

export function HouseholdSheet({ household, sheet, memberId }: SheetProps) {
  const member = household.members.find(({ resident_id: id }) => id === memberId);
  if (sheet === 'leave') return <Leave />;
  if (sheet === 'end') return <End alone={household.members.length === 1} />;
  return sheet === 'head' && member ? <HandOver id={member.resident_id} name={member.name} /> : null;
}

const parent = '/me/household';

function Leave() {
  const words = usePeopleWords();
  const refresh = useRefresh();
  const attempt = useAttempt(async (_: undefined, key) => {
    const left = await answer(api.POST('/v1/me/household/leaving', { ...keyed(key), body: {} }));
    refresh();
    return left;
  });
  return (
    <ConfirmSheet title={words.leaveHousehold} parent={parent} attempt={attempt} confirm={words.leaveConfirm} danger>
      <p>{words.leaveWhat}</p>
    </ConfirmSheet>
  );
}

function End({ alone }: { readonly alone: boolean }) {
  const words = usePeopleWords();
  const refresh = useRefresh();
  const attempt = useAttempt(async (_: undefined, key) => {
    const ended = await answer(api.POST('/v1/me/household/ending', { ...keyed(key), body: {} }));
    refresh();
    return ended;
  });
  return (
    <ConfirmSheet title={words.endHousehold} parent={parent} attempt={attempt} confirm={words.endConfirm} danger>
      <p>{alone ? words.endWhatAlone : words.endWhat}</p>
    </ConfirmSheet>
  );
}

function HandOver({ id, name }: { readonly id: string; readonly name: string }) {
  const words = usePeopleWords();
  const refresh = useRefresh();
  const attempt = useAttempt(async (_: undefined, key) => {
    const handed = await answer(api.POST('/v1/me/household/hand-over', { ...keyed(key), body: { resident_id: id } }));
    refresh();
    return handed;
  });
  return (
    <ConfirmSheet title={words.makeHeadOf(name)} parent={parent} attempt={attempt} confirm={words.handOverConfirm}>
      <p>{words.handOverWhat(name)}</p>
    </ConfirmSheet>
  );
}
