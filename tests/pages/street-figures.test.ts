import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/ledger/index.ts';
import { siteOfFile } from './support/site.ts';
import { callAs, officerAt, streetOfficer } from './support/street.ts';
import { ANY, DIGITS, saying, zh } from './support/words.ts';

const site = siteOfFile();

type Position = {
  readonly community_id: string;
  readonly counterparty_id: string;
  readonly due_to: { readonly points: number; readonly fen: number };
};

describe('the figures of the street', () => {
  it('are, in the matrix, the positions of the API; of a cell, its days', async () => {
    const [from, through] = [site().today(-320), site().today(-20)];
    const { page } = await officerAt(site(), `/flows/${from}/${through}`);
    const { items: positions } = await street<{ items: Position[] }>(`/v1/positions?from=${from}&through=${through}`);
    const { items: communities } = await street<{ items: { id: string; name: string }[] }>('/v1/communities?limit=100');
    const shown = await figuresIn(page.locator('table.matrix'));
    const due = (issuer: string, acquirer: string) =>
      positions.find(({ community_id: own, counterparty_id: other }) => own === issuer && other === acquirer)?.due_to.points ?? 0;
    const expected = communities.map(({ id, name }) => {
      const row = communities.map((other) => due(id, other.id));
      return [name, ...[...row, sum(row)].map(text)];
    });
    expect(shown.slice(1, -1)).toEqual(expected);
    expect(shown.at(-1)!.at(-1)).toBe(text(sum(positions.map(({ due_to: { points } }) => points))));

    const most = positions.toSorted((a, b) => b.due_to.points - a.due_to.points)[0]!;
    const [issuer, acquirer] = [most.community_id, most.counterparty_id].map((id) => communities.find((each) => each.id === id)!.name);
    await page.getByRole('link', { name: saying(zh.street.flows.cell(issuer!, acquirer!, ANY)) }).click();
    const days = await figuresIn(page.getByRole('region', { name: `${issuer} → ${acquirer}` }).getByRole('table'));
    expect(days.at(-1)![1]).toBe(text(most.due_to.points));
    expect(sum(days.slice(1, -1).map((row) => number(row[1]!)))).toBe(most.due_to.points);
    await page.goBack();
    await page.getByRole('heading', { name: zh.street.flows.matrix }).waitFor();
  });

  it('are drawn, and every picture tells the same as its table', async () => {
    const through = addDays(`${site().today().slice(0, 7)}-01`, -1);
    const { page } = await officerAt(site(), `/flows/${through.slice(0, 7)}-01/${through}`);
    const total = number((await figuresIn(page.locator('table.matrix'))).at(-1)!.at(-1)!);
    const home = await page
      .locator('table.matrix tbody tr')
      .evaluateAll((rows) =>
        rows.map((row, n) => Number(row.querySelectorAll('td')[n]!.textContent.replaceAll(',', ''))).reduce((a, b) => a + b, 0),
      );
    const flows = await drawn(page, saying(zh.street.flows.sankey, 'start'));
    expect(sum(flows.slice(1).map((row) => number(row[2]!)))).toBe(total - home);

    const { items: runs } = await street<{ items: { gross_fen: number; net_fen: number }[] }>('/v1/settlement-runs?limit=1');
    const before = await drawn(page, saying(zh.street.flows.before(DIGITS), 'start'));
    const after = await drawn(page, saying(zh.street.flows.after(DIGITS), 'start'));
    expect(Math.round(100 * sum(before.slice(1).map((row) => number(row[2]!))))).toBe(runs[0]!.gross_fen);
    expect(Math.round(100 * sum(after.slice(1).map((row) => number(row[2]!))))).toBe(runs[0]!.net_fen);
    expect(after.length).toBeLessThan(before.length);
  });

  it('over time are those of the closed days, and can be taken away as a file', async () => {
    const { page } = await officerAt(site(), '/figures');
    const { items } = await street<{ items: { points_granted: number; points_expired: number; fen_redeemed: number }[] }>(
      '/v1/figures?by=month',
    );
    const rows = (await drawn(page, saying(zh.street.figures.pointsOverTime, 'start'))).slice(1);
    expect(sum(rows.map((row) => number(row[1]!)))).toBe(sum(items.map(({ points_granted: points }) => points)));
    expect(Math.round(100 * sum(rows.map((row) => number(row[4]!))))).toBe(sum(items.map(({ fen_redeemed: fen }) => fen)));
    await drawn(page, saying(zh.street.figures.byCommunityOf(ANY), 'start'));
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: zh.street.figures.csv }).click()]);
    expect(file.suggestedFilename()).toMatch(/^callmi-.*\.csv$/);
    const lines = (await new Response((await file.createReadStream()) as never).text()).trim().split('\r\n');
    expect(lines).toHaveLength(items.length + 1);
  });

  it('say that the books balance and what audits found; an entry is shown as the journal has it', async () => {
    const { page } = await officerAt(site(), '/ledger');
    await page.getByText(zh.street.ledger.zero).nth(1).waitFor();
    await page
      .getByRole('link', { name: saying(zh.street.ledger.accountsOf('万和社区', zh.street.ledger.kinds.payable, ANY), 'start') })
      .click();
    await page
      .getByText(/^payable:wanhe:/)
      .first()
      .waitFor();
    await page.goto(`${site().url}/street#/limits/wanhe`);
    await page.getByRole('link', { name: zh.street.limits.seeEntry }).last().click();
    await page.getByText(/(dr|cr) bank:wanhe \d+ {3}.*fen/s).waitFor();
    await page.goto(`${site().url}/street#/ledger/entries/ent_${'0'.repeat(32)}`);
    await page.getByText(saying(zh.shared.requestId(ANY))).waitFor();
    await page.goto(`${site().url}/street#/audits`);
    const { items } = await street<{ items: { checks: { id: string }[] }[] }>('/v1/audits?limit=1');
    const checks = (await figuresIn(page.getByRole('table').first())).slice(1);
    expect(checks.map(([id]) => id)).toEqual(items[0]!.checks.map(({ id }) => id));
    expect(checks.every((row) => row.at(-1) === zh.street.audits.holds || row.at(-1) === zh.street.audits.notApplicable)).toBe(true);
    // Every check is told in plain words, and not by its English title.
    expect(checks.filter((row) => !/[一-鿿]/.test(row[1]!))).toEqual([]);
  });
});

async function street<T>(path: string): Promise<T> {
  return (await callAs(site(), streetOfficer(site()), 'GET', path)).body as T;
}

/** The cells of a table as they are written, row by row, heads included. */
async function figuresIn(table: Locator): Promise<string[][]> {
  await table.waitFor();
  return table
    .locator('tr')
    .evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll('th, td')].map((cell) => (cell as HTMLElement).innerText.trim())));
}

/** Expects a picture that is not blank, and gives what its table says. */
async function drawn(page: Page, name: RegExp): Promise<string[][]> {
  const figure = page.getByRole('figure', { name });
  await figure.locator('canvas').first().waitFor();
  const painted = () =>
    figure
      .locator('canvas')
      .first()
      .evaluate((canvas: HTMLCanvasElement) => {
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
        return data.some((value) => value > 0);
      });
  await expect.poll(painted).toBe(true);
  await figure.getByRole('switch').click();
  return figuresIn(figure.getByRole('table'));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}

function text(n: number): string {
  return n.toLocaleString('en-US');
}

function number(written: string): number {
  return Number(written.replaceAll(',', ''));
}
