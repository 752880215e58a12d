/** The meaning of a policy's value, in a sentence. */
import { useNames } from '../queries.ts';
import { useWords } from '../words.ts';
import type { PolicyName } from './policy.ts';

export function useMeaning(): (name: PolicyName, value: object) => string {
  const { each } = useWords().policies;
  const names = useNames();
  return (name, value) => each[name].means(value as never, (id) => names.of(id));
}
