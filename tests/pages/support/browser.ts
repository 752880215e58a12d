/** A real Chromium, and people in front of it. */
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import axe from 'axe-core';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { beforeAll, expect, inject, onTestFinished } from 'vitest';
import { aheadMs } from '../../support/clock.ts';
import { shiftDate } from '../../support/shifted-date.ts';

const SHOTS = join(import.meta.dirname, '../../../test-output');

export const phone: BrowserContextOptions = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };
export const tablet: BrowserContextOptions = { viewport: { width: 820, height: 1_180 } };
export const desk: BrowserContextOptions = { viewport: { width: 1_440, height: 900 } };

/** What the camera of every browser sees: Chromium reads the file whenever the camera is opened. */
export const cameraPicture = join(tmpdir(), `callmi-camera-${process.pid}.y4m`);

const camera = [
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  `--use-file-for-fake-video-capture=${cameraPicture}`,
];

let started: Promise<Browser> | undefined;

/** The browser of this worker, which all its files share and which ends with it. */
function theBrowser(): Promise<Browser> {
  // Not the package's own arguments: they put everything into one process and switch the same-origin policy off.
  const executablePath = inject('chromium');
  const libraries = join(dirname(executablePath), 'al2023/lib');
  const env = { ...process.env, FONTCONFIG_FILE: inject('fonts'), LD_LIBRARY_PATH: libraries, LC_ALL: 'C.UTF-8' } as Record<string, string>;
  started ??= chromium.launch({ executablePath, args: ['--no-sandbox', ...camera], env });
  return started;
}

export type Person = {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the page complained of: errors, and breaches of its policy. */
  readonly complaints: string[];
};

/** What somebody looks at, whether the test moves the hands of their clock, by Playwright's `page.clock`, and how far that clock is fast. */
export type View = BrowserContextOptions & { readonly clockMoved?: boolean; readonly fastMs?: number };

/** What closes a person's browser: the end of the test, or of all tests that the person stays for. */
let whenDone: (close: () => Promise<void>) => void = onTestFinished;

/** Somebody who stays for all tests of a file, or of the `describe` that this is called in. */
export function throughout(open: () => Promise<Person>): () => Person {
  let person: Person | undefined;
  beforeAll(async () => {
    const closings: (() => Promise<void>)[] = [];
    whenDone = (close) => void closings.push(close);
    person = await open().finally(() => (whenDone = onTestFinished));
    return () => Promise.all(closings.map((close) => close()));
  });
  return () => person!;
}

/** A person with a browser context of their own, gone with the test. A page that throws, or breaks its policy, fails the test. */
export async function personAt({ clockMoved = false, fastMs = 0, ...options }: View, url: string): Promise<Person> {
  const browser = await theBrowser();
  const context = await browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai', ...options });
  context.setDefaultTimeout(60_000);
  await (clockMoved ? context.clock.install({ time: Date.now() }) : context.addInitScript(shiftDate, aheadMs(process.env) + fastMs));
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) complaints.push(message.text());
  });
  whenDone(async () => {
    await context.close();
    expect(complaints).toEqual([]);
  });
  await page.goto(url);
  return { context, page, complaints };
}

/** Writes what is on the screen to `test-output/NAME.png`, where `SHOTS=1` asks for it. */
export async function shoot(page: Page, name: string, fullPage = true): Promise<void> {
  if (process.env['SHOTS'] === undefined) return;
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage, animations: 'disabled' });
}

/** Expects nothing serious or critical of axe-core on what is on the screen (WCAG 2.2 A and AA). */
export async function expectAccessible(page: Page): Promise<void> {
  // A sheet that is still fading in has no contrast yet.
  await page.waitForFunction(() =>
    document.getAnimations().every((each) => each.playState !== 'running' || each.effect?.getComputedTiming().endTime === Infinity),
  );
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const run = (globalThis as unknown as { axe: typeof axe }).axe;
    const found = await run.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
      resultTypes: ['violations'],
    });
    return found.violations;
  });
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(grave.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
}
