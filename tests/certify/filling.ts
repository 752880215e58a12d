/**
 * Placeholders: `{{code}}` is a value by its name, `{{code|grouped}}` the same in another form, `{{now}}` the time, `{{shown_at-600}}` one that is
 * 600 seconds earlier, `{{today}}` a business day.
 */
import { dayOf } from '../../src/ledger/index.ts';

export type Values = Readonly<Record<string, string>>;

const SECOND = 1_000;
const SHANGHAI_MS = 8 * 3_600 * SECOND;

/** The other forms of a value, by the name of the form. */
export const forms: Readonly<Record<string, (text: string) => string>> = {
  grouped: (text) => text.replaceAll(/(.{4})(?=.)/g, '$1 '),
  hyphened: (text) => text.replaceAll(/(.{4})(?=.)/g, '$1-'),
  full_width: (text) => text.replaceAll(/[!-~]/g, (sign) => String.fromCodePoint(sign.codePointAt(0)! + 0xfee0)),
  escaped: (text) => text.replace(/^./, (sign) => `\\u${sign.codePointAt(0)!.toString(16).padStart(4, '0')}`),
  mistyped: (text) => text.replace(/.$/, (digit) => String((Number(digit) + 1) % 10)),
  rounded: (text) => text.slice(0, 15).padEnd(text.length, '0'),
  a_million_times: (text) => text.repeat(1_000_000),
  shanghai: (text) => new Date(Date.parse(text) + SHANGHAI_MS).toISOString().replace('Z', '+08:00'),
  without_offset: (text) => text.replace('Z', ''),
};

/** Fills the placeholders of a text. Throws if nothing has the name. */
export function filled(text: string, values: Values, now: number): string {
  return text.replaceAll(/\{\{([^}|]+)(?:\|(\w+))?\}\}/g, (_, name: string, form?: string) => {
    const value = valueOf(name, values, now);
    if (value === undefined) throw new Error(`nothing is called ${name}`);
    if (form !== undefined && !forms[form]) throw new Error(`there is no form ${form}`);
    return form === undefined ? value : forms[form]!(value);
  });
}

/** Fills every text within a value of JSON. */
export function filledIn<T>(value: T, values: Values, now: number): T {
  if (typeof value === 'string') return filled(value, values, now) as T;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each: unknown) => filledIn(each, values, now)) as T;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, filledIn(each as unknown, values, now)])) as T;
}

/** The value by a name, a time moved by so many seconds. */
function valueOf(name: string, values: Values, now: number): string | undefined {
  if (name === 'today') return dayOf(now);
  const [, base = name, seconds] = /^(\w+)([+-]\d+)$/.exec(name) ?? [];
  const value = base === 'now' ? new Date(now).toISOString() : values[base];
  return seconds === undefined || value === undefined ? value : new Date(Date.parse(value) + Number(seconds) * SECOND).toISOString();
}
