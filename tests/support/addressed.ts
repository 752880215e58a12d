/** What stands for a parameter: `${id}`, or a value as it is. */
const VALUE = '(?:\\$\\{[^}`]*\\}|[\\w:%.-]+)';
/** The beginning of an address that a variable holds: `${path}/stores`. */
const BEGINNING = '`\\$\\{\\w+\\}';

/** How tests write a route's address: whole, or as a template whose beginning, with the first parameter, is in a variable. */
export function addressed(url: string): RegExp {
  const parts = url.split('/').slice(1);
  const first = parts.findIndex((part) => part.startsWith(':'));
  const rests = first < 0 ? [] : parts.map((_, n) => parts.slice(n)).slice(first + 1);
  const fromVariable = rests.filter((rest) => rest.some((part) => !part.startsWith(':'))).map((rest) => BEGINNING + pattern(rest));
  return new RegExp(`(?:${[pattern(parts), ...fromVariable].join('|')})(?![\\w/-])`);
}

function pattern(parts: readonly string[]): string {
  return parts.map((part) => `/${part.startsWith(':') ? VALUE : RegExp.escape(part)}`).join('');
}
