import { describe, expect, it } from 'vitest';
import { browserOfFile, expectAccessible, shoot } from './support/browser.ts';
import { clientOf, residentAt } from './support/resident.ts';
import { siteOfFile } from './support/site.ts';

const site = siteOfFile();
const browser = browserOfFile();

describe('look', () => {
  it('screens', async () => {
    const resident = site().cast.residents.find((r) => r.community_id === 'taiyan') ?? site().cast.residents[0]!;
    for (const r of site().cast.residents) {
      const api = await clientOf(site(), r);
      console.log(r.name, (await api.get('/v1/me/wallet')).body['points'], (await api.get('/v1/me/vouchers')).body['items'].length);
    }
    const api = await clientOf(site(), resident);
    const offers = (await api.get('/v1/offers')).body['items'];
    const cash = offers.find((o: any) => o.kind === 'cash');
    const taken = await api.post('/v1/me/vouchers', { offer_id: cash.id, quantity: 1 });
    console.log(JSON.stringify(taken.body));
    const { page } = await residentAt(browser(), site(), resident);
    const months = Array.from({ length: 12 }, (_, n) => ({ month: `2026-${String(12 - n).padStart(2, '0')}`, earned: (n * 37) % 200, spent: (n * 53) % 150, returned: 0, expired: n === 3 ? 20 : 0, taken_back: 0 }));
    await page.context().route('**/v1/me/months?*', (route) => route.fulfill({ json: { items: months } }));
    await page.reload();
    const screens: Record<string, string> = { home: '/', exchange: '/exchange', shops: '/exchange/shops', take: `/exchange/${cash.id}`, vouchers: '/vouchers', voucher: `/vouchers/${taken.body['id']}`, cancel: `/vouchers/${taken.body['id']}/cancel`, code: `/vouchers/${taken.body['id']}/code`, me: '/me', statement: '/me/statement' };
    for (const [name, path] of Object.entries(screens)) {
      await page.goto(`${site().url}/#${path}`);
      await page.waitForLoadState('load');
      await new Promise((r) => setTimeout(r, 1500));
      await shoot(page, `look-${name}`, false);
      await expectAccessible(page).catch((e) => console.log(name, e.message));
    }
  });
});
