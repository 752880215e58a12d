/** Holds answers to the OpenAPI document: their status, their media type, and the headers that say something to a program. */
type Response = { readonly $ref?: string; readonly headers?: object; readonly content?: object };
export type Declared = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly responses: Readonly<Record<string, Response>> }>>>>;
  readonly components: { readonly headers: object; readonly responses: Readonly<Record<string, Response>> };
};

/** Statuses under `default`: they may come from any route, whatever it does. */
const anywhere = new Set([405, 500]);

/** Says of an answer, in words, each part that the document does not declare; nothing for an address that it does not name. */
export function declaredBy({ paths, components }: Declared) {
  const named = new Map(Object.keys(components.headers).map((name) => [name.toLowerCase(), name]));
  const patterns = Object.keys(paths)
    .toSorted((a, b) => a.split('{').length - b.split('{').length)
    .map((path) => [new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`), path] as const);

  return (method: string, url: string, status: number, headers: Readonly<Record<string, unknown>>): string[] => {
    const path = patterns.find(([pattern]) => pattern.test(url.split('?', 1)[0]!))?.[1];
    const operation = path === undefined ? undefined : paths[path]![method.toLowerCase()];
    if (!operation) return [];
    const told = `${method} ${path} answered ${status}`;
    const found = operation.responses[status] ?? (anywhere.has(status) ? operation.responses['default'] : undefined);
    if (!found) return [told];
    const response = found.$ref ? components.responses[found.$ref.split('/').at(-1)!]! : found;
    const type = String(headers['content-type']).split(';', 1)[0]!;
    const sent = Object.keys(headers).flatMap((name) => named.get(name) ?? []);
    return [
      ...(type in (response.content ?? {}) ? [] : [`${told} as ${type}`]),
      ...sent.filter((name) => !(name in (response.headers ?? {}))).map((name) => `${told} with ${name}`),
    ];
  };
}
