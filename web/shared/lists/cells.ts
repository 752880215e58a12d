/** The cells of a list as what they mean, however an office writes it. */
import { visible } from '../../../src/text/index.ts';

/** An amount as it was written; `unit` is undefined if the cell has none. */
export type Quantity = { readonly amount: number; readonly unit: 'hour' | 'event' | undefined };

const numerals = '零一二三四五六七八九';

/** Small numbers in Chinese as digits: `两` is 2, `十二` is 12, `二十` is 20. */
function withDigits(text: string): string {
  return text
    .replaceAll('两', '二')
    .replaceAll(/([一二三四五六七八九]?)十([一二三四五六七八九]?)/g, (_all, tens: string, ones: string) =>
      String(10 * (tens === '' ? 1 : numerals.indexOf(tens)) + (ones === '' ? 0 : numerals.indexOf(ones))),
    )
    .replaceAll(/[零一二三四五六七八九]/g, (numeral) => String(numerals.indexOf(numeral)));
}

const HOURS = /(?:个?小时|个?钟头|时|h|hrs?|hours?)/.source;
const MINUTES = /(?:分|分钟|m|mins?|minutes)/.source;

const forms: readonly (readonly [RegExp, (groups: readonly number[]) => Quantity])[] = [
  [/^(\d+(?:\.\d+)?)$/, ([n]) => ({ amount: n!, unit: undefined })],
  [/^(\d+(?:\.\d+)?)(?:次|场|回|趟|人次|项|件|events?|times?)$/, ([n]) => ({ amount: n!, unit: 'event' })],
  [new RegExp(`^(\\d+(?:\\.\\d+)?)${HOURS}$`), ([n]) => hours(n!, 0)],
  [/^半(?:个)?(?:小时|钟头)$/, () => hours(0, 30)],
  [/^(\d+)(?:个半(?:小时|钟头)|(?:个)?(?:小时|钟头)半)$/, ([n]) => hours(n!, 30)],
  [new RegExp(`^(\\d+)${HOURS}(\\d+)${MINUTES}$`), ([n, minutes]) => hours(n!, minutes!)],
  [new RegExp(`^(\\d+)${MINUTES}$`), ([minutes]) => hours(0, minutes!)],
  [/^(\d{1,3})[:\uFF1A](\d{2})(?:[:\uFF1A]00)?$/, ([n, minutes]) => hours(n!, minutes!)],
];

function hours(whole: number, minutes: number): Quantity {
  return { amount: Math.round((whole + minutes / 60) * 100) / 100, unit: 'hour' };
}

/**
 * `2`, `２小时`, `两个小时`, `1.5 h`, `1小时30分`, `90分钟`, `3次`; undefined if it is none of these. `unit` is that of a number without one of
 * its own.
 */
export function quantityOf(cell: string, unit = ''): Quantity | undefined {
  const said = withDigits(visible(cell).replaceAll(/\s/g, '').toLowerCase());
  const plain = /^\d+(?:\.\d+)?$/.test(said) ? said.replace(/\.0+$/, '') + unit : said;
  for (const [form, meaning] of forms) {
    const found = form.exec(plain);
    if (found) return meaning(found.slice(1).map(Number));
  }
  return undefined;
}

/** The days that Excel counts from, in milliseconds, and the range in which a number is a day: 2000 to 2099. */
const EXCEL_EPOCH_MS = Date.UTC(1899, 11, 30);
const DAY_MS = 86_400_000;
const [SERIAL_MIN, SERIAL_MAX] = [36_526, 73_050];

const days: readonly RegExp[] = [
  /^(\d{4})\s?[-/.年\u2010-\u2015\u2212\u3002]\s?(\d{1,2})\s?[-/.月\u2010-\u2015\u2212\u3002]\s?(\d{1,2})(?:\s?[日号])?(.*)$/,
  /^(\d{4})(\d{2})(\d{2})()$/,
];

/** After a day: nothing, a full stop, a time of day, or the day of the week. */
const after =
  /^\s*(?:[.\u3002]|T?\d{1,2}[:\u65f6\u70b9]\d{0,2}.*|(?:[上下]午|凌晨|早上|中午|傍晚|晚上|全天).*|(?:星期|周|礼拜)[一二三四五六日天]|\((?:星期|周|礼拜)?[一二三四五六日天]\))?$/;

/** An instant with its offset, as a database exports it. */
const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})$/;
const SHANGHAI_AHEAD_MS = 8 * 3_600_000;

/** `2026-11-02`, `2026/11/2`, `2026.11.2`, `2026年11月2日`, `20261102`, or a day as Excel counts it, as a date (`2026-11-02`). */
export function dayOfCell(cell: string): string | undefined {
  const plain = visible(cell).trim();
  if (/^\d{5}(?:\.\d+)?$/.test(plain)) return dayOfSerial(Math.floor(Number(plain)));
  if (instant.test(plain)) return dayOfInstant(Date.parse(plain));
  for (const form of days) {
    const [, year, month, day, rest] = form.exec(plain) ?? [];
    if (year !== undefined && after.test(rest!)) return existing(Number(year), Number(month), Number(day));
  }
  return undefined;
}

function dayOfSerial(serial: number): string | undefined {
  if (serial < SERIAL_MIN || serial > SERIAL_MAX) return undefined;
  return new Date(EXCEL_EPOCH_MS + serial * DAY_MS).toISOString().slice(0, 10);
}

/** The day in Shanghai; undefined if there is no such instant. */
function dayOfInstant(at: number): string | undefined {
  return Number.isNaN(at) ? undefined : new Date(at + SHANGHAI_AHEAD_MS).toISOString().slice(0, 10);
}

/** The date, unless the calendar does not have it. */
function existing(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  const there = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return there ? date.toISOString().slice(0, 10) : undefined;
}
