/** A text by its place, as `callmi find NAME` tells it and `POST /v1/blanked-texts` takes it. */
export type FoundText = { readonly table: string; readonly key: readonly string[]; readonly column: string };

/** The last line of `callmi find`. */
const COUNT = /^find: \d+ texts$/;
/** The text itself, behind its place, where `--show` asked for it. */
const SHOWN = /\s+".*"$/;
const KEY_MAX = 4;

/** The place that a pasted line of `callmi find` names, `table  key…  column`; undefined if it is none, or several. */
export function foundIn(pasted: string): FoundText | undefined {
  const lines = pasted
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !COUNT.test(line));
  if (lines.length !== 1) return undefined;
  const [table = '', ...rest] = lines[0]!.replace(SHOWN, '').split(/\s+/);
  const column = rest.pop() ?? '';
  const named = /^[a-z][A-Za-z]*$/.test(table) && /^[a-z][a-z_]*$/.test(column);
  return named && rest.length > 0 && rest.length <= KEY_MAX ? { table, key: rest, column } : undefined;
}
