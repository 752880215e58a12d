import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Command, Option } from 'commander';
import { eq } from 'drizzle-orm';
import { hledgerJournal } from '../ledger/index.ts';
import { StoreUnusable, type View } from '../store/index.ts';
import { reading } from './database.ts';

type ExportOptions = { readonly format: 'hledger'; readonly community?: string };

export function addExport(program: Command): void {
  program
    .command('export')
    .description('write the journal to standard output')
    .addOption(new Option('--format <format>', 'the format').choices(['hledger']).makeOptionMandatory())
    .option('--community <id>', "only this community's own books")
    .action(({ community }: ExportOptions, command: Command) =>
      reading(command, (store) =>
        store.snapshot(async (view) => {
          if (community !== undefined) await assertCommunity(view, community);
          await toStandardOutput(hledgerJournal(view, community));
        }),
      ),
    );
}

async function assertCommunity({ read, tables: { account, community } }: View, id: string): Promise<void> {
  const known = (await read.$count(community, eq(community.id, id))) + (await read.$count(account, eq(account.community, id)));
  if (known === 0) throw new StoreUnusable(`there is no community ${id}`);
}

/** Writes as fast as the reader reads. The reader may stop early. */
async function toStandardOutput(text: AsyncIterable<string>): Promise<void> {
  try {
    await pipeline(Readable.from(text), process.stdout, { end: false });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPIPE')) throw error;
  }
}
