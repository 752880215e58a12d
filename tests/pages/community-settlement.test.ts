import { describe, expect, it } from 'vitest';
import { yuanFixed } from '../../web/shared/format.ts';
import { desk, expectAccessible, shoot } from './support/browser.ts';
import { apiOf, officerAt, officersOf } from './support/officers.ts';
import { siteOfFile } from './support/site.ts';
import { ANY, DIGITS, saying, zh } from './support/words.ts';

const site = siteOfFile();

const officer = (community: string) => officersOf(site(), community)[0]!;

type Payment = { readonly debtor: Side; readonly creditor: Side; readonly fen: number };
type Side = { readonly community_id: string; readonly confirmed_at: string | null };

/** A payment of the latest run that neither side has confirmed. */
async function unconfirmedPayment(): Promise<Payment> {
  const api = await apiOf(site(), officersOf(site(), null)[0]!);
  const { items: runs } = await api<{ items: { id: string }[] }>('/v1/settlement-runs?limit=1');
  const { items } = await api<{ items: Payment[] }>(`/v1/settlement-runs/${runs[0]!.id}/payments`);
  return items.find(({ debtor, creditor }) => debtor.confirmed_at === null && creditor.confirmed_at === null)!;
}

describe('what communities owe each other', () => {
  it('leads from an amount to the redemptions of a day, and on to the deed; going back leads up again', async () => {
    const { page } = await officerAt(desk, site(), officer('zhumiao'), `/community#/positions/day/${site().today(-30)}/${site().today()}`);
    const table = page.getByRole('table', { name: zh.community.positions.title });
    await table.waitFor();
    await expectAccessible(page);
    await shoot(page, 'community-positions-days');
    await table.locator('td:nth-child(4) a').first().click();
    await page.getByRole('heading', { level: 1, name: saying(zh.community.redemptions.title('朱庙社区', ANY, ANY)) }).waitFor();
    await page.getByRole('link', { name: zh.community.redemptions.toDeeds }).first().click();
    await page.getByRole('heading', { level: 1, name: zh.community.deeds.title }).waitFor();
    const deeds = page.getByRole('table', { name: zh.community.deeds.title });
    await deeds
      .getByRole('cell', { name: new RegExp(Object.values(zh.community.rules.classes).join('|')) })
      .first()
      .waitFor();
    await expectAccessible(page);
    await shoot(page, 'community-deeds');
    await page.goBack();
    await page.goBack();
    await table.waitFor();
  });

  it('is confirmed by whoever pays and whoever receives, and booked with the bank’s reference', async () => {
    const { debtor, creditor, fen } = await unconfirmedPayment();
    const [from, to] = [debtor, creditor].map(({ community_id: of }) => officer(of));
    const [payer, receiver] = [await officerAt(desk, site(), from!, '/community'), await officerAt(desk, site(), to!, '/community')];
    await payer.page.getByRole('link', { name: zh.community.home.pay(to!.community, yuanFixed(fen)) }).click();
    await receiver.page.getByRole('link', { name: zh.community.home.receive(from!.community, yuanFixed(fen)) }).click();
    await payer.page.getByRole('heading', { level: 1, name: saying(zh.community.runs.run(DIGITS)) }).waitFor();
    await expectAccessible(payer.page);
    await shoot(payer.page, 'community-run');
    for (const { page } of [payer, receiver]) {
      const line = page.getByRole('row', { name: `${from!.community} ${to!.community}` });
      await line.getByRole('button', { name: zh.community.payments.confirm }).click();
      await page.getByRole('tooltip').getByRole('button', { name: zh.shared.confirm }).click();
      await line
        .getByText(saying(zh.community.payments.confirmedAt(ANY)))
        .first()
        .waitFor();
    }
    await payer.page.reload();
    await payer.page.getByRole('button', { name: zh.community.payments.bookPaid }).click();
    await payer.page.getByRole('dialog').getByLabel(zh.community.payments.reference).fill('ICBC-0001');
    await payer.page.getByRole('dialog').getByRole('button', { name: zh.community.payments.bookPaid }).click();
    await payer.page
      .getByRole('row', { name: `${from!.community} ${to!.community}` })
      .getByText(/ICBC-0001/)
      .waitFor();
  });

  it('is disputed and the dispute taken back; the statement is a page to print', async () => {
    const { page, context } = await officerAt(desk, site(), officer('wanhe'), '/community#/settlements');
    await page
      .getByRole('link', { name: saying(zh.community.runs.run(DIGITS)) })
      .first()
      .click();
    const line = page.getByRole('table', { name: zh.community.disputes.title }).getByRole('row').nth(1);
    await line.getByRole('button', { name: zh.community.disputes.dispute }).click();
    await page.getByRole('dialog').getByLabel(zh.console.reason).fill('一笔核销金额不对');
    await page.getByRole('dialog').getByRole('button', { name: zh.community.disputes.dispute }).click();
    await line.getByText('一笔核销金额不对').waitFor();
    await line.getByRole('button', { name: zh.community.disputes.takeBack }).click();
    await page.getByRole('dialog').getByLabel(zh.community.disputes.resolution).fill('核对无误');
    await page.getByRole('dialog').getByRole('button', { name: zh.community.disputes.takeBack }).click();
    await line.getByText(saying(zh.community.disputes.resolved(ANY, '核对无误'))).waitFor();
    const opened = context.waitForEvent('page');
    await page.getByRole('link', { name: zh.community.runs.statementPage }).click();
    const statement = await opened;
    await statement.getByRole('heading', { name: /社区往来结算单/ }).waitFor();
    expect(await statement.getByText('万和社区').count()).toBeGreaterThan(0);
  });
});
