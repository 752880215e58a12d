import { defineConfig } from 'drizzle-kit';

/** `ENGINE` chooses whose migrations are generated: `npm run generate` does both. */
const postgres = process.env['ENGINE'] === 'postgres';

export default defineConfig({
  dialect: postgres ? 'postgresql' : 'sqlite',
  schema: postgres ? './src/store/schema.postgres.ts' : './src/store/schema.sqlite.ts',
  out: postgres ? './migrations/postgres' : './migrations/sqlite',
});
