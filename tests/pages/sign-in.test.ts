import { describe, expect, it } from 'vitest';
import { desk, expectAccessible, personAt, phone, shoot } from './support/browser.ts';
import { siteOfFile } from './support/site.ts';
import { zh } from './support/words.ts';

const site = siteOfFile();

const pages = [
  { path: '/', view: phone, name: 'resident' },
  { path: '/counter', view: phone, name: 'counter' },
  { path: '/community', view: desk, name: 'community' },
  { path: '/street', view: desk, name: 'street' },
];

describe('who is not signed in', () => {
  for (const { path, view, name } of pages) {
    it(`is shown how to at ${path}`, async () => {
      const { page } = await personAt(view, site().url + path);
      await page.getByRole('button', { name: zh.shared.signIn }).waitFor();
      expect(await page.getByRole('heading').count()).toBeGreaterThan(0);
      await expectAccessible(page);
      await shoot(page, `sign-in-${name}`);
    });
  }
});
