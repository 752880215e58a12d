import { postProposals } from '../../api/bounds.ts';
import { TextItem } from '../../console/text-item.tsx';
import { useConsole } from '../../console/words.ts';

/** Why: of whatever takes two officers. */
export function ReasonItem() {
  const words = useConsole();
  return <TextItem name="reason" label={words.reason} extra={words.reasonHint} bound={postProposals.grant.reason} rows={2} />;
}
