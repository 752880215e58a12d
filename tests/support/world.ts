/** A small founded scheme: the communities of Gexiang and Wanhe, one resident in Gexiang, one supermarket in Wanhe, and the means to let them act. */
import { expect } from 'vitest';
import { grantsFreely } from '../../seeds/granting.ts';
import type { Acting } from '../../src/access/index.ts';
import {
  addActionRule,
  addCommunity,
  addMerchant,
  addStore,
  addTerminal,
  appointOfficer,
  confirmOfficerPerson,
  establishScheme,
  grant,
  isPersonStated,
  officerById,
  type RuleTerms,
  registerResident,
} from '../../src/communities/index.ts';
import { openKeys } from '../../src/keys.ts';
import { type Command, dayOf, type Outcome, SYSTEM_CLIENT } from '../../src/ledger/index.ts';
import { addOffer, issueVoucher, mintCode, redeem, type RedemptionReply } from '../../src/redeem/index.ts';
import { copyOf, type Database } from './database.ts';
import { oneOfMany } from './consents.ts';
import { testKeys } from './keys.ts';
import { openScheme, type Scheme, START } from './scheme.ts';

/** The street's own hand, before it has officers. */
export const street: Acting = { id: SYSTEM_CLIENT, communityId: null };

export const hourlyRule: RuleTerms = {
  name: '志愿服务',
  per: 'hour',
  points: 10,
  capDay: null,
  capMonth: null,
  capYear: null,
  validFrom: '2026-01-01',
  validUntil: null,
};

export type World = Scheme & {
  readonly gexiang: Acting;
  readonly wanhe: Acting;
  readonly ruleId: string;
  readonly wanheRuleId: string;
  readonly residentId: string;
  readonly merchantId: string;
  readonly storeId: string;
  readonly terminalId: string;
  readonly cashOfferId: string;
  /** Submits and expects success. */
  must<I, R>(command: Command<I, R>, input: I): Promise<R>;
  /** Submits and expects this refusal; gives its figures. */
  refused<I, R>(command: Command<I, R>, input: I, code: string): Promise<Readonly<Record<string, unknown>>>;
  register(communityId: string): Promise<string>;
  /** Grants `hours` × 10 points by an officer's community. */
  grantHours(by: Acting, residentId: string, hours: number, occurredOn?: string, rule?: string): Promise<string>;
  takeVoucher(residentId?: string, quantity?: number): Promise<string>;
  /** Mints a code for a voucher; its hash presents it. */
  showCode(voucherId: string, residentId?: string): Promise<string>;
  /** Redeems a voucher at the supermarket. */
  redeemVoucher(voucherId: string, orderNo?: string): Promise<RedemptionReply>;
};

/** What the scheme was founded with. */
type Established = Pick<
  World,
  'gexiang' | 'wanhe' | 'ruleId' | 'wanheRuleId' | 'residentId' | 'merchantId' | 'storeId' | 'terminalId' | 'cashOfferId'
>;

/** Opens a copy of the world as it is founded at `START`; at another time, or in a database that is given, it is founded anew. */
export async function openWorld(start = START, database?: Database): Promise<World> {
  if (start !== START || database) {
    const scheme = await openScheme(start, database);
    return worldOf(scheme, await establish(scheme));
  }
  const { database: copy, made } = await copyOf('world', async (original) => {
    const scheme = await openScheme(START, original);
    const established = await establish(scheme);
    await scheme.close();
    return { established, progress: scheme.progress };
  });
  return worldOf(await openScheme(START, copy, made.progress), made.established);
}

async function mustIn<I, R>(scheme: Scheme, command: Command<I, R>, input: I): Promise<R> {
  const outcome: Outcome<R> = await scheme.run(command, input);
  if ('refused' in outcome) throw new Error(`${command.name} was refused: ${outcome.refused} ${JSON.stringify(outcome.details)}`);
  return outcome.reply;
}

/** Registers residents, one after another. */
async function registrar(scheme: Scheme, people: number): Promise<World['register']> {
  const { secrets } = await openKeys({ databaseUrl: scheme.url, keys: testKeys }, scheme.store, scheme.engine, scheme.chance);
  let registered = people;
  return async (communityId) => {
    const phone = `1990000${(++registered).toString().padStart(4, '0')}`;
    const protectedPhone = { phoneHash: secrets.hash('phone', phone), phoneSealed: secrets.seal(phone) };
    return (await mustIn(scheme, registerResident, { by: street, communityId, name: '葛小米', ...oneOfMany, ...protectedPhone })).id;
  };
}

async function establish(scheme: Scheme): Promise<Established> {
  const must = <I, R>(command: Command<I, R>, input: I) => mustIn(scheme, command, input);
  const register = await registrar(scheme, 0);
  await must(establishScheme, { policies: grantsFreely });
  await must(addCommunity, { id: 'gexiang', name: '葛巷社区', code: null });
  await must(addCommunity, { id: 'wanhe', name: '万和社区', code: null });
  const officerOf = async (communityId: string) => {
    const { id } = await must(appointOfficer, { name: '王一', communityId, residentId: null });
    return { id, communityId };
  };
  const gexiang = await officerOf('gexiang');
  const wanhe = await officerOf('wanhe');
  const ruleOf = async (by: Acting) =>
    (await must(addActionRule, { by, communityId: by.communityId!, class: 'volunteer', terms: hourlyRule })).id;
  const ruleId = await ruleOf(gexiang);
  const wanheRuleId = await ruleOf(wanhe);
  const merchantId = (await must(addMerchant, { by: wanhe, communityId: 'wanhe', name: '万和超市' })).id;
  const storeId = (await must(addStore, { by: wanhe, merchantId, name: '一店' })).id;
  const terminalId = (await must(addTerminal, { by: wanhe, storeId, name: '1号收银台' })).id;
  const cashOfferId = (await must(addOffer, { by: street, kind: 'cash', title: '代金券', points: 100 })).id;
  const residentId = await register('gexiang');
  return { gexiang, wanhe, ruleId, wanheRuleId, residentId, merchantId, storeId, terminalId, cashOfferId };
}

async function worldOf(scheme: Scheme, established: Established): Promise<World> {
  const { residentId, ruleId, wanheRuleId, merchantId, storeId, terminalId, cashOfferId } = established;
  const register = await registrar(scheme, 1);
  let codes = 0;

  const must = <I, R>(command: Command<I, R>, input: I) => mustIn(scheme, command, input);

  async function refused<I, R>(command: Command<I, R>, input: I, code: string) {
    const outcome = await scheme.run(command, input);
    expect(outcome).toMatchObject({ refused: code });
    return (outcome as { details: Record<string, unknown> }).details;
  }

  /** Who grants has confirmed within a year who they are as a resident, also where a test lets years pass. */
  async function confirmed(by: Acting): Promise<void> {
    const officer = await officerById(scheme.store, by.id);
    if (officer && !isPersonStated(officer, scheme.clock.now)) await must(confirmOfficerPerson, { by, residentId: officer.residentId });
  }

  const takeVoucher = async (id = residentId, quantity = 1) =>
    (await must(issueVoucher, { residentId: id, offerId: cashOfferId, quantity, by: null })).id;
  const showCode = async (voucherId: string, id = residentId) => {
    // A moment later than whatever was before: a redemption uses up every code that was minted until then.
    scheme.clock.advance(1);
    const codeHash = `c0de${(++codes).toString(16).padStart(28, '0')}`;
    await must(mintCode, { residentId: id, voucherId, codeHash, sealedCode: 'sealed' });
    return codeHash;
  };

  return {
    ...scheme,
    ...established,
    must,
    refused,
    register,
    async grantHours(by, id, hours, occurredOn = dayOf(scheme.clock.now), rule = by.communityId === 'gexiang' ? ruleId : wanheRuleId) {
      await confirmed(by);
      const deed = { by, ruleId: rule, residentId: id, quantity: hours, points: null, occurredOn };
      return (await must(grant, { ...deed, description: '社区清洁', externalReference: null, approvedBy: null })).id;
    },
    takeVoucher,
    showCode,
    async redeemVoucher(voucherId, orderNo = `order-${voucherId}`) {
      const row = await scheme.store.read.select().from(scheme.store.tables.voucher);
      const { residentId: holder } = row.find(({ id }) => id === voucherId)!;
      const codeHash = await showCode(voucherId, holder);
      const till = { merchantId, storeId, terminalId, orderNo, orderAmountFen: 100_000, presentedAt: null };
      return must(redeem, { ...till, codeHash });
    },
  };
}
