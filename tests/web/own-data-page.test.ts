import { describe, expect, it } from 'vitest';
import { ownDataWords } from '../../src/api/routes/own-data-words.ts';
import { ownDataPage } from '../../web/resident/me/own-data-page.ts';
import { en } from '../../web/resident/text/en-people.ts';
import { zh } from '../../web/resident/text/zh-people.ts';

const SHARES = '[{"issuer":"gexiang","points":100,"fen":1050}]';
const voucher = { id: 'vch_1', kind: 'cash', state: 'issued', face_fen: 1_050, shares: SHARES, redeemed_at: null };
const data = {
  made_at: '2026-03-02T02:00:00.000Z',
  phone: '138****5678',
  words: ownDataWords,
  tables: [
    {
      table: 'resident',
      rows: [{ name: '<script>alert("x")</script>&\'葛', status: 'active', registered_at: '2026-03-02T02:05:00.000Z' }],
    },
    { table: 'voucher', rows: [voucher] },
    { table: 'proposal', rows: [{ input: { residentId: 'res_1', occurredOn: '2026-03-02' } }] },
  ],
};

describe("one's own data as a page", () => {
  it('is in Chinese, with times of Shanghai and amounts in yuan, and says nothing of what is not there', () => {
    const page = ownDataPage(data, zh.dataPage);
    for (const told of [
      '<h2>我的登记</h2>',
      '<td>正常</td>',
      '<th>登记时间</th><td>2026-03-02 10:05</td>',
      '<th>面值</th><td>10.50 元</td>',
    ])
      expect(page).toContain(told);
    for (const told of ['<td>待使用</td>', '<th>发放社区</th><td>gexiang</td>', '<th>发生日期</th><td>2026-03-02</td>', '138****5678'])
      expect(page).toContain(told);
    expect(page).not.toMatch(/核销时间|null|undefined|[a-z]+_fen|\[object/);
  });

  it('is in English by the names of the service', () => {
    const page = ownDataPage(data, en.dataPage);
    for (const told of ['<h2>voucher</h2>', '<th>registered at</th>', '<th>occurred on</th>', '<td>10.50 yuan</td>'])
      expect(page).toContain(told);
    expect(page).not.toContain('面值');
  });

  it('runs nothing that somebody wrote into it', () => {
    const page = ownDataPage(data, zh.dataPage);
    expect(page).toContain('&#60;script&#62;alert(&#34;x&#34;)&#60;/script&#62;&#38;&#39;葛');
    expect(page).not.toMatch(/<script/);
    expect(page).toContain("default-src 'none'");
  });
});
