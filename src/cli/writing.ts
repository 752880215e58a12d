import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import { readConfig } from '../config.ts';
import { openService, type Service } from '../service.ts';
import { openReadable } from '../store/index.ts';
import { databaseUrl } from './database.ts';

/** Runs `work` on the scheme that a command was given, which must be there, open to be written beside a running server. */
export async function writing<T>(command: Command, work: (service: Service) => Promise<T>): Promise<T> {
  // Opened to be read first: that says in a sentence what is missing, and makes nothing.
  await (await openReadable(databaseUrl(command))).close();
  return founding(command, work);
}

/** The same on a database that is made if it is not there. */
export async function founding<T>(command: Command, work: (service: Service) => Promise<T>): Promise<T> {
  const config = readConfig({ ...process.env, DATABASE_URL: databaseUrl(command) });
  const service = await openService(config, { clock: Date.now, chance: randomBytes });
  try {
    return await work(service);
  } finally {
    await service.close();
  }
}
