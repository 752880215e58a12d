/** A command with an endpoint and a button on the officers' page: a merchant is renamed. */
import { made, put, type Recipe } from './tree.ts';

const rule = `import { type Acting, keepsRegisterOf } from '../access/index.ts';
import { type Command, type Decision, type Facts, one, put, type Want } from '../ledger/index.ts';
import { refuse } from './refusals.ts';

export type RenameMerchantInput = { readonly by: Acting; readonly id: string; readonly name: string };

type RenameMerchantReply = { id: string; name: string };

/** Gives a merchant another name. */
export const renameMerchant: Command<RenameMerchantInput, RenameMerchantReply> = {
  name: 'rename-merchant',
  load: loadRenameMerchant,
  decide: decideRenameMerchant,
};

function loadRenameMerchant({ id }: RenameMerchantInput): readonly Want[] {
  return [one('merchant', id)];
}

function decideRenameMerchant(facts: Facts, { by, id, name }: RenameMerchantInput): Decision<RenameMerchantReply> {
  const merchant = facts.get('merchant', id);
  if (!merchant) return refuse('merchant_not_found', { merchant_id: id });
  if (!keepsRegisterOf(by, merchant.communityId)) return refuse('foreign_community', { community_id: merchant.communityId });
  return { rows: [put('merchant', { ...merchant, name })], reply: { id, name } };
}
`;

const route = `import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { renameMerchant } from '../../communities/index.ts';
import type { Deps } from '../deps.ts';
import { officerOf, writes } from '../http/principal.ts';
import { id, properName } from '../http/wire.ts';

const renaming = {
  tags: ['merchants'],
  operationId: 'renameMerchant',
  summary: 'Rename a merchant',
  description: 'For an officer whose merchant has taken another name.',
  params: z.strictObject({ id: id('mer') }),
  body: z.strictObject({ name: properName(40) }),
  response: { 200: z.strictObject({ id: id('mer'), name: z.string() }) },
};

export const merchantNames =
  ({ submit }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.put('/v1/merchants/:id/name', { schema: renaming, config: writes('merchants:write') }, (request, reply) =>
      submit(request, reply, renameMerchant, { by: officerOf(request), id: request.params.id, name: request.body.name }),
    );
  };
`;

const test = `import { expect, it } from 'vitest';
import { expectProblem, openOffices } from '../../support/offices.ts';

it('a merchant is renamed by its home community', async () => {
  const { gexiang, wanhe, world } = await openOffices();
  const path = \`/v1/merchants/\${world.merchantId}/name\`;
  expect((await wanhe.put(path, { name: '万和生鲜' })).body).toEqual({ id: world.merchantId, name: '万和生鲜' });
  expectProblem(await gexiang.put(path, { name: '葛巷生鲜' }), 'foreign_community');
});
`;

const page = `import { useQueryClient } from '@tanstack/react-query';
import { keyedAt } from '../../api/attempt.ts';
import { putMerchantsName } from '../../api/bounds.ts';
import { answer, api } from '../../api/client.ts';
import { FormDialog } from '../../console/dialog.tsx';
import { TextItem } from '../../console/text-item.tsx';
import { useWords } from '../words.ts';

export function Rename({ id, name }: { readonly id: string; readonly name: string }) {
  const words = useWords().merchants;
  const queries = useQueryClient();
  return (
    <FormDialog
      name={\`rename-merchant-\${id}\`}
      label={words.rename}
      title={words.rename}
      initial={{ name }}
      write={(body: { readonly name: string }, key) => answer(api.PUT('/v1/merchants/{id}/name', { ...keyedAt(key, { id }), body }))}
      done={() => void queries.invalidateQueries({ queryKey: ['merchants'] })}
    >
      <TextItem name="name" label={words.name} bound={putMerchantsName.name} />
    </FormDialog>
  );
}
`;

export const command: Recipe = {
  heading: 'Add a command',
  places: [
    made('src/communities/merchant-names.ts', rule),
    put('src/communities/index.ts', ["export { renameMerchant } from './merchant-names.ts';\n", 'export { appointOfficer,']),
    made('src/api/routes/merchant-names.ts', route),
    put(
      'src/api/routes/index.ts',
      ["import { merchantNames } from './merchant-names.ts';\n", "import { offers } from './offers.ts';"],
      ['    merchantNames(deps),\n', '    stores(deps),\n'],
    ),
    made('tests/api/routes/merchant-names.test.ts', test),
    put('tests/redeem/canary.test.ts', ['renameMerchant ', 'openCommunity renameCommunity']),
    made('web/community/merchants/rename.tsx', page),
    put(
      'web/community/merchants/merchant.tsx',
      ["import { Rename } from './rename.tsx';\n", "import { StoreCard } from './store.tsx';"],
      ['            {ours && <Rename id={found.id} name={found.name} />}\n', '            <Tabs items={tabs(found)}'],
    ),
    put('web/community/text/zh-merchants.ts', ["    rename: '改名',\n", "    storeName: '门店名称',\n"]),
    put('web/community/text/en-merchants.ts', ["    rename: 'Rename',\n", "    storeName: '"]),
  ],
  generated: [
    { path: 'web/api/contract.d.ts', by: ['node', 'web/api/generate.ts'] },
    { path: 'web/api/bounds.ts', by: ['node', 'web/api/generate.ts'] },
  ],
};
