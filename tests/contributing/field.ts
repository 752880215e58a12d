/** A field of a resident, given at registration, told by the API and shown to the officer: the building that they live in. */
import { put, type Recipe } from './tree.ts';

const migrating = ['node', 'migrations/generate.ts', 'resident-building'];
const describing = ['node', 'web/api/generate.ts'];

export const field: Recipe = {
  heading: 'Add a field',
  places: [
    put('src/store/tables/communities.ts', ["      building: text('building'),\n", "      phoneHash: hash('phone_hash').notNull(),\n"]),
    put(
      'src/communities/residents.ts',
      ['readonly building?: string | null; ', 'readonly by: Acting };\n\ntype RegisterResidentReply'],
      ['building: null, ', '...told, ...status'],
    ),
    put(
      'src/api/routes/residents.ts',
      ["'building', ", "'statusReason', 'registeredAt'"],
      [
        '    building: properName(60).nullable().default(null),\n',
        '    community_id: communityId.optional().meta({ description: "The home',
      ],
    ),
    put(
      'tests/api/routes/residents.test.ts',
      [", building: '3 幢'", ' };\nconst NOBODY'],
      ["      building: '3 幢',\n", "      registered_at: '2026-03-02T02:00:00.000Z',\n    });\n    expect(await read"],
    ),
    put(
      'web/community/residents/list.tsx',
      [", building: ''", ' }}\n      write'],
      ['building, ', 'name, phone }, key)'],
      ['building: building.trim() || null, ', 'name: name.trim()'],
      ['      <TextItem name="building" label={words.building} bound={postResidents.building} />\n', '    </FormDialog>'],
    ),
    put('web/community/residents/resident.tsx', ['    building: [words.building, found.building],\n', '    status: [words.status,']),
    put('web/community/text/zh.ts', ["    building: '楼栋',\n", "    phoneWrong: '"]),
    put('web/community/text/en.ts', ["    building: 'Building',\n", "    phoneWrong: '"]),
  ],
  generated: [
    { path: 'migrations/sqlite/*_resident-building.sql', by: migrating },
    { path: 'migrations/postgres/*_resident-building.sql', by: migrating },
    { path: 'web/api/contract.d.ts', by: describing },
    { path: 'web/api/bounds.ts', by: describing },
  ],
};
