/** Figures of the books and of their place, which an operator sets alarms on. They are read when they are asked for. */
import { Gauge } from 'prom-client';
import { newestRun } from '../../clearing/index.ts';
import { auditReports, lastBackup, lastClosedDay, startOfDay } from '../../ledger/index.ts';
import type { Given } from './given.ts';
import { type Metrics, metricsOf } from './metrics.ts';

type Measured = Pick<Given, 'engine' | 'store' | 'clock' | 'clockTrouble'>;

/** The metrics of the process and of its books. A figure that cannot be read, or of what never happened, is left out. */
export function metricsOfService({ engine, store, clock, clockTrouble }: Measured): Metrics {
  const metrics = metricsOf(() => engine.waiting);
  const since = (at: number | undefined) => (at === undefined ? undefined : (clock() - at) / 1_000);
  const audit = async () => (await auditReports(store, { limit: 1 }))[0];
  const figures: readonly (readonly [name: string, help: string, read: () => Promise<number | undefined>])[] = [
    ['backup_age_seconds', 'Time since the last backup that was noted.', async () => since(await lastBackup(store))],
    ['audit_age_seconds', 'Time since the last audit that was kept.', async () => since((await audit())?.finishedAt)],
    ['audit_ok', '1 if that audit found nothing broken, 0 otherwise.', async () => (await audit())?.ok],
    ['closed_day_timestamp_seconds', 'Beginning of the last closed business day.', () => closedDay(store)],
    [
      'settlement_run_open',
      '1 while the latest settlement run is open, 0 otherwise.',
      async () => ((await newestRun(store))?.state === 'open' ? 1 : 0),
    ],
    [
      'settlement_run_unpaid',
      '1 while it is not paid in full, 0 otherwise.',
      async () => (['paid', undefined].includes((await newestRun(store))?.state) ? 0 : 1),
    ],
    ['database_bytes', 'Size of the database.', async () => (await store.space()).usedBytes],
    ['disk_free_bytes', 'Room on the disk of the database file.', async () => (await store.space()).freeBytes],
    ['clock_wrong', '1 while the clock cannot be believed, 0 otherwise.', async () => (clockTrouble?.() ? 1 : 0)],
  ];
  for (const [name, help, read] of figures) {
    const figure = new Gauge({
      name: `callmi_${name}`,
      help,
      registers: [],
      async collect() {
        const value = await read().catch(() => undefined);
        if (value === undefined) this.remove();
        else this.set(value);
      },
    });
    metrics.registry.registerMetric(figure);
  }
  return metrics;
}

/** In epoch seconds. The day before all others, which no scheme has closed, is not told of. */
async function closedDay(store: Measured['store']): Promise<number | undefined> {
  const beginning = startOfDay(await lastClosedDay(store));
  return beginning < 0 ? undefined : beginning / 1_000;
}
