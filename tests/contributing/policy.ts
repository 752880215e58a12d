/** A policy: how long before it begins a succession must be approved. It was a day, as the command has it. */
import { changed, made, put, type Recipe } from './tree.ts';

const NAME = 'succession_notice';
const beginning = ['node', 'migrations/generate.ts', NAME, '--custom'];

const entry = `  /** How many days before the day from which it holds a succession must be approved. */
  ${NAME}: policyOf({ days: count.max(365) }, { days: 1 }),
`;

/** The first version in a scheme that is founded already; each engine quotes names in its own way. */
function firstVersion(quote: '`' | '"'): string {
  const statement =
    `INSERT INTO _policy_ SELECT '${NAME}', 1, '{"days":1}', _effective_from_, _set_at_, _proposed_by_, _approved_by_ ` +
    "FROM _policy_ WHERE _name_ = 'rate' AND _policy_version_ = 1;\n";
  return statement.replaceAll(/\b_|_\b/g, quote);
}

const test = `import { expect, it } from 'vitest';
import { approveProposal, propose } from '../../src/api/index.ts';
import { refusedAlone } from '../support/refused-alone.ts';
import { enact, officerOf, someSecret, succeed } from '../support/two-officers.ts';
import { openWorld } from '../support/world.ts';

it('a succession is approved as many days ahead as the policy says', async () => {
  const world = await openWorld();
  await enact(world, '${NAME}', { days: 30 });
  const input = { communityId: 'gexiang', successorId: 'wanhe', effectiveFrom: '2026-03-31' };
  const { id } = await world.must(propose, { by: await officerOf(world, null), command: 'successor', input, reason: '合并' });
  const second = { by: await officerOf(world, null), id, reason: null, secret: someSecret };
  expect(await refusedAlone(world, approveProposal, second, 'succession_in_the_past')).toMatchObject({ earliest: '2026-04-01' });
  await succeed(world, 'gexiang', 'wanhe', '2026-04-01');
});
`;

export const policy: Recipe = {
  heading: 'Add a policy',
  begun: [beginning],
  places: [
    put('src/communities/policies.ts', [entry, '} as const;\n\ntype Policies']),
    changed(
      'src/communities/succession.ts',
      [
        "import { refuse } from './refusals.ts';\n",
        "import { policyAt, wantPolicies } from './policies.ts';\nimport { refuse } from './refusals.ts';\n",
      ],
      ["return [one('community', communityId), ", `return [...wantPolicies('${NAME}'), one('community', communityId), `],
      ['earliestDay(call);', `earliestDay(call, policyAt(facts, '${NAME}', call.at).days);`],
      ['function earliestDay({ at, day }: Call): string {', 'function earliestDay({ at, day }: Call, notice: number): string {'],
      ['return addDays(soon > day ? soon : day, 1);', 'return addDays(soon > day ? soon : day, notice);'],
    ),
    made('tests/communities/succession-notice.test.ts', test),
    put('docs/concepts.md', [`| \`${NAME}\` | \`{"days":1}\` | How many days ahead a succession is approved. |\n`, '| `confirmation`']),
    made(`migrations/sqlite/*_${NAME}.sql`, firstVersion('`')),
    made(`migrations/postgres/*_${NAME}.sql`, firstVersion('"')),
    put('web/street/text/zh-policies.ts', [
      `  ${NAME}: {
    name: '合并承接预告期',
    explained: '社区合并承接须提前多少天同意。',
    fields: { days: '提前天数' },
    means: ({ days }) => \`合并承接须提前 \${days} 天同意\`,
  },
`,
      '};\n\nexport const policies = {',
    ]),
    put('web/street/text/en-policies.ts', [
      `  ${NAME}: {
    name: 'Notice of a succession',
    explained: 'How many days before its first day a succession must be approved.',
    fields: { days: 'Days ahead' },
    means: ({ days }) => \`A succession is approved \${days} days ahead\`,
  },
`,
      '};\n\nexport const policies',
    ]),
  ],
  generated: [
    { path: 'web/api/contract.d.ts', by: ['node', 'web/api/generate.ts'] },
    { path: 'web/api/bounds.ts', by: ['node', 'web/api/generate.ts'] },
  ],
};
