/** Days are closed and settled while several processes go on redeeming and reversing: what a batch books late belongs to the next run. */
import { expect, it } from 'vitest';
import { openCommunities } from '../support/communities.ts';
import { openWriters } from '../support/processes.ts';
import { openTills, settleUnderLoad } from '../support/tills.ts';

const ids = ['gexiang', 'taiyan', 'wanhe', 'xixi'];
const WRITERS = 3;
const TILLS = 12;
/** Business days of each run. */
const PERIODS = [1, 1, 2, 1, 1, 2];

it('each redemption and each reversal is in exactly one run, whichever process it came by', async () => {
  const scheme = await openCommunities(ids);
  const writers = await openWriters(scheme.world, WRITERS);
  const tills = await openTills(scheme, ids, writers, TILLS);
  const settled = await settleUnderLoad(scheme, tills, PERIODS, TILLS * 3);
  expect(Math.min(...settled)).toBeGreaterThan(TILLS);
}, 120_000);
