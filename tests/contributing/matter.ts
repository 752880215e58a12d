/** A matter for two officers: a community is renamed by the street office. */
import { changed, made, put, type Recipe } from './tree.ts';

const rule = `export const renamingMatter = matter('renaming', {
  office: 'street',
  command: renameCommunity,
  complete: (renaming: RenameCommunityInput) => renaming,
});

`;

const wire = `const renaming = matterWire(renamingMatter, {
  called: 'Renaming',
  body: z.strictObject({ community_id: communityId, name: properName(40) }).transform(({ community_id, name }) => ({ id: community_id, name })),
  input: z.strictObject({ community_id: communityId, name: z.string() }),
  show: ({ id: renamed, name }) => ({ community_id: renamed, name }),
  result: z.strictObject({ community_id: communityId }),
  tell: ({ id: renamed }) => ({ community_id: renamed }),
});

`;

const test = `import { expect, it } from 'vitest';
import { approvedByTwo, expectProblem, made, openOffices, read } from '../../support/offices.ts';

it('a community is renamed by two officers of the street', async () => {
  const offices = await openOffices();
  const { body } = await approvedByTwo(offices, 'renaming', { community_id: 'gexiang', name: '葛巷新村' });
  expect(body).toMatchObject({ result: { community_id: 'gexiang' } });
  expect(await read(offices.street, '/v1/communities/gexiang')).toMatchObject({ name: '葛巷新村' });
});

it('a community that is not there is not renamed', async () => {
  const { street, secondOfStreet } = await openOffices();
  const input = { community_id: 'nowhere', name: '无名社区' };
  const { id } = await made(street, '/v1/proposals', { command: 'renaming', input, reason: '更名' });
  expectProblem(await secondOfStreet.post(\`/v1/proposals/\${id}/approval\`, {}), 'community_not_found');
});
`;

const form = `function ProposeName({ community }: { readonly community: Community }) {
  const { people: words } = useWords();
  const { renaming } = useConsole().matters;
  return (
    <FormDialog
      name={\`renaming-\${community.id}\`}
      label={renaming.called}
      title={renaming.called}
      submit={words.propose}
      initial={{ name: community.name, reason: '' }}
      write={({ name, reason }, key) => propose({ command: 'renaming', input: { community_id: community.id, name }, reason }, key)}
      said={() => words.proposed}
      done={useProposed()}
    >
      <TextItem name="name" label={renaming.name} bound={postProposals.renaming.input.name} />
      <ReasonItem />
    </FormDialog>
  );
}

`;

const facts = `  renaming: {
    facts: ({ community_id: id, name }, { words, names }) => [
      [words.renaming.community, names.of(id)],
      [words.renaming.name, name],
    ],
  },
`;

export const matter: Recipe = {
  heading: 'Add a matter for two officers',
  places: [
    put(
      'src/communities/communities.ts',
      ["import { matter } from './matter.ts';\n", "import { refuse } from './refusals.ts';"],
      [rule, 'function loadRenameCommunity('],
    ),
    changed('src/communities/index.ts', ['{ addCommunity, renameCommunity }', '{ addCommunity, renameCommunity, renamingMatter }']),
    put(
      'src/api/routes/matters.ts',
      ['  renamingMatter,\n', '  successorMatter,\n'],
      [wire, 'const matters = ['],
      ['renaming, ', 'adjustment];'],
    ),
    made('tests/api/routes/renamings.test.ts', test),
    put('web/console/text/zh-matters.ts', [
      "  renaming: { called: '社区更名', community: '社区', name: '新名称' },\n",
      '} satisfies Record<Command,',
    ]),
    put('web/console/text/en-matters.ts', [
      "  renaming: { called: 'New name of a community', community: 'Community', name: 'New name' },\n",
      '  adjustment: {',
    ]),
    put('web/street/proposals/matters.tsx', [facts, '};\n\nfunction officeCalled(']),
    put(
      'web/street/people/communities.tsx',
      ['postProposals, ', 'putCommunitiesName }'],
      ["import { useConsole } from '../../console/words.ts';\n", "import { dayOf } from '../../shared/format.ts';"],
      ['                    <ProposeName community={community} />\n', '                    {community.successor_id === null &&'],
      [form, 'function Succession('],
    ),
  ],
  generated: [
    { path: 'web/api/contract.d.ts', by: ['node', 'web/api/generate.ts'] },
    { path: 'web/api/bounds.ts', by: ['node', 'web/api/generate.ts'] },
  ],
};
