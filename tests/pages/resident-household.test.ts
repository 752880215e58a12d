/** Residents who live together. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { call } from './support/counter.ts';
import { expectReadable, residentAt, type Resident } from './support/resident.ts';
import { siteOfFile } from './support/site.ts';
import { ANY, saying, zh } from './support/words.ts';

const site = siteOfFile();
const { people } = zh;

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });

describe('a household', () => {
  it('is founded on one phone and joined on another; the head hands it over, leaves, and the new head ends it', async () => {
    const [head, member] = site().cast.residents.slice(0, 2) as [Resident, Resident];
    const one = (await residentAt(site(), head, '/me')).page;
    await one.getByRole('link', { name: zh.resident.household }).click();
    await button(one, people.found).click();
    await button(one, people.invite).click();
    const shown = one.locator('.household-code');
    await shown.waitFor();
    const code = await shown.innerText();
    expect(code.replaceAll(/\s/g, '')).toMatch(/^[2-9A-HJKMNP-Z]{8}$/);
    await one.getByText(saying(people.codeGoodUntil(ANY), 'whole')).waitFor();
    await expectReadable(one, 'household-code');

    const two = (await residentAt(site(), member, '/me/household')).page;
    await button(two, people.join).click();
    await field(two, people.householdCode).fill('22');
    await button(two, people.joinConfirm).click();
    await two.getByText(people.householdCodeWrong).waitFor();
    await field(two, people.householdCode).fill('22222222');
    await button(two, people.joinConfirm).click();
    await two.getByText(/^家庭码有误或已过期/).waitFor();
    // As people type it: in small letters, with a space.
    await field(two, people.householdCode).fill(code.toLowerCase());
    await button(two, people.joinConfirm).click();
    await two.getByRole('heading', { name: people.members(2) }).waitFor();
    await two.getByText(head.name).waitFor();
    await expectReadable(two, 'household-member');

    await one.goBack();
    await one.reload();
    await button(one, people.makeHeadOf(member.name)).click();
    await one.getByRole('dialog').getByText(people.handOverWhat(member.name)).waitFor();
    await expectReadable(one, 'household-hand-over');
    await one.getByRole('dialog').getByRole('button', { name: people.handOverConfirm, exact: true }).click();
    await button(one, people.leaveHousehold).click();
    await one.getByRole('dialog').getByText(people.leaveWhat).waitFor();
    await one.getByRole('dialog').getByRole('button', { name: people.leaveConfirm, exact: true }).click();
    await one.getByText(people.householdWhat).waitFor();
    await one.getByRole('dialog').waitFor({ state: 'detached' });

    await two.reload();
    await two.getByRole('heading', { name: people.members(1) }).waitFor();
    await button(two, people.endHousehold).click();
    await two.getByRole('dialog').getByText(people.endWhatAlone).waitFor();
    await two.getByRole('dialog').getByRole('button', { name: people.endConfirm, exact: true }).click();
    await two.getByText(people.householdWhat).waitFor();
    const { body } = await call(site(), member, 'GET', '/v1/me/household');
    expect(body).toEqual({ household: null });
  });
});
