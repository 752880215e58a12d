import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import { readConfig } from '../config.ts';
import { openService, type Service } from '../service.ts';
import { openReadable } from '../store/index.ts';
import { databaseUrl } from './database.ts';

/** Runs `work` on the command's scheme, which must exist, open for writing beside a running server. */
export async function writing<T>(command: Command, work: (service: Service) => Promise<T>): Promise<T> {
  // Opened for reading first: this reports a missing database in a sentence, and makes nothing.
  await (await openReadable(databaseUrl(command))).close();
  return establishing(command, work);
}

/** The same on a database that is made if it does not exist. */
export async function establishing<T>(command: Command, work: (service: Service) => Promise<T>): Promise<T> {
  const config = readConfig({ ...process.env, DATABASE_URL: databaseUrl(command) });
  const service = await openService(config, { clock: Date.now, chance: randomBytes });
  try {
    return await work(service);
  } finally {
    await service.close();
  }
}
