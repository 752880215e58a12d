/**
 * How many places a new thing has to be written in, in two ways.
 *
 * By a probe: one thing of each kind that is there already, and the lines and files in `src` and `web` that name it. A probe counts uses as
 * well as places to touch, by the same rule in every commit. Generated files, tests and documents are left out.
 *
 * By the recipe: the places that CONTRIBUTING.md lists under the heading of the recipe. A place is an item of a numbered list that begins
 * with a path in backticks. A commit whose recipes are no such list has none.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Places = { readonly files: number; readonly lines: number; readonly listed: number };

type Probe = { readonly heading: string; readonly example: string; readonly named: RegExp; readonly but?: RegExp };

export const probes: readonly Probe[] = [
  {
    heading: 'Add a command',
    example: 'carrying a payout to the next run: its command, its endpoint and its dialog',
    named: /carry-?payout|\/carry\b|words\.carry|\bcarry(?:Title|Hint)?:/i,
  },
  { heading: 'Add a field', example: "a resident's `registered_at`", named: /\bregistered_at\b|\bregisteredAt\b/ },
  { heading: 'Add a policy', example: '`reversal_window`', named: /\breversal_window\b/ },
  { heading: 'Add a refusal', example: '`phone_taken`', named: /\bphone_taken\b/ },
  {
    heading: 'Add a matter for two officers',
    example: '`clawback`; the account of the same name is left out',
    named: /'clawback'|`clawback-|\bclawback: |ProposedClawBack/,
    but: /^src\/ledger\/|\/audit\.ts$|^web\/street\/(?:text\/\w+-books|ledger\/)/,
  },
];

export function placesIn(folder: string, files: readonly string[], { heading, named, but }: Probe): Places {
  const looked = files.filter((file) => /^(?:src|web)\//.test(file) && !but?.test(file));
  const lines = looked.map((file) => linesNaming(readFileSync(join(folder, file), 'utf8'), named)).filter((count) => count > 0);
  const listed = listedPlaces(readFileSync(join(folder, 'CONTRIBUTING.md'), 'utf8'), heading).length;
  return { files: lines.length, lines: lines.reduce((sum, each) => sum + each, 0), listed };
}

function linesNaming(text: string, named: RegExp): number {
  return text.split('\n').filter((line) => named.test(line)).length;
}

/** The paths that the recipe under this heading lists. */
export function listedPlaces(document: string, heading: string): string[] {
  const [, section = ''] = document.split(`\n## ${heading}\n`);
  const [recipe] = section.split('\n## ') as [string];
  return [...recipe.matchAll(/^\d+\. `([^`\s]+[/.][^`\s]*)`/gm)].map(([, path]) => path!);
}
