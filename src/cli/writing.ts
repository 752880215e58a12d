import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import { readConfig } from '../config.ts';
import { openService, type Service } from '../service.ts';
import { databaseUrl } from './database.ts';

/** Runs `work` on the scheme that a command was given, open to be written, beside a running server if there is one. */
export async function writing<T>(command: Command, work: (service: Service) => Promise<T>): Promise<T> {
  const config = readConfig({ ...process.env, DATABASE_URL: databaseUrl(command) });
  const service = await openService(config, { clock: Date.now, chance: randomBytes });
  try {
    return await work(service);
  } finally {
    await service.close();
  }
}
