/** What a page lets through is what the API takes: the bounds of both stand in the API's schemas. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { policyNames, policySchemas } from '../../src/communities/index.ts';
import { phone } from '../../src/api/http/wire.ts';
import { boundsOf } from '../../web/api/bounds-of.ts';
import * as bounds from '../../web/api/bounds.ts';
import type { Document, Schema } from '../../web/api/types.ts';
import { rangeOf, textRules } from '../../web/console/rules.ts';
import { fits, isPhone, type TextBound } from '../../web/shared/bounds.ts';
import { phoneOf } from '../../src/text/index.ts';
import { fenOf } from '../../web/shared/format.ts';
import { dayFault } from '../../web/street/policies/days.ts';
import { arePercents, fieldsIn, fieldsOf, typedOf, valueOf } from '../../web/street/policies/policy.ts';
import { en as communityEn } from '../../web/community/text/en.ts';
import { zh as communityZh } from '../../web/community/text/zh.ts';
import { en as counterEn } from '../../web/counter/text/en.ts';
import { zh as counterZh } from '../../web/counter/text/zh.ts';
import { en as sharedEn } from '../../web/shared/text/en.ts';
import { zh as sharedZh } from '../../web/shared/text/zh.ts';
import { en as streetEn } from '../../web/street/text/en.ts';
import { zh as streetZh } from '../../web/street/text/zh.ts';

const languages = [
  { community: communityZh, counter: counterZh, shared: sharedZh, street: streetZh },
  { community: communityEn, counter: counterEn, shared: sharedEn, street: streetEn },
] as const;
type Said = (typeof languages)[number];

describe('a phone', () => {
  it.each([
    ['13800001234', '13800001234'],
    ['+8613800001234', '13800001234'],
    ['+86 138 0000 1234', '13800001234'],
    ['138-0000-1234', '13800001234'],
    [' 13800001234 ', '13800001234'],
    ['12000000000', undefined],
    ['1380000123', undefined],
    ['138000012345', undefined],
    ['8613800001234', '13800001234'],
    ['0086 13800001234', '13800001234'],
    ['\u202A+86 13800001234\u202C', '13800001234'],
    ['１３８００００１２３４', '13800001234'],
    ['+85213800001234', undefined],
    ['', undefined],
  ])('%j is taken by a page where the API takes it', (typed, number) => {
    expect(phone.safeParse(typed).data).toBe(number);
    expect(isPhone(typed)).toBe(number !== undefined);
    expect(passes(bounds.postResidents.phone, typed, (each) => phoneOf(each) ?? each)).toBe(number !== undefined);
  });
});

/** Whether antd's rules let through what was typed. */
function passes(bound: TextBound, typed: string, sent?: (typed: string) => string): boolean {
  return textRules(bound, { sent }).every((rule) => {
    const { required, pattern, min = 0, max = Infinity, transform } = rule as Exclude<typeof rule, (...args: never[]) => unknown>;
    const text = transform!(typed) as string;
    if (text === '') return required !== true;
    return text.length >= min && text.length <= max && (pattern === undefined || new RegExp(pattern).test(text));
  });
}

describe('the rules of a field', () => {
  it('are the bounds of what is sent, which is trimmed', () => {
    const { name } = bounds.postResidents;
    expect(passes(name, ` ${'陈'.repeat(name.maxLength)} `)).toBe(true);
    expect(passes(name, '陈'.repeat(name.maxLength + 1))).toBe(false);
    expect(passes(name, '  ')).toBe(false);
    expect(passes(bounds.putStoresPlace.address, '')).toBe(true);
    expect(passes(bounds.postLogins.name, ' wang.yi ')).toBe(true);
    expect(passes(bounds.postLogins.name, 'Wang')).toBe(false);
    expect(fits(bounds.putSessionPassword.password, '123456789')).toBe(false);
    expect(fits(bounds.putSessionPassword.password, '1234567890')).toBe(true);
  });

  it('say how many digits can be typed', () => {
    expect(bounds.postSessions.totp.maxLength).toBe(6);
    expect(bounds.postCommunities.code.maxLength).toBe(12);
  });

  it('take an amount in yuan within its bounds in fen', () => {
    const { fen } = bounds.postFundsContributions;
    const typed = ['0', '0.01', '1000000', '1000000.01', '1.234', 'x'];
    expect(typed.map((each) => fenOf(each, fen))).toEqual([undefined, 1, 100_000_000, undefined, undefined, undefined]);
    expect(['５６．８', '1,234.50', '￥12', '12。5元'].map((each) => fenOf(each, fen))).toEqual([5_680, 123_450, 1_200, 1_250]);
  });

  it('are the same of every reason, and of the pages of every list, for which there is one dialog and one constant', () => {
    const named = Object.entries(bounds as Record<string, Record<string, { required?: true }>>);
    const alike = (field: string) =>
      new Set(named.flatMap(([, each]) => (each[field] ? [JSON.stringify({ ...each[field], required: true })] : [])));
    expect([...alike('reason')]).toHaveLength(1);
    expect([...alike('limit')]).toHaveLength(1);
  });
});

/** A document with one write, whose body this is. */
function documentOf(properties: Record<string, Schema>): Document {
  const content = { 'application/json': { schema: { type: 'object', properties, required: Object.keys(properties) } } };
  return { paths: { '/v1/things/{id}/parts': { post: { requestBody: { content }, responses: {} } } }, components: { schemas: {} } };
}

/** The constants of a generated file. */
function generated(document: Document): Record<string, object> {
  const constants = [...boundsOf(document).matchAll(/^export const (\w+) = (.*) as const;$/gm)];
  return Object.fromEntries(constants.map(([, name, value]) => [name!, JSON.parse(value!) as object]));
}

/** A member of a union, told apart by its kind. */
const member = (kind: string, maximum: number): Schema => ({
  type: 'object',
  properties: { kind: { type: 'string', enum: [kind] }, n: { type: 'integer', minimum: 1, maximum } },
});

/** A policy's value of so many days at most. */
const upTo = (maximum: number): Schema => ({ type: 'object', properties: { days: { type: 'integer', minimum: 1, maximum } } });

/** How far the form's field goes where the schema goes as far as this. */
function rangeUpTo(maximum: number) {
  const { value } = generated(documentOf({ value: upTo(maximum) }))['postThingsParts'] as { value: object };
  const [field] = fieldsIn(value);
  return field?.is === 'number' ? rangeOf(field.bound) : undefined;
}

describe('the bounds of the contract', () => {
  it('are named by method and path, and hold the fields that have any', () => {
    const nullable = { anyOf: [{ type: 'number', minimum: 3, maximum: 54 }, { type: 'null' }] };
    expect(generated(documentOf({ at: nullable, pin: { type: 'string', pattern: '^\\d{6}$' }, note: { type: 'string' } }))).toEqual({
      postThingsParts: {
        at: { type: 'number', minimum: 3, maximum: 54, nullable: true, required: true },
        pin: { type: 'string', maxLength: 6, pattern: '^\\d{6}$', required: true },
      },
    });
  });

  it('tell the members of a union apart by the literal of each', () => {
    expect(generated(documentOf({ input: { oneOf: [member('a', 5), member('b', 7)] } }))).toMatchObject({
      postThingsParts: { input: { a: { n: { maximum: 5 } }, b: { n: { maximum: 7 } } } },
    });
  });

  it('never have one name for two operations', () => {
    const { paths } = documentOf({ n: { type: 'integer' } });
    const twice = { ...paths, '/v1/things/parts': paths['/v1/things/{id}/parts']! };
    expect(() => boundsOf({ paths: twice, components: { schemas: {} } })).toThrow('postThingsParts');
  });
});

describe('the form of a policy', () => {
  it('has a field for each part of a value, and names it', () => {
    expect(Object.keys(fieldsOf)).toEqual(policyNames);
    for (const name of policyNames) {
      expect(fieldsOf[name].map(({ key }) => key)).toEqual(Object.keys(policySchemas[name].shape));
      expect(Object.keys(streetZh.policies.each[name].fields)).toEqual(Object.keys(policySchemas[name].shape));
    }
  });

  it('goes as far as the schema does', () => {
    expect(rangeUpTo(365)).toEqual({ min: 1, max: 365, precision: 0 });
    expect(rangeUpTo(366)).toEqual({ min: 1, max: 366, precision: 0 });
  });

  it('types each kind of part, and gives the value back', () => {
    const value = { fen: 1_050, pairs: { 'gexiang>wanhe': 100 } };
    expect(fieldsOf.position_limit.map(({ is }) => is)).toEqual(['yuan', 'pairs']);
    expect(typedOf('position_limit', value)).toEqual({ fen: '10.50', pairs: [{ debtor: 'gexiang', creditor: 'wanhe', yuan: '1' }] });
    expect(valueOf('position_limit', typedOf('position_limit', value))).toEqual(value);
    expect(valueOf('position_limit', { fen: '', pairs: [] })).toEqual({ fen: null, pairs: {} });
    expect(fieldsOf.exposure_limit.map(({ is }) => is)).toEqual(['number', 'communities']);
    const limit = { points: 5, communities: { gexiang: 3 } };
    expect(valueOf('exposure_limit', typedOf('exposure_limit', limit))).toEqual(limit);
    expect(fieldsOf.fund.map(({ is }) => is)).toEqual(['yes', 'percents']);
    expect(() => fieldsIn({ text: { type: 'string' } })).toThrow('there is no field for text');
  });

  it('takes days a line or with any comma between, as offices write them, and sends them in order', () => {
    expect(fieldsOf.calendar.map(({ is }) => is)).toEqual(['days', 'days']);
    const typed = { off: '2027年2月15日、2027/1/1\n２０２７－２－１６', on: ' ' };
    const value = { off: ['2027-01-01', '2027-02-15', '2027-02-16'], on: [] };
    expect(valueOf('calendar', typed)).toEqual(value);
    expect(typedOf('calendar', value)).toEqual({ off: '2027-01-01、2027-02-15、2027-02-16', on: '' });
    expect(streetZh.policies.each.calendar.means(value, String)).toBe('周一至周五上班；放假 2027-01-01、2027-02-15 至 2027-02-16');
  });

  it('says which day is no date, stands in the lists twice, or is one too many', () => {
    expect(faultOf('')).toBeUndefined();
    expect(faultOf('2027-01-01、2027-01-02', '2027-01-03')).toBeUndefined();
    expect(faultOf('2027-01-01、1月1日')).toEqual({ is: 'unreadable', what: '1月1日' });
    expect(faultOf('2027-02-29')).toEqual({ is: 'unreadable', what: '2027-02-29' });
    expect(faultOf('2027-01-01,2027/1/1')).toEqual({ is: 'twice', what: '2027-01-01' });
    expect(faultOf('2027-01-01', '2027-01-02 2027-01-01')).toEqual({ is: 'twice', what: '2027-01-01' });
    expect(faultOf('2027-01-01 2027-01-02 2027-01-03 2027-01-04')).toEqual({ is: 'many', what: '3' });
  });

  it('takes as many percents as the API does', () => {
    const percents = fieldsOf.fund.find((field) => field.is === 'percents')!;
    const typed = ['70、90', '100', '', '101', '0', '1 2 3 4 5', '1 2 3 4 5 6'];
    expect(typed.filter((each) => arePercents(each, percents.bound))).toEqual(['70、90', '100', '1 2 3 4 5']);
  });
});

describe('a sentence that says a bound', () => {
  it.each([
    ['login name', (say) => say.community.logins.nameHint, bounds.postLogins.name, 'a'],
    ['login name of an officer', (say) => say.street.people.loginNameHint, bounds.postProposals.login.input.name, 'a'],
    ['id of a community', (say) => say.street.people.idHint, bounds.postCommunities.id, 'a'],
    ['code of a community', (say) => say.street.people.codeHint, bounds.postCommunities.code, '1'],
    ['PIN', (say) => say.counter.pinWrong, bounds.postRedemptions.pin, '1'],
    ['code by text message', (say) => say.shared.codeWrong, bounds.postSessions.code, '1'],
    ['second proof', (say) => say.shared.totpHint, bounds.postSessions.totp, '1'],
  ] satisfies [string, (say: Said) => string, TextBound, string][])('says it right: %s', (_name, sentence, bound, one) => {
    for (const language of languages) {
      const [, least, most = least] = /(\d+)(?: (?:到|to) (\d+))?/.exec(sentence(language))!;
      const lengths = [Number(least) - 1, Number(least), Number(most), Number(most) + 1];
      expect(lengths.map((length) => fits(bound, one.repeat(length)))).toEqual([false, true, true, false]);
    }
  });

  it('says it right: password', () => {
    const { minLength } = bounds.putSessionPassword.password;
    for (const { shared } of languages) {
      for (const sentence of [shared.passwordShort, shared.newPasswordHint]) expect(/\d+/.exec(sentence)![0]).toBe(String(minLength));
    }
  });

  it('says it right: percents', () => {
    const { minItems, maxItems } = bounds.postProposals.policy.input.fund.value.warn_percents;
    for (const { street } of languages) {
      expect(/(\d+) (?:到|to) (\d+)/.exec(street.policies.percentsHint)!.slice(1)).toEqual([String(minItems), String(maxItems)]);
    }
  });
});

/** What is wrong with days off of which there may be three, beside the days of other lists. */
function faultOf(off: string, ...others: string[]) {
  return dayFault(off, others, { maxItems: 3 });
}

/** Why a page may hold what looks like a bound. */
const OWN: Readonly<Record<string, string>> = {
  'web/shared/lists/cells.ts': 'dates and hours as offices write them',
  'web/shared/lists/deeds.ts': 'tells the number of a line from a reference, and a phone with decimals from one without',
};

it('no page repeats a bound', () => {
  const root = join(import.meta.dirname, '../..');
  const patterns = new Set(
    [...readFileSync(join(root, 'web/api/bounds.ts'), 'utf8').matchAll(/pattern: '([^']+)'/g)].map(([, each]) => each!),
  );
  const looksLikeOne = [
    /\b(?:max|min|maxLength|minLength)=\{-?\d/,
    /\b(?:max|min|maxLength|minLength|len|limit): -?(?:[2-9]|\d{2})/,
    /\.length\s*(?:[<>]=?|[!=]==)\s*[2-9]/,
    // A whole text of so many characters.
    /\/\^[^/\n]*\{\d+(?:,\d*)?\}[^/\n]*\$\//,
  ];
  const files = globSync('web/**/*.{ts,tsx}', { cwd: root, exclude: ['web/dist/**', 'web/api/*'] }).map((path) =>
    path.replaceAll('\\', '/'),
  );
  const repeating = files.filter((path) => {
    const text = readFileSync(join(root, path), 'utf8');
    return looksLikeOne.some((each) => each.test(text)) || [...patterns].some((each) => text.includes(each.replaceAll('\\\\', '\\')));
  });
  expect(repeating.toSorted()).toEqual(Object.keys(OWN).toSorted());
});

it('no field of a page cuts what is pasted into it', () => {
  const root = join(import.meta.dirname, '../..');
  const files = globSync('web/**/*.tsx', { cwd: root, exclude: ['web/dist/**'] });
  expect(files.length).toBeGreaterThan(60);
  expect(files.filter((path) => /\bmaxLength=|\bmaxLength:|\bshowCount\b/.test(readFileSync(join(root, path), 'utf8')))).toEqual([]);
});
