/** A field of a resident, given at registration, told by the API and shown to the officer: the building that they live in. */
import { put, type Recipe } from './tree.ts';

const migrating = ['node', 'migrations/generate.ts', 'resident-building'];
const describing = ['node', 'web/api/generate.ts'];

export const field: Recipe = {
  heading: 'Add a field',
  places: [
    put('src/store/tables/communities.ts', [
      "      building: text('building'),\n",
      "      phoneHash: contactHash('phone_hash').notNull(),\n      phoneSealed",
    ]),
    put('src/store/catalogue.ts', ["building: 'blank', ", "nameKey: 'blank', phoneHash: 'blank'"]),
    put(
      'src/communities/residents.ts',
      ['  readonly building?: string | undefined;\n', "  /** The keyed hash (hex) of the phone's last digits"],
      ['    building: told.building ?? null,\n', '    phoneHash,\n    phoneSealed,\n    status,'],
    ),
    put('src/api/routes/resident-wire.ts', ["'building', ", "'statusReason', 'registeredAt'"]),
    put('src/api/routes/residents.ts', ['    building: properName(40).optional(),\n', '    consent: consentGiven,\n']),
    put(
      'tests/api/routes/residents.test.ts',
      ["building: '3 幢', ", '...consent };\nconst NOBODY'],
      [
        "      building: '3 幢',\n",
        "      registered_at: '2026-03-02T02:00:00.000Z',\n      spends_from: null,\n    });\n    expect(await read",
      ],
    ),
    put('tests/support/canary/people.ts', ['building: NAME, ', 'phone: CHILDS, consent: signed']),
    put(
      'web/community/residents/desk/register.tsx',
      ["import { TextItem } from '../../../console/text-item.tsx';\n", 'import { WriteForm }'],
      ['readonly building: string; ', 'readonly different_person?: string }'],
      ["building: '', ", "different_person: '', ...noConsent"],
      ['building, ', "different_person: words = '' } = entered"],
      ["    ...(building.trim() !== '' && { building: building.trim() }),\n", '    consent: consentOf(entered),\n'],
      ['  const { building } = useWords().residents;\n', '  const queries = useQueryClient();\n  const first'],
      ['          <TextItem name="building" label={building} bound={postResidents.building} />\n', '          <PhoneItem label='],
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
