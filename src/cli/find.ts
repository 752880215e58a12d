import type { Command } from 'commander';
import { textsNaming } from '../communities/index.ts';
import { reading } from './database.ts';

export function addFind(program: Command): void {
  program
    .command('find')
    .description('list the texts that contain a name, by table, key and column; an officer of the street empties them by hand')
    .argument('<name>')
    .option('--show', 'the texts as well: whoever reads the screen reads them')
    .action((name: string, { show = false }: { readonly show?: boolean }, command: Command) =>
      reading(command, async (store) => {
        if (name.trim() === '') throw new Error('say which name');
        let found = 0;
        for await (const { table, key, column, text } of textsNaming(store, name)) {
          found++;
          process.stdout.write(`${table}  ${key}  ${column}${show ? `  ${JSON.stringify(text)}` : ''}\n`);
        }
        process.stdout.write(`find: ${found} texts\n`);
      }),
    );
}
