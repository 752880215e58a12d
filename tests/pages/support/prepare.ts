/** Before the first test in a browser: the pages are built, Chromium is unpacked, and a demo scheme is made that every test file copies. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { roomyFolder } from '../../support/roomy-folder.ts';
import { buildPages } from '../../../web/build.ts';

const root = join(import.meta.dirname, '../../..');
const modules = join(root, 'node_modules');

declare module 'vitest' {
  interface ProvidedContext {
    /** The executable of Chromium. */
    chromium: string;
    /** A fontconfig file that knows a Chinese font. */
    fonts: string;
    /** A folder with the demo's database, its keys and its credentials. */
    demo: string;
  }
}

export default async function prepare(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(roomyFolder(), 'callmi-pages-'));
  await buildPages();
  project.provide('chromium', await unpackedChromium());
  project.provide('fonts', fontsIn(folder));
  project.provide('demo', demoIn(folder));
  return () => rmSync(folder, { recursive: true, force: true });
}

/**
 * It unpacks into the temporary folder and takes whatever lies there, also another version or half of one: it gets a folder of its own, which
 * is put in place whole.
 */
async function unpackedChromium(): Promise<string> {
  const { version } = JSON.parse(readFileSync(join(modules, '@sparticuz/chromium/package.json'), 'utf8')) as { version: string };
  const place = join(modules, `.cache/chromium-${version}`);
  if (!existsSync(place)) {
    const draft = `${place}.${process.pid}`;
    mkdirSync(draft, { recursive: true });
    const before = process.env['TMPDIR'];
    process.env['TMPDIR'] = draft;
    const { default: chromium, inflate } = await import('@sparticuz/chromium');
    await chromium.executablePath();
    // The libraries that a system need not have.
    await inflate(join(modules, '@sparticuz/chromium/bin/al2023.tar.br'));
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
    if (!existsSync(place)) renameSync(draft, place);
  }
  return join(place, 'chromium');
}

/** A machine without Chinese fonts would show boxes. */
function fontsIn(folder: string): string {
  const fonts = join(modules, '@expo-google-fonts/noto-sans-sc');
  const path = join(folder, 'fonts.conf');
  const weights = ['400Regular', '700Bold'].map((weight) => `<dir>${join(fonts, weight)}</dir>`).join('');
  writeFileSync(
    path,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>` +
      `<include ignore_missing="yes">/etc/fonts/fonts.conf</include>${weights}<cachedir>${join(folder, 'fonts')}</cachedir>` +
      `<match target="pattern"><edit name="family" mode="prepend" binding="strong"><string>Noto Sans SC</string></edit></match></fontconfig>`,
  );
  return path;
}

function demoIn(folder: string): string {
  const data = join(folder, 'data');
  const env = { ...process.env, DATABASE_URL: `file:${join(data, 'callmi.db')}` };
  execFileSync(process.execPath, [join(root, 'src/cli/main.ts'), 'demo', '--scale', '0.01'], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return data;
}
