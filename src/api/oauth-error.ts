import type { Code } from './catalogue.ts';
import { catalogue } from './catalogue.ts';
import type { Problem } from './problem.ts';

const names: Partial<Record<Code, string>> = {
  invalid_client: 'invalid_client',
  invalid_scope: 'invalid_scope',
  unsupported_grant_type: 'unsupported_grant_type',
  internal_error: 'server_error',
  unavailable: 'temporarily_unavailable',
};

/** The members that RFC 6749 (5.2) asks of an error of the token endpoint. */
export function oauthError({ code }: Problem): { error: string; error_description: string } {
  return { error: names[code] ?? 'invalid_request', error_description: catalogue[code].title };
}
