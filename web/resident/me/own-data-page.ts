/** One's own data as a page that every browser opens, on a phone too: each row with the names of its values, and everything in it as text. */
import { timeOf, yuan } from '../../shared/format.ts';

type Named = Readonly<Record<string, string>>;

/** The data as the service gives it. */
export type OwnData = {
  readonly made_at: string;
  readonly phone: string;
  readonly words: { readonly tables: Named; readonly columns: Named; readonly values: Named };
  readonly tables: readonly { readonly table: string; readonly rows: readonly Readonly<Record<string, unknown>>[] }[];
};

type Words = {
  readonly lang: string;
  readonly title: string;
  readonly phone: string;
  /** Under what a name of the service is known; `word`: in Chinese, if there is one. */
  readonly called: (name: string, word: string | undefined) => string;
  readonly yuan: (amount: string) => string;
};

const STYLE =
  'body{font:18px/1.6 sans-serif;margin:1em auto;max-width:40em;padding:0 1em}table{border-collapse:collapse;margin:0 0 1em;width:100%}th,td{border:1px solid #999;padding:.3em .5em;text-align:left;vertical-align:top;overflow-wrap:anywhere}th{width:35%;font-weight:normal;background:#f2f2f2}';

/** The page as HTML that loads and runs nothing. */
export function ownDataPage(data: OwnData, { lang, title, phone, called, yuan: inYuan }: Words): string {
  const { tables, columns, values } = data.words;

  function rowShown(row: object): string {
    const told = Object.entries(row).filter(([, value]) => value !== null);
    const lines = told.map(([name, value]) => {
      const column = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
      return `<tr><th>${escaped(called(column, columns[column]))}</th><td>${shown(column, value)}</td></tr>`;
    });
    return `<table>${lines.join('')}</table>`;
  }

  function shown(column: string, value: unknown): string {
    const inside = typeof value === 'string' ? jsonIn(value) : value;
    if (Array.isArray(inside)) return inside.map((each) => shown(column, each)).join('');
    if (typeof inside === 'object' && inside !== null) return rowShown(inside);
    if (typeof value === 'number' && /(^|_)fen$/.test(column)) return escaped(inYuan(yuan(value)));
    if (typeof value !== 'string') return escaped(String(value));
    return escaped(isInstant(value) ? timeOf(value) : isWord(column) ? called(value, values[value]) : value);
  }

  const head = `<p>${escaped(`${timeOf(data.made_at)} · ${phone} ${data.phone}`)}</p>`;
  const parts = data.tables.map(({ table, rows }) => `<h2>${escaped(called(table, tables[table]))}</h2>${rows.map(rowShown).join('')}`);
  return `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>${escaped(title)}</title><style>${STYLE}</style></head><body><h1>${escaped(title)}</h1>${head}${parts.join('')}</body></html>`;
}

function isInstant(value: string): boolean {
  return /^\d+-\d\d-\d\dT[\d:.]+Z$/.test(value);
}

/** The columns in which one of a few words stands. */
function isWord(column: string): boolean {
  return /^(status|state|kind|how|why|command)$/.test(column);
}

/** The value in a text that the service keeps as JSON; the text itself, if it is none. */
function jsonIn(value: string): unknown {
  if (!/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
